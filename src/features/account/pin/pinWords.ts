import { MOST_TRIES } from '../../../domain/rules/pin'
import type { Turn } from '../../../data/pin/tries'

/** What a wrong PIN comes to. */
export function turnWords(turn: Turn): string {
  if (turn.may === 'try') return `密码不对，请再试一次。还可以试 ${MOST_TRIES - turn.row.tries} 次。`
  if (turn.may === 'wait') return `错了几次，请等 ${waitWords(turn.left)}再试。`
  return '错的次数太多了。请点“忘记密码”，用手机号登录后设一个新的。内容都在，不会丢。'
}

export const waitWords = (left: number) => (left <= 90_000 ? `${Math.ceil(left / 1000)} 秒` : `${Math.ceil(left / 60_000)} 分钟`)
