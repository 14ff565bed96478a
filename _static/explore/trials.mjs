// Chapter 6: trials in a grid, at random, or spread evenly, on a table that was measured.
import { MARGIN, WIDE, bottom, digits, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    best: 'best found so far', trials: 'trials', right: 'right (%)', each: 'each draw',
    found: (best, top) => `The best of these trials gets ${best} % right; the best of the table ${top} %.`,
    mean: (all, draws) => ` Over ${draws} draws the mean is ${all} %.`,
    values: (a, b) => ` The trials show ${a} values of one axis and ${b} of the other.`,
  },
  ko: {
    best: '지금까지의 가장 좋은 점수', trials: '시행', right: '정답률 (%)', each: '뽑을 때마다',
    found: (best, top) => `이 시행 가운데 가장 좋은 것은 ${best} %를 맞히고, 표에서 가장 좋은 것은 ${top} %를 맞힙니다.`,
    mean: (all, draws) => ` ${draws}번 뽑아 평균하면 ${all} %입니다.`,
    values: (a, b) => ` 한 축에서는 값을 ${a}가지, 다른 축에서는 ${b}가지 봅니다.`,
  },
}

// The digits of i in base b, behind the point: 0.1, 0.01, 0.11 ... in base 2.
export function radical(i, b) {
  let x = 0
  for (let share = 1 / b; i > 0; i = Math.floor(i / b), share /= b) x += (i % b) * share
  return x
}

const wrap = (x) => x - Math.floor(x)

// Where n trials lie in the unit square. `uniforms` are what dlcourse drew: one row a draw.
export function design(kind, n, uniforms) {
  if (kind === 'grid') {
    const side = Math.round(Math.sqrt(n))
    const [a, b] = uniforms // the grid begins anywhere in its first cell
    return Array.from({ length: side * side }, (_, i) =>
      [(Math.floor(i / side) + a) / side, ((i % side) + b) / side])
  }
  if (kind === 'Halton') {
    const [a, b] = uniforms
    return Array.from({ length: n }, (_, i) => [wrap(radical(i, 2) + a), wrap(radical(i, 3) + b)])
  }
  return Array.from({ length: n }, (_, i) => [uniforms[2 * i], uniforms[2 * i + 1]])
}

// The score of a place: that of the table's cell it falls into.
export function score(table, [a, b]) {
  const at = (u, many) => Math.min(Math.floor(u * many), many - 1)
  return table[at(a, table.length)][at(b, table[0].length)]
}

const numbers = (text) => text.split(' ').map(Number)

// A table of the cell, row by row, and the draws.
export function unpack(data, { axes, draw }) {
  const { rows, columns, scores, first, second } = data.tables[axes]
  const flat = numbers(scores)
  const table = Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns))
  return { table, first, second, uniforms: numbers(data.draws[draw - 1]), all: data.draws.map(numbers) }
}

const grey = (share) => `fill-opacity="${(0.04 + 0.72 * share).toFixed(2)}"`

function field(place, table, trials, { first, second }) {
  const [rows, columns] = [table.length, table[0].length]
  const p = panel({ ...place, x: [0, 1], y: [0, 1], xlabel: second.label, ylabel: first.label, plain: true })
  const [low, high] = [Math.min(...table.flat()), Math.max(...table.flat())]
  table.forEach((row, i) => row.forEach((value, j) => p.add(
    `<rect class="cell" ${grey((value - low) / (high - low))} x="${p.X(j / columns)}" y="${p.Y((i + 1) / rows)}" ` +
    `width="${(place.width / columns + 0.3).toFixed(2)}" height="${(place.height / rows + 0.3).toFixed(2)}"/>`)))
  const best = trials.reduce((a, b) => (score(table, b) > score(table, a) ? b : a))
  for (const trial of trials) {
    const [a, b] = trial
    p.dots([[b, a]], trial === best ? 'mark steep' : 'mark dot', trial === best ? 6 : 4)
    // The shadows on both axes: how many different values were tried.
    p.add(`<path class="shadow" d="M${p.X(b)} ${bottom(place)}v-9M${place.left} ${p.Y(a)}h9"/>`)
  }
  return p
}

function progress(place, table, designs, chosen, words) {
  const far = (trials) => trials.map((t, i) => [i + 1, Math.max(...trials.slice(0, i + 1).map((s) => score(table, s)))])
  const longest = Math.max(2, ...designs.map((d) => d.length))
  const p = panel({ ...place, x: [1, longest], y: [0, 100], title: words.best, xlabel: words.trials, ylabel: words.right })
  for (const trials of designs) p.line(far(trials), 'other')
  p.line(far(chosen), 'two solid')
  return p
}

export function draw({ state, width, data, words }) {
  const { table, first, second, uniforms, all } = unpack(data, state)
  const trials = design(state.design, state.trials, uniforms)
  const designs = all.map((u) => design(state.design, state.trials, u))
  const bests = designs.map((d) => Math.max(...d.map((t) => score(table, t))))
  const [left, right] = places(width, 2, { height: width < WIDE ? Math.min(width - MARGIN - 12, 280) : 280, gapY: 60 })
  const different = (k) => new Set(trials.map((t) => t[k].toFixed(6))).size
  return {
    height: bottom(right) + 44,
    picture: field(left, table, trials, { first, second }) + progress(right, table, designs, trials, words),
    said: words.found(digits(Math.max(...trials.map((t) => score(table, t))), 3), digits(Math.max(...table.flat()), 3)) +
      words.mean(digits(bests.reduce((a, b) => a + b) / bests.length, 4), bests.length) +
      words.values(different(0), different(1)),
  }
}

export const presets = {
  even: (state) => ({ ...state, design: 'Halton' }),
  again: (state, data) => ({ ...state, draw: (state.draw % data.draws.length) + 1 }),
}
