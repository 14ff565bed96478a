// Chapter 5: eight methods at one learning rate for all. All numbers come from a study.
import { fixed } from './plot.mjs'
import { best, errors, rate, valleys } from './valleys.mjs'

export const WORDS = {
  en: {
    valleys: 'eight methods, eight valleys', rate: 'learning rate', wrong: 'wrong (%)', here: 'at this rate, and at its best',
    told: (lr, winner, error, loser, most) => `At the rate ${lr} for all, ${winner} wins with ${error} % wrong, and ${loser} is last with ${most} %.`,
    own: (low, high) => ` Each at its own best rate, all lie between ${low} and ${high} %.`,
    best: (arm, lr) => ` The best rate of ${arm} is ${lr}.`,
  },
  ko: {
    valleys: '여덟 방법, 여덟 골짜기', rate: '학습률', wrong: '오답 (%)', here: '이 학습률에서, 그리고 가장 좋은 학습률에서',
    told: (lr, winner, error, loser, most) => `모두 학습률이 ${lr}일 때 가장 좋은 방법: ${winner}, 오답 ${error} %. 가장 나쁜 방법: ${loser}, 오답 ${most} %.`,
    own: (low, high) => ` 저마다 가장 좋은 학습률을 쓰면 모두 ${low} %와 ${high} % 사이입니다.`,
    best: (arm, lr) => ` ${arm}에 가장 좋은 학습률: ${lr}.`,
  },
}

export function draw({ state, width, data, words }) {
  const { height, picture, winner, loser, own, best: chosen } = valleys(data, state, width, words)
  return {
    height, picture,
    said: words.told(rate(state.lr), winner[1], fixed(winner[0], 1), loser[1], fixed(loser[0], 1)) +
      words.own(...own.map((e) => fixed(e, 1))) + words.best(state.arm, rate(chosen.lr)),
  }
}

export const presets = {
  best: (state, data) => ({ ...state, lr: best(data.rates, errors(data.arms[state.arm])).lr }),
  common: (state) => ({ ...state, lr: 0.01 }),
}
