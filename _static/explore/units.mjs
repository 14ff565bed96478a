// Chapter 3: three units before and after batch normalization, in batches of any size.
import { bottom, digits, fixed, kept, panel, places, roof } from './plot.mjs'

export const WORDS = {
  en: {
    before: 'before', after: 'after', z: 'pre-activation z', digits: 'share (%)', f: 'what the sigmoid gives',
    told: (mean, std) => `Behind the layer the three units have the means ${mean} and the standard deviations ${std}.`,
    flat: (share) => ` ${share} % of all values lie where the sigmoid is nearly flat.`,
    jitter: (size) => ` The same digit comes out at places that differ by ${size} from batch to batch.`,
    still: ' The same digit always comes out at the same place.',
  },
  ko: {
    before: '전', after: '후', z: '활성화 전 값 z', digits: '비율 (%)', f: '시그모이드가 내는 값',
    told: (mean, std) => `층 뒤에서 세 유닛의 평균은 ${mean}이고 표준편차는 ${std}입니다.`,
    flat: (share) => ` 모든 값의 ${share} %가 시그모이드가 거의 평평한 곳에 있습니다.`,
    jitter: (size) => ` 같은 숫자라도 배치에 따라 ${size}만큼 다른 곳에 나옵니다.`,
    still: ' 같은 숫자는 언제나 같은 곳에 나옵니다.',
  },
}

const EPS = 1e-5
const numbers = (text) => text.split(' ').map(Number)
const average = (x) => x.reduce((a, b) => a + b, 0) / x.length
const spread = (x) => { const m = average(x); return Math.sqrt(average(x.map((v) => (v - m) ** 2))) }

// Mean and variance of the batch, then scale and shift: dlcourse.BatchNorm in training.
export function normalize(x, gamma, beta) {
  const m = average(x), v = average(x.map((a) => (a - m) ** 2))
  return x.map((a) => gamma * ((a - m) / Math.sqrt(v + EPS)) + beta)
}

// All values of a unit, a batch after the other; with `shift` other digits share a batch.
export function behind(z, { batch, gamma, beta, mode, size }, shift = 0) {
  const scaled = z.map((v) => v * size)
  if (mode !== 'training') return normalize(scaled, gamma, beta) // all digits: the average batch
  const turned = [...scaled.slice(shift), ...scaled.slice(0, shift)]
  const out = []
  for (let i = 0; i + batch <= turned.length; i += batch) out.push(...normalize(turned.slice(i, i + batch), gamma, beta))
  return out
}

// How far the first digits move when other digits share their batch: a standard deviation.
export function jitter(z, state) {
  if (state.mode !== 'training') return 0
  const places = Array.from({ length: 20 }, (_, k) => {
    const others = [...z.slice(40 * (k + 1), 40 * (k + 1) + state.batch - 1)].map((v) => v * state.size)
    while (others.length < state.batch - 1) others.push(z[others.length] * state.size)
    return normalize([z[0] * state.size, ...others], state.gamma, state.beta)[0]
  })
  return spread(places)
}

const LOW = -18, HIGH = 18, BINS = 72

export function histogram(values) {
  const counts = new Array(BINS).fill(0)
  for (const v of values) {
    const k = Math.floor(((v - LOW) / (HIGH - LOW)) * BINS)
    if (k >= 0 && k < BINS) counts[k] += 100 / values.length
  }
  return counts
}

const KINDS = ['flat', 'steep', 'third']

function three(place, all, top, title, words) {
  const p = panel({ ...place, x: [LOW, HIGH], y: [0, top], title, xlabel: words.z, ylabel: words.digits })
  p.box([LOW, -4], [0, top], 'danger')
  p.box([4, HIGH], [0, top], 'danger')
  all.forEach((counts, i) => p.bars(counts, `part ${KINDS[i]}`))
  return p
}

const read = kept((units) => units.map(numbers))

export function draw({ state, width, data, words }) {
  const units = read(data.units)
  const before = units.map((z) => z.map((v) => v * state.size))
  const after = units.map((z) => behind(z, state))
  const [left, right] = places(width, 2, { height: 220 })
  const bars = [before, after].map((all) => all.map(histogram))
  const top = roof(bars.flat(2), [10, 25, 50, 100]) // one height for both, to be compared
  const flat = average(after.flat().map((v) => (Math.abs(v) > 4 ? 100 : 0)))
  const moved = average(units.map((z) => jitter(z, state)))
  const list = (f) => after.map((values) => fixed(f(values) + 0, 2).replace('−0.00', '0.00')).join(', ')
  return {
    height: bottom(right) + 44,
    picture: three(left, bars[0], top, words.before, words) + three(right, bars[1], top, words.after, words),
    said: words.told(list(average), list(spread)) + words.flat(digits(flat)) +
      (state.mode === 'training' ? words.jitter(digits(moved)) : words.still),
    controls: { batch: { off: state.mode !== 'training' } },
  }
}

export const presets = {
  small: (state) => ({ ...state, batch: 2, mode: 'training' }),
  undone: (state) => ({ ...state, gamma: 4, beta: 3 }),
}
