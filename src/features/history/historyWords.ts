/** The words of the history: when, who, what. */
import { textAt } from '../../documents/answerText'
import { labelOf } from '../../domain/forms/labels'
import type { Form } from '../../domain/forms/kinds'
import type { Change, Checkpoint, Moment } from '../../domain/history'
import { addDays, beijingDay, beijingTime } from '../../domain/rules/dates'
import { parsePath, rowOf, type Json } from '../../domain/sync'

export type Values = ReadonlyMap<string, Json>

const reasons: Record<Checkpoint['why'], string> = {
  'other-person': '收到别人的修改之前',
  merge: '与另一台设备合并之前',
  copy: '复制这份草稿之前',
  restore: '恢复之前',
  import: '导入之前',
}

/** `今天 09:05`, `昨天 21:30`, `4月18日 09:05`, with the year where it is another one; Beijing's time. */
export function timeWords(ms: number, now: number): string {
  const [day, today] = [beijingDay(ms), beijingDay(now)]
  const time = beijingTime(ms).slice(11, 16)
  if (day === today) return `今天 ${time}`
  if (day === addDays(today, -1)) return `昨天 ${time}`
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日 ${time}`
}

/** Who did it, seen by the one who looks. @param me the account's shown name; empty for a guest */
export function whoWords(moment: Moment & { kind: 'changes' }, me: string): string {
  const mine = moment.by === '' || moment.by === me
  if (!mine) return moment.by
  return moment.elsewhere ? '我（在另一台设备上）' : '我'
}

/** One line for a moment: why it was noted, or which places changed. */
export function summaryOf(form: Form, moment: Moment): string {
  if (moment.kind === 'checkpoint') return reasons[moment.why]
  const fields = [...new Set(moment.changes.map(({ path }) => fieldLabel(form, path)))]
  const first = fields.slice(0, 3).join('、')
  return fields.length > 3 ? `${first}等 ${fields.length} 项` : first
}

/** A table or a slot as a whole; without what its label says in brackets. */
function fieldLabel(form: Form, path: string): string {
  const known = parsePath(form, path)
  return known && known.at !== 'draft' ? known.field.label.replace(/（.*）$/, '') : labelOf(form, new Map(), path)
}

/** What a change is about, and what happened where that is no text: `添加`, `删除`, `换了位置`. */
export function deedOf(form: Form, { path, before, after }: Change): string {
  if (parsePath(form, path)?.at !== 'row') return ''
  if (before === null) return '添加'
  return after === null ? '删除' : '换了位置'
}

/** What a row holds, in one line. */
export function rowWords(form: Form, values: Values, row: string): string {
  const cells = [...values].filter(([path, value]) => rowOf(path) === row && !/\/(file|taken|printed|shot)$/.test(path) && value !== null)
  const text = cells.map(([path, value]) => textAt(form, path, value)).filter(Boolean).join(' · ')
  return text.length > 80 ? `${text.slice(0, 80)}……` : text
}

/** What going back to a moment would do, for the question before it. */
export function restoreWords(form: Form, values: Values, edits: readonly { path: string; value: Json }[]): string {
  const rows = edits.filter(({ path }) => parsePath(form, path)?.at === 'row')
  const back = rows.filter(({ path, value }) => value !== null && !values.get(path)).map(({ path }) => path)
  const away = rows.filter(({ value }) => value === null).length
  const rest = edits.filter(({ path }) => parsePath(form, path)?.at !== 'row' && !back.includes(rowOf(path) ?? ''))
  const fields = [...new Set(rest.map(({ path }) => fieldLabel(form, path)))]
  const named = fields.length > 4 ? `${fields.slice(0, 4).join('、')}等` : fields.join('、')
  return [
    ...(rest.length > 0 ? [`改回 ${rest.length} 处（${named}）`] : []),
    ...(back.length > 0 ? [`找回 ${back.length} 行或照片`] : []),
    ...(away > 0 ? [`撤去之后添加的 ${away} 行或照片`] : []),
  ].join('；')
}
