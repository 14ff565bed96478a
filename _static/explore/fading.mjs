// Chapter 4: a digit on its way through twenty layers, for any size of the first weights.
// dlcourse computed the layers once. ReLU keeps proportions: where the variance of all weights is
// a times as large, the numbers of layer l are a^(l/2) times as large. A test compares.
import { MARGIN, WIDE, bottom, digits, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    digit: 'the digit', layer: 'layer', size: 'size of the numbers (rms)',
    told: (step, end) => `Each layer multiplies the size of the numbers by about ${step}. After 20 layers they are ${end} times as large as in the digit.`,
    fades: ' The picture fades.', burns: ' The picture burns in.', stays: ' The picture stays.',
    same: ' Drawn each by its own size, the pictures are the same for all weights: what fades is the size, not the pattern.',
  },
  ko: {
    digit: '숫자', layer: '층', size: '수의 크기 (rms)',
    told: (step, end) => `층마다 수의 크기가 약 ${step}배가 됩니다. 층 20개를 지나면 처음 숫자의 ${end}배입니다.`,
    fades: ' 그림이 사라집니다.', burns: ' 그림이 까맣게 탑니다.', stays: ' 그림이 그대로 있습니다.',
    same: ' 그림마다 자기 크기에 맞춰 그리면 어느 가중치에서나 그림이 같습니다. 사라지는 것은 무늬가 아니라 크기입니다.',
  },
}

const RIGHT = 2 // the scale of the weights' variance that the numbers were computed with
const LEVELS = 12
const numbers = (text) => text.split(' ').map(Number)

// By what a layer's numbers are larger than those that were computed.
export const factor = (scale, layer) => (scale / RIGHT) ** (layer / 2)

// One path for each grey level: far fewer marks than pixels.
function image({ left, top, side }, pixels, full, title) {
  const n = Math.sqrt(pixels.length), wide = side / n
  const paths = Array.from({ length: LEVELS + 1 }, () => '')
  pixels.forEach((v, i) => {
    const level = Math.round(Math.min(v / full, 1) * LEVELS)
    const [x, y] = [left + (i % n) * wide, top + Math.floor(i / n) * wide]
    if (level) paths[level] += `M${x.toFixed(1)} ${y.toFixed(1)}h${wide.toFixed(1)}v${wide.toFixed(1)}h-${wide.toFixed(1)}z`
  })
  return paths.map((d, k) => d && `<path fill-opacity="${(k / LEVELS).toFixed(2)}" d="${d}"/>`).join('') +
    `<rect class="frame" x="${left}" y="${top}" width="${side}" height="${side}"/>` +
    `<text class="title middle" x="${left + side / 2}" y="${top - 7}">${title}</text>`
}

export function draw({ state, width, data, words }) {
  const columns = width < WIDE ? 3 : 6
  const side = Math.floor((width - (columns - 1) * 14) / columns)
  const pictures = data.pictures.map((text, k) => {
    const layer = data.layers[k]
    const pixels = numbers(text).map((v) => v * factor(state.scale, layer))
    const full = state.ink === 'own' ? Math.max(...pixels) : data.full
    const [left, top] = [(k % columns) * (side + 14), 20 + Math.floor(k / columns) * (side + 30)]
    return image({ left, top, side }, pixels, full, layer ? `${words.layer} ${layer}` : words.digit)
  })
  const low = 20 + Math.ceil(data.pictures.length / columns) * (side + 30)
  const sizes = numbers(data.sizes).map((s, layer) => s * factor(state.scale, layer))
  const [place] = places(width, 1, { top: low + 26, height: 130 })
  const p = panel({ ...place, left: MARGIN, x: [0, 20], y: [-4, 4], logy: true, title: words.size, xlabel: words.layer })
  p.line([[0, 0], [20, 0]], 'dotted')
  p.line(sizes.map((s, layer) => [layer, Math.log10(s)]), 'one')
  p.dots(data.layers.map((layer) => [layer, Math.log10(sizes[layer])]), 'one', 4)
  const end = sizes[20] / sizes[0]
  const fate = end < 0.5 ? words.fades : end > 2 ? words.burns : words.stays
  return {
    height: bottom(place) + 40,
    picture: pictures.join('') + p,
    said: words.told(digits(Math.sqrt(state.scale / RIGHT), 3), digits(end)) + (state.ink === 'own' ? words.same : fate),
  }
}

const at = (scale) => (state) => ({ ...state, scale })
export const presets = { small: at(1), right: at(2), large: at(4) }
