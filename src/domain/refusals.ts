/** Why the server did not take a change, in plain words, and what can be done about it. */
import type { RejectReason } from './sync'

export const refusalWords: Record<RejectReason, string> = {
  'unknown-path': '服务器还不认识这一项。请更新应用，再试一次。',
  'unknown-draft': '这份草稿在服务器上属于另一个账号，或者申报批次已经不收。',
  'too-large': '内容太长，请缩短一些。',
  'bad-value': '服务器读不懂这一处的内容，请重新填写。',
  forbidden: '没有修改这一项的权限。',
  'no-consent': '需要先同意同步证件号和银行卡。',
  locked: '申报已经锁定，现在不能修改。',
}
