// Chapter 2: the variance of a signal from layer to layer, as a staircase below a curve.
import { CURVES, mean } from './curves.mjs'
import { MARGIN, WIDE, bottom, digits, kept, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    map: 'one layer', from: 'variance of z', to: 'variance of z, one layer on', through: 'through the layers', layer: 'layer',
    told: (start, end) => `The variance starts at ${start} and is ${end} after 32 layers.`,
    fades: ' The signal fades out.', grows: ' The signal explodes.', stays: ' The signal has the right size.',
    pulled: (steps) => (steps ? ` From layer ${steps} on` : ' From the start') + ' it changes by less than 1 % a layer: here the curve meets the diagonal.',
    drifts: ' It still changes by more than 1 % a layer.',
  },
  ko: {
    map: '한 층', from: 'z의 분산', to: '한 층 뒤 z의 분산', through: '층을 지나면서', layer: '층',
    told: (start, end) => `분산은 ${start}에서 시작해 32층 뒤에 값이 ${end}입니다.`,
    fades: ' 신호가 사라집니다.', grows: ' 신호가 폭주합니다.', stays: ' 신호의 크기가 알맞습니다.',
    pulled: (steps) => (steps ? ` 층 ${steps}부터는` : ' 처음부터') + ' 층마다 1 %보다 적게 바뀝니다. 여기서 곡선이 대각선과 만납니다.',
    drifts: ' 아직 층마다 1 % 넘게 바뀝니다.',
  },
}

export const LAYERS = 32

// The variance one layer on: Var[z'] = scale E[f(z)^2], where scale is n times Var[w].
export const next = (name, scale, v) => scale * mean((z) => CURVES[name].f(z) ** 2, 0, Math.sqrt(v))

// All variances through the layers; what leaves the window by far stays where it left.
export function path({ activation, scale, start }) {
  const all = [start]
  while (all.length <= LAYERS) {
    const v = all.at(-1)
    all.push(v > 1e-12 && v < 1e12 ? next(activation, scale, v) : v)
  }
  return all
}

// The first layer from which on the variance hardly changes.
export function settled(all) {
  const k = all.findLastIndex((v, i) => i && Math.abs(Math.log(v / all[i - 1])) > 0.01)
  return k < LAYERS ? Math.max(k, 0) : null
}

const log = (v) => Math.log10(Math.max(v, 1e-30))
const ENDS = [-4, 4]
const POWERS = Array.from({ length: 81 }, (_, i) => -4 + i / 10)

// The curve at scale 1: thousands of points, which stay while scale and start move.
const curve = kept((name) => POWERS.map((k) => next(name, 1, 10 ** k)))

function stairs(place, { activation, scale }, all, words) {
  const p = panel({ ...place, x: ENDS, y: ENDS, logx: true, logy: true, title: words.map, xlabel: words.from, ylabel: words.to })
  p.line([[-4, -4], [4, 4]], 'dotted')
  p.line(curve(activation).map((v, i) => [POWERS[i], log(scale * v)]), 'one')
  const steps = all.slice(0, -1).flatMap((v, i) => [[log(v), log(v)], [log(v), log(all[i + 1])]])
  p.line(steps, 'two')
  p.dots([[log(all[0]), log(all[0])]], 'mark steep', 6)
  return p
}

function through(place, all, words) {
  const p = panel({ ...place, x: [0, LAYERS], y: ENDS, logy: true, title: words.through, xlabel: words.layer })
  p.line([[0, 0], [LAYERS, 0]], 'dotted')
  p.line(all.map((v, i) => [i, log(v)]), 'two')
  p.dots(all.map((v, i) => [i, log(v)]), 'two')
  return p
}

export function draw({ state, width, words }) {
  const all = path(state)
  const tall = width < WIDE ? width - MARGIN - 12 : 260
  const [left, right] = places(width, 2, { height: Math.min(tall, 280) })
  const [end, k] = [all.at(-1), settled(all)]
  const fate = end < 1e-3 ? words.fades : end > 1e3 ? words.grows
    : end > 0.5 && end < 2 ? words.stays : ''
  const out = end < 1e-12 || end > 1e12
  return {
    height: bottom(right) + 44,
    picture: stairs(left, state, all, words) + through(right, all, words),
    said: words.told(digits(state.start), digits(end)) + fate +
      (out ? '' : k === null ? words.drifts : words.pulled(k)),
  }
}

export const presets = {
  large: (state) => ({ ...state, start: 100 }),
  lecun: (state) => ({ ...state, scale: 1 }),
  he: (state) => ({ ...state, scale: 2 }),
}
