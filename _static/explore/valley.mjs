// Chapter 5: the path of an optimizer in a bowl, and why it goes there.
import { MARGIN, WIDE, bottom, digits, fixed, kept, panel, places } from './plot.mjs'
import { best, bowl, shrinks, walk } from './rules.mjs'

export const WORDS = {
  en: {
    path: 'path', plain: 'SGD at its fastest', w1: 'weight w₁', w2: 'weight w₂', far: 'distance from the star', step: 'step',
    leaves: 'left of a direction after a step', q: 'learning rate × curvature', grows: 'grows: it flies away',
    flat: 'flat', steep: 'steep', rate: 'the rate that each weight got',
    memory: { none: 'momentum', momentum: 'momentum μ', alpha: 'memory α', rho: 'memory ρ', beta1: 'memory β₁' },
    away: (steps) => `It flies away: after ${steps} steps the gradient is larger than a hundred million.`,
    near: (steps) => `After ${steps} steps less than 1 % of the distance is left.`,
    far_from: (steps, share) => `After ${steps} steps ${share} % of the distance is left.`,
    long: (flat, steep) => `In the long run a step leaves ${flat} of the flat direction and ${steep} of the steep one.`,
  },
  ko: {
    path: '경로', plain: '가장 빠른 SGD', w1: '가중치 w₁', w2: '가중치 w₂', far: '별까지의 거리', step: '걸음',
    leaves: '한 걸음 뒤 방향마다 남는 것', q: '학습률 × 곡률', grows: '커진다: 날아간다',
    flat: '평평한 쪽', steep: '가파른 쪽', rate: '가중치마다 받은 학습률',
    memory: { none: '모멘텀', momentum: '모멘텀 μ', alpha: '기억 α', rho: '기억 ρ', beta1: '기억 β₁' },
    away: (steps) => `날아갑니다. ${steps}걸음 뒤에 기울기가 1억보다 큽니다.`,
    near: (steps) => `${steps}걸음 뒤에 거리가 1 %보다 적게 남습니다.`,
    far_from: (steps, share) => `${steps}걸음 뒤에 거리의 ${share} %가 남습니다.`,
    long: (flat, steep) => `오래 걸으면 걸음마다 평평한 방향은 ${flat}배, 가파른 방향은 ${steep}배가 됩니다.`,
  },
}

const START = [-4, 1.2]
const STEPS = 300
const MEMORY = { Momentum: 'momentum', NAG: 'momentum', RMSprop: 'alpha', Adadelta: 'rho', Adam: 'beta1' }
const ONE_RATE = ['SGD', 'Momentum', 'NAG']
const away = (w) => Math.hypot(...w)

// The first step from which on the path stays within a hundredth of the first distance.
export function arrival(path) {
  let last = path.length
  while (last && away(path[last - 1]) < 0.01 * away(path[0])) last--
  return last < path.length ? last : null
}

export function run({ method, lr, memory, steep, turn }) {
  return walk(method, { lr, [MEMORY[method]]: memory }, bowl(steep, turn), START, STEPS)
}

function map(place, { method, steep, turn }, path, other, words) {
  const p = panel({ ...place, title: words.path, xlabel: words.w1, ylabel: words.w2 })
  const scale = place.width / (place.x[1] - place.x[0])
  for (let k = 1; k < 13; k++) {
    const long = Math.sqrt(steep) * 0.35 * k ** 1.3 * scale
    p.add(`<ellipse class="contour" rx="${long.toFixed(1)}" ry="${(long / Math.sqrt(steep)).toFixed(1)}" ` +
      `transform="translate(${p.X(0)} ${p.Y(0)}) rotate(${-turn})"/>`)
  }
  p.line(other, 'other')
  p.line(path, 'one')
  p.dots(path.slice(0, 60), 'one')
  p.add(`<text class="goal middle" x="${p.X(0)}" y="${p.Y(0) + 6}">★</text>`)
  p.note(place.x[1] - 8 / scale, place.y[1] - 16 / scale, method, 'end one')
  p.note(place.x[1] - 8 / scale, place.y[1] - 32 / scale, words.plain, 'end other')
  return p
}

function distances(place, path, other, words) {
  const p = panel({ ...place, x: [0, STEPS], y: [-5, 2], logy: true, title: words.far, xlabel: words.step })
  const log = (w) => Math.log10(Math.max(away(w), 1e-9))
  const goal = Math.log10(0.01 * away(START))
  p.line([[0, goal], [STEPS, goal]], 'dotted')
  p.line(other.map((w, t) => [t, log(w)]), 'other')
  p.line(path.map((w, t) => [t, log(w)]), 'one')
  return p
}

// One rate for all weights: the eigenvalue of a step, over rate times curvature.
function eigenvalues(place, { method, lr, memory, steep }, words) {
  const p = panel({ ...place, x: [-3.5, 1.5], y: [0, 1.4], logx: true, title: words.leaves, xlabel: words.q })
  const at = (q) => shrinks(method, q, memory)
  p.box([-3.5, 1.5], [1, 1.4], 'danger')
  p.note(-3.4, 1.28, words.grows)
  p.line(Array.from({ length: 201 }, (_, i) => -3.5 + i / 40).map((k) => [k, at(10 ** k)]), 'one')
  for (const [curvature, name, kind, end, shift] of [[1, 'flat', 'steep', 'end', -0.12], [steep, 'steep', 'third', '', 0.12]]) {
    const [x, y] = [Math.log10(lr * curvature), Math.min(at(lr * curvature), 1.37)]
    p.dots([[x, y]], `mark ${kind}`, 6)
    p.note(x + shift, y - 0.13, words[name], `${kind} ${end}`)
  }
  return p
}

// A rate for each weight: how long the step of each was, over its gradient.
function rates(place, { steep, turn }, path, words) {
  const p = panel({ ...place, x: [0, 60], y: [-4, 2], logy: true, title: words.rate, xlabel: words.step })
  const gradient = bowl(steep, turn)
  for (const i of [0, 1]) {
    const found = path.slice(1, 61)
      .map((w, t) => [t + 1, Math.log10(Math.abs((path[t][i] - w[i]) / gradient(path[t])[i]))])
      .filter(([, k]) => Number.isFinite(k))
    p.line(found, i ? 'third' : 'two')
    p.note(i ? 7 : 1, 1.5, i ? 'w₂' : 'w₁', i ? 'third' : 'two')
  }
  return p
}

function told({ method, lr, memory, steep }, path, words) {
  const soon = arrival(path)
  const fate = path.length <= STEPS ? words.away(path.length - 1)
    : soon === null ? words.far_from(STEPS, digits((100 * away(path.at(-1))) / away(START)))
    : words.near(soon)
  if (!ONE_RATE.includes(method)) return fate
  const [flat, high] = [1, steep].map((c) => fixed(shrinks(method, lr * c, memory), 3))
  return `${fate} ${words.long(flat, high)}`
}

// What the path is compared with: gradient descent with the best rate for this valley.
const plain = kept((steep, turn) => walk('SGD', best('SGD', steep), bowl(steep, turn), START, STEPS))

export function draw({ state, width, words }) {
  const path = run(state)
  const other = plain(state.steep, state.turn)
  const across = width - MARGIN - 12
  const height = Math.min(across * 0.5, 300)
  const unit = Math.min(across / 6.4, height / 3.2) // one for both axes, so that a circle is one
  const [far, high] = [across / unit / 2, height / unit / 2]
  const first = { left: MARGIN, top: 26, width: across, height, x: [-1.6 - far, -1.6 + far], y: [-high, high] }
  const [second, third] = places(width, 2, { top: bottom(first) + 70, height: width < WIDE ? 150 : 170 })
  const inside = ONE_RATE.includes(state.method) ? eigenvalues(third, state, words) : rates(third, state, path, words)
  const memory = MEMORY[state.method]
  return {
    height: bottom(third) + 44,
    picture: map(first, state, path, other, words) + distances(second, path, other, words) + inside,
    said: told(state, path, words),
    controls: { memory: { label: words.memory[memory ?? 'none'], off: !memory } },
  }
}

export const presets = {
  fastest(state) {
    const method = ['SGD', 'Momentum'].includes(state.method) ? state.method : 'Momentum'
    const { lr, momentum } = best(method, state.steep)
    return { ...state, method, lr, memory: momentum ?? state.memory }
  },
  too_fast: (state) => ({ ...state, method: 'SGD', lr: 2.02 / state.steep }),
}
