// Chapter 1: one output of a small network under many masks, and under none.
import { bottom, fixed, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    units: 'what each unit adds to the output', unit: 'hidden unit', adds: 'adds', out: 'the output under each mask',
    z: 'output', share: 'masks (%)', full: 'all units',
    drop: (many, all) => `This mask drops ${many} of ${all} units.`,
    single: (z, full) => ` The output is ${z}; with all units it is ${full}.`,
    mean: (mean, masks, full) => ` Over ${masks} masks the output is ${mean} on average; with all units it is ${full}.`,
    unscaled: ' Nothing is divided by the share that is kept, so the average is too small.',
    test: (full) => `At test time no unit is dropped: the output is always ${full}.`,
  },
  ko: {
    units: '유닛마다 출력에 더하는 값', unit: '은닉 유닛', adds: '더하는 값', out: '마스크마다의 출력',
    z: '출력', share: '마스크 (%)', full: '모든 유닛',
    drop: (many, all) => `이 마스크는 유닛 ${all}개 가운데 ${many}개를 끕니다.`,
    single: (z, full) => ` 출력은 ${z}이고, 모든 유닛이 켜져 있으면 ${full}입니다.`,
    mean: (mean, masks, full) => ` 마스크 ${masks}개를 평균하면 출력은 ${mean}이고, 모든 유닛이 켜져 있으면 ${full}입니다.`,
    unscaled: ' 남긴 비율로 나누지 않았으므로 평균이 너무 작습니다.',
    test: (full) => `테스트할 때는 유닛을 끄지 않습니다. 출력은 언제나 ${full}입니다.`,
  },
}

const numbers = (text) => text.split(' ').map(Number)

// What dlcourse.Dropout keeps: a unit stays where its number lies below 1 − rate.
export const mask = (u, rate) => u.map((x) => (x < 1 - rate ? 1 : 0))

// The output: the bias and what each kept unit adds, divided by the share that is kept.
export function output(adds, bias, kept, rate, inverted) {
  const sum = adds.reduce((s, a, i) => s + a * kept[i], 0)
  return bias + (inverted ? sum / (1 - rate) : sum)
}

export function outputs(data, { rate, masks, scaling, mode }) {
  const adds = numbers(data.adds)
  const kept = data.uniforms.slice(0, masks).map((row) => mask(numbers(row), rate))
  const all = adds.map(() => 1)
  const inverted = scaling === 'on'
  if (mode === 'test') return { adds, kept: [all], z: [output(adds, data.bias, all, 0, inverted)] }
  return { adds, kept, z: kept.map((k) => output(adds, data.bias, k, rate, inverted)) }
}

function bars(place, adds, kept, words) {
  const high = Math.max(...adds.map(Math.abs)) * 1.15
  const p = panel({ ...place, x: [0.5, adds.length + 0.5], y: [-high, high], title: words.units, xlabel: words.unit, ylabel: words.adds })
  adds.forEach((a, i) => p.box([i + 0.6, i + 1.4], a > 0 ? [0, a] : [a, 0], kept[i] ? 'bar' : 'gone'))
  return p
}

function histogram(place, z, adds, full, words) {
  const wide = 4 * Math.hypot(...adds) // four standard deviations at rate 0.5
  const [low, high] = [full - wide, full + wide]
  const counts = new Array(48).fill(0)
  for (const v of z) counts[Math.min(Math.max(Math.floor(((v - low) / (high - low)) * 48), 0), 47)] += 100 / z.length
  const p = panel({ ...place, x: [low, high], y: [0, Math.max(30, ...counts)], title: words.out, xlabel: words.z, ylabel: words.share })
  p.bars(counts)
  const mean = z.reduce((a, b) => a + b) / z.length
  p.line([[mean, 0], [mean, 1000]], 'two')
  p.line([[full, 0], [full, 1000]], 'dotted')
  return p
}

export function draw({ state, width, data, words }) {
  const { adds, kept, z } = outputs(data, state)
  const full = output(adds, data.bias, adds.map(() => 1), 0, true)
  const mean = z.reduce((a, b) => a + b) / z.length
  const [left, right] = places(width, 2, { height: 200 })
  const last = kept.at(-1)
  const said = state.mode === 'test' ? words.test(fixed(full, 2))
    : words.drop(last.filter((k) => !k).length, adds.length) +
      (z.length === 1 ? words.single(fixed(mean, 2), fixed(full, 2)) : words.mean(fixed(mean, 2), z.length, fixed(full, 2))) +
      (state.scaling === 'on' ? '' : words.unscaled)
  return {
    height: bottom(right) + 44,
    picture: bars(left, adds, last, words) + histogram(right, z, adds, full, words),
    said,
    controls: Object.fromEntries(['rate', 'masks', 'scaling'].map((name) => [name, { off: state.mode === 'test' }])),
  }
}

export const presets = {
  one: (state) => ({ ...state, masks: 1, mode: 'training' }),
  all: (state, data) => ({ ...state, masks: data.uniforms.length, mode: 'training', scaling: 'on' }),
}
