// Axes, lines and marks as SVG text: no page is needed, so a test under Node can draw, too.

const short = (x) => +x.toFixed(2)
export const minus = (text) => String(text).replace('-', '−')
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const raised = (k) => (k < 0 ? '⁻' : '') + [...String(Math.abs(k))].map((d) => RAISED[d]).join('')

// A number with so many digits; the very large and the very small as people write them.
export function digits(x, many = 2) {
  const [front, k] = x.toExponential(many - 1).split('e').map(Number)
  return x && (k < -6 || k > 5) ? `${minus(front)} × 10${raised(k)}` : minus(+x.toPrecision(many))
}
export const fixed = (x, places) => minus(x.toFixed(places))

// The answer to the last question is kept: a control that changes nothing of it asks for free.
export function kept(f) {
  let last, answer
  return (...asked) => {
    if (!last || asked.some((one, i) => one !== last[i])) [last, answer] = [asked, f(...asked)]
    return answer
  }
}

const power = (k) => `10<tspan dy="-5" font-size="9">${minus(k)}</tspan><tspan dy="5">​</tspan>`

function ticks([low, high], most) {
  const raw = (high - low) / most
  const base = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((k) => k * base).find((s) => s >= raw)
  const found = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(k * step)
  return found.map((x) => [x, minus(+x.toPrecision(6))])
}

function decades([low, high], most) {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)]
  const step = Math.max(1, Math.ceil((last - first) / most))
  const found = []
  for (let k = first; k <= last; k += step) found.push([k, power(k)])
  return found
}

// About how wide a text is: a Korean letter takes the room of two.
const long = (text) => [...text].reduce((sum, letter) => sum + (letter > 'ᄀ' ? 12 : 6.5), 0)

// A panel of a figure: x and y as [low, high]; with logx or logy these are powers of ten; `bare`
// has no numbers at y, `plain` none at all, and `rows` has names there: [name, class] from the top.
export function panel({ left, top, width, height, x, y, logx, logy, title, xlabel, ylabel, bare, plain, rows }) {
  const X = (v) => short(left + ((v - x[0]) / (x[1] - x[0])) * width)
  const Y = (v) => short(top + height - ((v - y[0]) / (y[1] - y[0])) * height)
  const clamp = (v, [a, b]) => Math.min(Math.max(v, a - 3 * (b - a)), b + 3 * (b - a))
  const at = ([a, b]) => [X(clamp(a, x)), Y(clamp(b, y))]
  const id = `clip-${left}-${top}-${width}-${height}`.replaceAll('.', '_')
  const marks = [], whole = [] // what ends at the frame, and what does not
  const inside = ([a, b]) => a >= x[0] && a <= x[1] && b >= y[0] && b <= y[1]
  return {
    X, Y,
    add(text) { marks.push(text) },
    line(points, kind = '') {
      if (points.length) marks.push(`<path class="line ${kind}" d="M${points.map((p) => at(p).join(' ')).join('L')}"/>`)
    },
    dots(points, kind = '', r = 2.5) {
      for (const point of points.filter(inside)) {
        const [cx, cy] = at(point)
        whole.push(`<circle class="${kind}" cx="${cx}" cy="${cy}" r="${r}"/>`)
      }
    },
    // Bars of a histogram, all in one path: heights over bins of equal width that fill the axis.
    bars(heights, kind = '') {
      const [wide, foot] = [width / heights.length, top + height]
      const bar = (h, i) => h && `M${short(left + i * wide)} ${foot}V${Y(clamp(h, y))}` +
        `h${short(Math.max(wide - 0.5, 0.5))}V${foot}z`
      marks.push(`<path class="bar ${kind}" d="${heights.map(bar).filter(Boolean).join('')}"/>`)
    },
    box([a, b], [c, d], kind) {
      marks.push(`<rect class="${kind}" x="${X(a)}" y="${Y(d)}" width="${short(X(b) - X(a))}" height="${short(Y(c) - Y(d))}"/>`)
    },
    // A word in the panel. It stays inside: what would run over an edge is written from there.
    note(a, b, text, kind = '') {
      if (!inside([a, b])) return
      const end = /\bend\b/.test(kind) ? X(a) - long(text) > left : X(a) + long(text) > left + width
      const at = end ? Math.min(X(a), left + width - 4) : Math.max(X(a), left + 4)
      const from = Math.min(Math.max(Y(b), top + 14), top + height - 5)
      whole.push(`<text class="note ${kind.replace(/\bend\b/, '')}${end ? ' end' : ''}" x="${at}" y="${from}">${text}</text>`)
    },
    toString() {
      const xs = plain ? [] : logx ? decades(x, width / 45) : ticks(x, width / 60)
      const ys = plain || rows ? [] : logy ? decades(y, height / 30) : ticks(y, height / 35)
      const grid = [...xs.map(([v]) => `M${X(v)} ${top}v${height}`), ...ys.map(([v]) => `M${left} ${Y(v)}h${width}`)]
      const tick = (v, k, end, text) => `<text class="tick ${end}" x="${v}" y="${k}">${text}</text>`
      return `<clipPath id="${id}"><rect x="${left}" y="${top}" width="${width}" height="${height}"/></clipPath>` +
        `<path class="grid" d="${grid.join('')}"/>` +
        `<rect class="frame" x="${left}" y="${top}" width="${width}" height="${height}"/>` +
        xs.map(([v, text]) => tick(X(v), top + height + 16, 'middle', text)).join('') +
        (bare ? [] : ys).map(([v, text]) => tick(left - 6, Y(v) + 4, 'end', text)).join('') +
        (rows ?? []).map(([name, kind], i) => tick(left - 6, short(top + (height * (i + 0.5)) / rows.length + 4), `end ${kind}`, name)).join('') +
        (title ? `<text class="title middle" x="${left + width / 2}" y="${top - 9}">${title}</text>` : '') +
        (xlabel ? `<text class="middle" x="${left + width / 2}" y="${top + height + (plain ? 18 : 34)}">${xlabel}</text>` : '') +
        (ylabel ? `<text class="middle" transform="translate(${left - (plain ? 10 : 44)} ${top + height / 2}) rotate(-90)">${ylabel}</text>` : '') +
        `<g clip-path="url(#${id})">${marks.join('')}</g>` + whole.join('')
    },
  }
}

export const WIDE = 560 // from this width on, panels stand side by side
export const MARGIN = 56 // room for the numbers left of a panel

// Places for panels: side by side where there is room, else one below the other.
export function places(width, count, { top = 26, height = 180, gapX = 66, gapY = 66 } = {}) {
  const wide = width >= WIDE
  const across = wide ? (width - MARGIN - 12 - (count - 1) * gapX) / count : width - MARGIN - 12
  return Array.from({ length: count }, (_, i) => ({
    left: wide ? MARGIN + i * (across + gapX) : MARGIN,
    top: wide ? top : top + i * (height + gapY),
    width: across,
    height,
  }))
}

// How high an axis goes: the first of these heights that holds all values.
export const roof = (values, heights) => heights.find((h) => h >= Math.max(...values)) ?? Math.max(...values)

export const bottom = (place) => place.top + place.height
