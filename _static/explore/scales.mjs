// Chapter 3: first weights of any size, with and without normalization. All numbers come from a study.
import { bottom, fixed, minus, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    sizes: 'all sizes of first weights', size: 'standard deviation', loss: 'training loss (at most 3)', steps: 'at this size', step: 'step',
    none: 'none', batch: 'batch', layer: 'layer', much: '9 or more',
    told: (size, optimizer, none, batch, layer) => `First weights of ${size}, 100 steps of ${optimizer}: the loss ends at ${none} ` +
      `without normalization, at ${batch} with batch and at ${layer} with layer normalization.`,
    learn: (all, none, batch, layer) => ` Of ${all} sizes ${none}, ${batch} and ${layer} end below 1.3; guessing costs 2.3.`,
  },
  ko: {
    sizes: '처음 가중치의 모든 크기', size: '표준편차', loss: '훈련 손실 (최대 3)', steps: '이 크기에서', step: '걸음',
    none: '없음', batch: '배치', layer: '층', much: '9 이상',
    told: (size, optimizer, none, batch, layer) => `처음 가중치의 크기 ${size}, ${optimizer} 100걸음: 끝의 손실은 ` +
      `정규화가 없으면 ${none}, 배치 정규화는 ${batch}, 층 정규화는 ${layer}입니다.`,
    learn: (all, none, batch, layer) => ` ${all}가지 크기 가운데 ${none}, ${batch}, ${layer}가지가 1.3 아래에서 끝납니다. 찍을 때는 2.3입니다.`,
  },
}

const KINDS = { none: 'one', batch: 'two', layer: 'third' } // as they are printed
const LEARNT = 1.3
const GUESSING = Math.log(10)
const log = Math.log10
const numbers = (text) => text.split(' ').map(Number)

// The losses of one kind of network: a row a size, a column a look.
export const losses = (data, optimizer, norm) => data.losses[optimizer][norm].map(numbers)
export const ends = (data, optimizer, norm) => losses(data, optimizer, norm).map((row) => row.at(-1))
export const learning = (data, optimizer, norm) => ends(data, optimizer, norm).filter((loss) => loss < LEARNT).length

function level(place, x, more) {
  const p = panel({ ...place, x, y: [0, 4], ...more })
  p.line([[x[0], GUESSING], [x[1], GUESSING]], 'dotted')
  return p
}

function allSizes(place, data, { optimizer, size }, words) {
  const x = [log(data.sizes[0]), log(data.sizes.at(-1))]
  const p = level(place, x, { logx: true, title: words.sizes, xlabel: words.size, ylabel: words.loss })
  p.line([[log(size), 0], [log(size), 4]], 'thin')
  for (const [norm, kind] of Object.entries(KINDS)) {
    const points = ends(data, optimizer, norm).map((loss, i) => [log(data.sizes[i]), Math.min(loss, 3)])
    p.line(points, kind)
    p.dots([points[data.sizes.indexOf(size)]], kind, 5)
  }
  return p
}

function oneSize(place, data, { optimizer, size }, words) {
  const p = level(place, [0, 100], { title: words.steps, xlabel: words.step })
  Object.entries(KINDS).forEach(([norm, kind], i) => {
    const row = losses(data, optimizer, norm)[data.sizes.indexOf(size)]
    const points = row.map((loss, k) => [10 * data.epochs[k], Math.min(loss, 3)])
    p.line(points, kind)
    p.dots(points, kind)
    p.note(98, 3.68 - 0.27 * i, words[norm], `end ${kind}`)
  })
  return p
}

export function draw({ state, width, data, words }) {
  const [left, right] = places(width, 2, { height: 200 })
  const each = (f) => Object.keys(KINDS).map((norm) => f(data, state.optimizer, norm))
  const here = each(ends).map((row) => row[data.sizes.indexOf(state.size)])
  const end = here.map((loss) => (loss >= 9 ? words.much : fixed(loss, 2)))
  return {
    height: bottom(right) + 44,
    picture: allSizes(left, data, state, words) + oneSize(right, data, state, words),
    said: words.told(minus(state.size), state.optimizer, ...end) + words.learn(data.sizes.length, ...each(learning)),
  }
}

const at = (size, optimizer) => (state) => ({ ...state, size, optimizer })
export const presets = { tiny: at(0.001, 'SGD'), adam: at(0.001, 'Adam') }
