// Error against learning rate for several arms: each is a valley of its own. Chapters 3 and 5.
import { bottom, digits, panel, places } from './plot.mjs'

// The errors of an arm, rate by rate; null where it was not tried.
export const errors = (text) => text.split(' ').map((e) => (e === '-' ? null : +e))

// The rate at which an arm does best, and its error there.
export function best(rates, found) {
  const tried = found.map((e, i) => [e, rates[i]]).filter(([e]) => e !== null)
  const [error, lr] = tried.reduce((a, b) => (b[0] < a[0] ? b : a))
  return { error, lr }
}

const log = Math.log10
const round = (k) => Math.floor(k * 2) / 2

function curves(place, rates, arms, { lr, arm }, words) {
  const p = panel({ ...place, x: [round(log(rates[0])), -round(-log(rates.at(-1)))], y: [0, 100], logx: true, title: words.valleys, xlabel: words.rate, ylabel: words.wrong })
  const points = (found) => found.map((e, i) => [log(rates[i]), e]).filter(([, e]) => e !== null)
  for (const [name, found] of Object.entries(arms)) if (name !== arm) p.line(points(found), 'other')
  p.line([[log(lr), 0], [log(lr), 100]], 'dotted')
  p.line(points(arms[arm]), 'one')
  const own = best(rates, arms[arm])
  p.dots([[log(own.lr), own.error]], 'one', 5)
  return p
}

// A row an arm: the ring is its own best rate, the dot this one.
function rows(place, rates, arms, { lr, arm }, words) {
  const names = Object.keys(arms)
  const p = panel({ ...place, x: [0, 100], y: [0, names.length], title: words.here, xlabel: words.wrong, rows: names.map((name) => [name, name === arm ? 'one' : 'other']) })
  names.forEach((name, i) => {
    const y = names.length - i - 0.5
    const own = best(rates, arms[name])
    const at = arms[name][rates.indexOf(lr)]
    const kind = name === arm ? 'one' : 'other'
    if (at !== null) {
      p.line([[own.error, y], [at, y]], kind)
      p.dots([[at, y]], kind, 5)
    }
    p.dots([[own.error, y]], `ring ${kind}`, 5)
  })
  return p
}

// Both panels; what is best at this rate; and between which errors all lie at their own.
export function valleys({ rates, arms: texts }, state, width, words) {
  const arms = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, errors(text)]))
  const [left, right] = places(width, 2, { height: 230, gapX: 100 })
  right.left += width < 560 ? 24 : 0
  right.width -= width < 560 ? 24 : 0
  const here = Object.entries(arms).map(([name, found]) => [found[rates.indexOf(state.lr)], name]).filter(([e]) => e !== null)
  const own = Object.values(arms).map((found) => best(rates, found).error)
  return {
    height: bottom(right) + 44,
    picture: curves(left, rates, arms, state, words) + rows(right, rates, arms, state, words),
    winner: here.reduce((a, b) => (b[0] < a[0] ? b : a), [Infinity, '']),
    loser: here.reduce((a, b) => (b[0] > a[0] ? b : a), [-Infinity, '']),
    own: [Math.min(...own), Math.max(...own)],
    best: best(rates, arms[state.arm]),
  }
}

export const rate = (x) => digits(x, 3)
