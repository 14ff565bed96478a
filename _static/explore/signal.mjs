// Chapter 4: how large signals and gradients are in each of fifty layers, before any training.
// All numbers come from the chapter, where dlcourse measured them; here they are only shown.
import { MARGIN, WIDE, bottom, fixed, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    forward: 'signal, forward', backward: 'gradient, backward', layer: 'layer',
    outputs: 'outputs of a layer, in percent of all',
    vanishes: 'vanishes', explodes: 'explodes', keeps: 'keeps its size',
    told: (s, fateS, d, fateD) => `Through 50 layers the signal changes by 10 to the power ${s}: it ${fateS}. ` +
      `The gradient changes by 10 to the power ${d} on its way back: it ${fateD}.`,
    alike: ' But the outputs hardly differ any more: all digits look alike.',
  },
  ko: {
    forward: '신호, 앞으로', backward: '기울기, 뒤로', layer: '층',
    outputs: '한 층의 출력, 전체의 몇 퍼센트인지',
    vanishes: '사라집니다', explodes: '폭주합니다', keeps: '크기가 지켜집니다',
    told: (s, fateS, d, fateD) => `층 50개를 지나는 동안 신호는 10의 ${s}제곱 배가 됩니다: ${fateS}. ` +
      `기울기는 돌아오는 길에 10의 ${d}제곱 배가 됩니다: ${fateD}.`,
    alike: ' 그러나 출력이 이제 거의 다르지 않습니다. 모든 숫자가 비슷해 보입니다.',
  },
}

const UNIT = 20 // the numbers are twentieths of a power of ten
const SHARE = { none: 1, ReLU: 0.5 } // what the activation keeps of a mean square, where it is exact

const numbers = (text) => text.split(' ').map(Number)
const rows = (all, long) => Array.from({ length: all.length / long }, (_, i) => all.slice(i * long, (i + 1) * long))
const sums = (row) => { let s = 0; return row.map((d) => (s += d) / UNIT) }
const position = (data, { activation, gain }) => [data.activations.indexOf(activation), data.gains.indexOf(gain)]

// The lines of one activation and gain: [signal, gradient], for each network.
export function lines(data, state) {
  const [a, g] = position(data, state)
  return [0, 1].map((part) => data.powers[a][g].map((network) => sums(rows(numbers(network), 50)[part])))
}

function levels(place, networks, title, theory, kind, words) {
  const p = panel({ ...place, x: [1, 50], y: [-12, 12], logy: true, title, xlabel: words.layer })
  p.line([[1, 0], [50, 0]], 'thin')
  if (theory) p.line(theory, 'dotted')
  for (const network of networks) p.line(network.map((k, i) => [i + 1, k]), kind)
  return p
}

function histogram(place, counts, title, bare) {
  const p = panel({ ...place, bare, x: [-3, 3], y: [0, 100], title })
  p.bars(counts)
  return p
}

const fate = (k, words) => (k < -3 ? words.vanishes : k > 3 ? words.explodes : words.keeps)
const middle = (all) => [...all].sort((x, y) => x - y)[Math.floor(all.length / 2)]

export function draw({ state, width, data, words }) {
  const [signal, gradient] = lines(data, state)
  const c = SHARE[state.activation]
  const factor = c && Math.log10(state.gain * Math.sqrt(c)) // by theory, a layer
  const theory = (from, to, start) => c && [[from, start], [to, start + 49 * factor]]
  const [first, second] = places(width, 2, { height: 190 })
  const columns = width < WIDE ? 3 : 6
  const across = (width - MARGIN - 12 - (columns - 1) * 22) / columns
  const low = bottom(second) + 66
  const [a, g] = position(data, state)
  const counts = rows(numbers(data.histograms[a][g]), 25)
  const small = data.look.map((layer, k) => {
    const left = MARGIN + (k % columns) * (across + 22)
    const top = low + Math.floor(k / columns) * 130
    return histogram({ left, top, width: across, height: 70 }, counts[k], `${words.layer} ${layer}`, k % columns > 0)
  })
  const end = low + (data.look.length / columns - 1) * 130 + 70
  const s = middle(signal.map((n) => n[49] - n[0]))
  const d = middle(gradient.map((n) => n[0] - n[49]))
  const alike = Math.max(...counts.at(-1)) > 90 && s > -3 ? words.alike : ''
  return {
    height: end + 44,
    picture: levels(first, signal, words.forward, theory(1, 50, signal[0][0]), 'one', words) +
      levels(second, gradient, words.backward, theory(50, 1, gradient[0][49]), 'two', words) + small.join('') +
      `<text class="middle" x="${MARGIN + (width - MARGIN - 12) / 2}" y="${end + 38}">${words.outputs}</text>`,
    said: words.told(fixed(s, 1), fate(s, words), fixed(d, 1), fate(d, words)) + alike,
  }
}

const nearest = (gains, x) => gains.reduce((a, b) => (Math.abs(Math.log(b / x)) < Math.abs(Math.log(a / x)) ? b : a))
const at = (gain) => (state, data) => ({ ...state, gain: nearest(data.gains, gain) })
export const presets = { he: at(Math.SQRT2), lecun: at(1), fixed: at(0.098) }
