// Chapter 6: trials in a range, evenly or by powers of ten. The curve comes from a study; where a
// trial lies and how likely a good one is are computed here, as dlcourse does.
import { bottom, digits, fixed, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    curve: 'right (%)', rate: 'learning rate', chance: 'chance of a good trial (%)', trials: 'trials',
    even: 'even', powers: 'logarithmic',
    share: (share) => `${share} % of the draws from this range are good.`,
    chances: (trials, chance) => ` With ${trials} trials the chance of at least one is ${chance} %.`,
    found: (best, top) => ` In this search the best gets ${best} % right; the curve's top is ${top} %.`,
    outside: ' The best rates lie outside of this range.',
  },
  ko: {
    curve: '정답률 (%)', rate: '학습률', chance: '좋은 시행이 나올 확률 (%)', trials: '시행',
    even: '고르게', powers: '로그',
    share: (share) => `이 범위에서 뽑으면 ${share} %가 좋은 값입니다.`,
    chances: (trials, chance) => ` 시행이 ${trials}번이면 적어도 하나가 좋을 확률은 ${chance} %입니다.`,
    found: (best, top) => ` 이 탐색에서 가장 좋은 것은 ${best} %를 맞히고, 곡선의 꼭대기는 ${top} %입니다.`,
    outside: ' 가장 좋은 학습률은 이 범위 바깥에 있습니다.',
  },
}

const numbers = (text) => text.split(' ').map(Number)
const log = Math.log10

// What dlcourse.search.Uniform and LogUniform make of a number u between 0 and 1.
export function value(scale, low, high, u) {
  return scale === 'even' ? low + (high - low) * u : low * (high / low) ** u
}

// The share of draws that lie between a and b.
export function share(scale, low, high, [a, b]) {
  const [from, to] = [Math.max(a, low), Math.min(b, high)]
  if (to <= from) return 0
  return scale === 'even' ? (to - from) / (high - low) : Math.log(to / from) / Math.log(high / low)
}

// At least one good trial of n, where each is good with probability q.
export const chance = (q, n) => 1 - (1 - q) ** n

// The curve between two measured rates: a straight line over the powers of ten.
export function height({ rates, right }, lr) {
  const [x, y] = [rates.map(log), numbers(right)]
  const k = Math.min(Math.max(x.findLastIndex((v) => v <= log(lr)), 0), x.length - 2)
  const t = Math.min(Math.max((log(lr) - x[k]) / (x[k + 1] - x[k]), 0), 1)
  return y[k] + t * (y[k + 1] - y[k])
}

const picked = (data, { scale, low, high, trials, draw }) =>
  numbers(data.draws[draw - 1]).slice(0, trials).map((u) => value(scale, low, high, u))

function curve(place, data, state, words) {
  const p = panel({ ...place, x: [-5, 1], y: [0, 100], logx: true, title: words.curve, xlabel: words.rate })
  p.box([log(data.good[0]), log(data.good[1])], [0, 100], 'danger')
  for (const end of [state.low, state.high]) p.line([[log(end), 0], [log(end), 100]], 'dotted')
  p.line(data.rates.map((lr, i) => [log(lr), numbers(data.right)[i]]), 'one')
  const tried = picked(data, state)
  p.dots(tried.map((lr) => [log(lr), height(data, lr)]), 'mark dot', 4)
  const best = tried.reduce((a, b) => (height(data, b) > height(data, a) ? b : a))
  p.dots([[log(best), height(data, best)]], 'mark steep', 6)
  return p
}

function chances(place, data, { scale, low, high, trials }, words) {
  const p = panel({ ...place, x: [0, 30], y: [0, 100], title: words.chance, xlabel: words.trials })
  for (const [kind, name] of [['even', 'two'], ['powers', 'one']]) {
    const q = share(kind === 'even' ? 'even' : 'logarithmic', low, high, data.good)
    p.line(Array.from({ length: 31 }, (_, n) => [n, 100 * chance(q, n)]), name)
    if ((kind === 'even') === (scale === 'even')) p.dots([[trials, 100 * chance(q, trials)]], `mark ${name}`, 6)
  }
  p.note(29, 46, words.even, 'end steep')
  p.note(29, 56, words.powers, 'end flat')
  return p
}

export function draw({ state, width, data, words }) {
  const [left, right] = places(width, 2, { height: 220 })
  const q = share(state.scale, state.low, state.high, data.good)
  const tried = picked(data, state).map((lr) => height(data, lr))
  return {
    height: bottom(right) + 44,
    picture: curve(left, data, state, words) + chances(right, data, state, words),
    said: words.share(digits(100 * q)) + words.chances(state.trials, digits(100 * chance(q, state.trials), 3)) +
      (q ? words.found(fixed(Math.max(...tried), 1), fixed(Math.max(...numbers(data.right)), 1)) : words.outside),
  }
}

export const presets = {
  safe: (state, data) => ({ ...state, low: 1e-5, high: 10, scale: 'even' }),
  powers: (state) => ({ ...state, scale: 'logarithmic' }),
  again: (state, data) => ({ ...state, draw: (state.draw % data.draws.length) + 1 }),
}
