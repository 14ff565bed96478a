// Chapter 1: whoever stops training early gets another answer. All numbers come from a study.
import { bottom, fixed, panel, places } from './plot.mjs'

export const WORDS = {
  en: {
    curves: 'wrong on new digits (%)', epoch: 'epoch', gains: 'error added by dropping (points)',
    none: 'nothing', pixels: 'pixels', hidden: 'hidden', both: 'both',
    told: (stop, plain, both) => `After ${stop} epochs the plain network gets ${plain} % of new digits wrong, with both dropped ${both} %.`,
    stops: ' Whoever stops here would say:',
    verdict: { helps: (arm) => ` ${arm} helps`, hurts: (arm) => ` ${arm} hurts`, open: (arm) => ` ${arm} makes no clear difference` },
    dropping: { pixels: 'dropping pixels', hidden: 'dropping hidden units', both: 'dropping both' },
  },
  ko: {
    curves: '새로운 숫자의 오답 (%)', epoch: '에폭', gains: '끌 때 더해지는 오류율 (%포인트)',
    none: '없음', pixels: '픽셀', hidden: '은닉 유닛', both: '둘 다',
    told: (stop, plain, both) => `${stop}에폭 뒤에 드롭아웃이 없는 신경망은 새로운 숫자의 ${plain} %를, 둘 다 끈 신경망은 ${both} %를 틀립니다.`,
    stops: ' 여기서 멈추면 이렇게 말할 것입니다:',
    verdict: { helps: (arm) => ` ${arm}: 도움이 된다`, hurts: (arm) => ` ${arm}: 해가 된다`, open: (arm) => ` ${arm}: 뚜렷한 차이가 없다` },
    dropping: { pixels: '픽셀 끄기', hidden: '은닉 유닛 끄기', both: '둘 다 끄기' },
  },
}

const ARMS = ['pixels', 'hidden', 'both']
const KINDS = { none: 'one', pixels: 'third', hidden: 'other', both: 'two' } // as they are printed
const numbers = (text) => text.split(' ').map(Number)

// What dropping adds to the error after so many epochs: the mean and half of its 95 % interval.
export function added(data, { digits, stop }, arm) {
  const { gain, half } = data[digits][arm]
  return [numbers(gain)[stop - 1], numbers(half)[stop - 1]]
}

// An interval that contains 0 decides nothing.
export const verdict = ([gain, half]) => (gain + half < 0 ? 'helps' : gain - half > 0 ? 'hurts' : 'open')

function curves(place, data, { digits, stop }, words) {
  const p = panel({ ...place, x: [0, 50], y: digits === '500' ? [9, 18] : [5, 14], title: words.curves, xlabel: words.epoch })
  for (const [arm, kind] of Object.entries(KINDS)) {
    const points = numbers(data[digits][arm].error).map((e, i) => [i + 1, e])
    p.line(points, `faint ${kind}`)
    p.line(points.slice(0, stop), kind)
    p.dots([points[stop - 1]], kind, 4)
    if (arm === 'none') p.note(49, points.at(-1)[1] + 0.3, words.none, `end ${kind}`)
  }
  p.line([[stop, 0], [stop, 100]], 'dotted')
  return p
}

function gains(place, data, state, words) {
  const p = panel({ ...place, x: [-3, 4], y: [0, 3], title: words.gains, rows: [] })
  p.line([[0, 0], [0, 3]], 'thin')
  ARMS.forEach((arm, i) => {
    const [gain, half] = added(data, state, arm)
    p.line([[gain - half, 2.35 - i], [gain + half, 2.35 - i]], KINDS[arm])
    p.dots([[gain, 2.35 - i]], KINDS[arm], 5)
    p.note(3.9, 2.6 - i, words[arm], `end ${KINDS[arm]}`)
  })
  return p
}

export function draw({ state, width, data, words }) {
  const [left, right] = places(width, 2, { height: 210 })
  const error = (arm) => fixed(numbers(data[state.digits][arm].error)[state.stop - 1], 1)
  const said = ARMS.map((arm) => words.verdict[verdict(added(data, state, arm))](words.dropping[arm]))
  return {
    height: bottom(right) + 44,
    picture: curves(left, data, state, words) + gains(right, data, state, words),
    said: `${words.told(state.stop, error('none'), error('both'))}${words.stops}${said.join(';')}.`,
  }
}

export const presets = {
  early: (state) => ({ ...state, stop: 12 }),
  late: (state) => ({ ...state, stop: 50 }),
}
