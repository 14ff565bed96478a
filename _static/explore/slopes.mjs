// Chapter 2: what an activation does to its inputs, and what its slope leaves of a gradient.
import { CURVES, mean, points, slope } from './curves.mjs'
import { bottom, digits, fixed, kept, panel, places, roof } from './plot.mjs'

export const WORDS = {
  en: {
    curve: 'curve and slope', z: 'pre-activation z', out: 'what comes out', h: 'output h', share: 'share (%)',
    left: 'gradient left', layers: 'layers passed', curve_of: 'f', slope_of: 'f′',
    told: (one, layers, all) => `One activation leaves ${one} % of a gradient's size, ${layers} layers leave ${all}.`,
    percent: (share) => `${share} %`, power: (k) => `10 to the power ${k} of it`,
    dead: (share) => ` At ${share} % of the inputs the slope is below 0.01: there, next to nothing passes.`,
    scale: ' The weights change the size, too; here they leave it alone.',
  },
  ko: {
    curve: '곡선과 경사', z: '활성화 전 값 z', out: '나오는 것', h: '출력 h', share: '비율 (%)',
    left: '남은 기울기', layers: '지나온 층', curve_of: 'f', slope_of: 'f′',
    told: (one, layers, all) => `활성화 함수 하나는 기울기 크기의 ${one} %를 남기고, 층 ${layers}개를 지나면 ${all} 남습니다.`,
    percent: (share) => `${share} %가`, power: (k) => `10의 ${k}제곱배가`,
    dead: (share) => ` 입력의 ${share} %에서는 경사가 0.01보다 작고, 거의 아무것도 지나가지 못합니다.`,
    scale: ' 가중치도 크기를 바꾸지만, 여기서는 그대로 둡니다.',
  },
}

const density = (z, centre, width) => Math.exp(-(((z - centre) / width) ** 2) / 2)
const power = (x) => (x > 0 ? Math.log10(x) : -30)

// What is left, in percent; if that is next to nothing, as a power of ten.
const share = (x, words) => (x > 0 && x < 1e-7 ? words.power(fixed(Math.log10(x), 1)) : words.percent(digits(100 * x)))

function curve(place, { activation, centre, width }, words) {
  const { f, df } = CURVES[activation]
  const p = panel({ ...place, x: [-6, 6], y: [-1.5, 3], title: words.curve, xlabel: words.z })
  const zs = Array.from({ length: 241 }, (_, i) => -6 + i / 20)
  p.line(zs.map((z) => [z, -1.5 + 1.2 * density(z, centre, width)]), 'other')
  p.line(zs.map((z) => [z, f(z)]), 'one')
  p.line(zs.map((z) => [z, df(z)]), 'two')
  p.note(-5.8, 2.6, words.curve_of, 'flat')
  p.note(-5.2, 2.6, words.slope_of, 'steep')
  return p
}

const BINS = 60
const LOW = -2, HIGH = 4 // what lies outside is counted in the last bar

// How the outputs lie, in percent of all.
export function outputs({ activation, centre, width }) {
  const counts = new Array(BINS).fill(0)
  points(centre, width, (z, weight) => {
    const k = Math.floor(((CURVES[activation].f(z) - LOW) / (HIGH - LOW)) * BINS)
    counts[Math.min(Math.max(k, 0), BINS - 1)] += 100 * weight
  })
  return counts
}

function histogram(place, counts, words) {
  const y = [0, roof(counts, [10, 20, 40, 100])]
  const p = panel({ ...place, x: [LOW, HIGH], y, title: words.out, xlabel: words.h, ylabel: words.share })
  p.bars(counts)
  return p
}

function gradient(place, one, { layers }, words) {
  const p = panel({ ...place, x: [0, 50], y: [-12, 2], logy: true, title: words.left, xlabel: words.layers })
  p.line([[0, 0], [50, 0]], 'thin')
  p.line([[0, 0], [50, 50 * power(one)]], 'two')
  p.dots([[layers, Math.max(layers * power(one), -12)]], 'mark steep', 6)
  return p
}

// What one layer does: thousands of points, which stay as they are while only the layers move.
const layer = kept((activation, centre, width) => ({
  one: slope(activation, centre, width),
  flat: mean((z) => (Math.abs(CURVES[activation].df(z)) < 0.01 ? 1 : 0), centre, width),
  counts: outputs({ activation, centre, width }),
}))

export function draw({ state, width, words }) {
  const { activation, centre, width: spread, layers } = state
  const { one, flat, counts } = layer(activation, centre, spread)
  const [first, second, third] = places(width, 3, { height: 190, gapX: 62, gapY: 70 })
  const dead = flat > 0.005 ? words.dead(digits(100 * flat)) : ''
  return {
    height: bottom(third) + 44,
    picture: curve(first, state, words) + histogram(second, counts, words) + gradient(third, one, state, words),
    said: words.told(digits(100 * one, 3), layers, share(one ** layers, words)) + dead + words.scale,
  }
}

export const presets = {
  saturated: (state) => ({ ...state, activation: 'Sigmoid', centre: 0, width: 4 }),
  dead: (state) => ({ ...state, activation: 'ReLU', centre: -4, width: 1 }),
}
