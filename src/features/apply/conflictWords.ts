/** The values of a conflict in words, and the field in which another one can be typed instead. */
import type { Field, FileFacts, Form } from '../../domain/forms/kinds'
import { differenceOf, type Piece } from '../../domain/difference'
import { beijingTime } from '../../domain/rules/dates'
import { isSensitive, parsePath, type Json } from '../../domain/sync'
import type { ConflictCard, Written } from '../../data/conflictCards'
import { textAt } from '../../documents/answerText'

/** What a value is a value of, and what it stands against. */
export interface ValueOf {
  kind: ConflictCard['kind']
  path: string
  standing: { value: Json }
}

/** @param uncovered numbers of persons and banks in full, because their owner wants to compare them */
export function valueWords(form: Form, { kind, path, standing }: ValueOf, value: Json, uncovered: boolean): string {
  if (kind === 'row') return rowWords(form, path, value, standing.value)
  if (path.startsWith('$')) return aboutDraft(path, value)
  if (uncovered && typeof value === 'string' && isSensitive(form, path)) return value
  return textAt(form, path, value) || '（空）'
}

function rowWords(form: Form, path: string, value: Json, standing: Json): string {
  const known = parsePath(form, path)
  const one = known?.at === 'row' && known.field.kind === 'photos' ? '这一张' : '这一行'
  if (value === null) return `删掉${one}`
  if (standing === null) return `留着${one}`
  return value === standing ? `${one}放在现在的位置` : `${one}放在另一个位置`
}

function aboutDraft(path: string, value: Json): string {
  const { code, at } = (typeof value === 'object' ? (value ?? {}) : {}) as { code?: Json; at?: Json }
  if (path === '$deleted') return value === true ? '放进回收站' : '留着这份草稿'
  if (path === '$print') return typeof code === 'string' ? `编号 ${code} 的打印件` : '没有打印'
  if (path === '$consent') return typeof at === 'string' ? `${timeWords(at)} 同意` : '没有同意'
  return typeof value === 'string' && value ? value : '（空）'
}

/** `4月20日 09:05`, Beijing's; empty for what nobody wrote. */
export function timeWords(at: string): string {
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return ''
  const [, month = '', day = '', time = ''] = /^\d{4}-(\d{2})-(\d{2}) (\d{2}:\d{2})/.exec(beijingTime(ms)) ?? []
  return `${Number(month)}月${Number(day)}日 ${time}`
}

export const writtenBy = ({ by, at }: Pick<Written, 'by' | 'at'>): string => [by, timeWords(at)].filter(Boolean).join('，')

/** Both texts with what differs marked: the first without what came, the second without what went. */
export function marked(standing: string, other: string): { standing: Piece[]; other: Piece[] } {
  const pieces = differenceOf(standing, other)
  return {
    standing: pieces.filter(({ kind }) => kind !== 'added'),
    other: pieces.filter(({ kind }) => kind !== 'removed'),
  }
}

/** Null for what can only be chosen: a file, a place, a deletion. */
export function editableField(form: Form, path: string): Field | null {
  if (path === '$title') return { kind: 'text', label: '草稿名称' }
  const known = parsePath(form, path)
  if (known?.at === 'cell') return known.cell ?? (known.column === 'caption' ? { kind: 'text', label: '说明' } : null)
  return known?.at === 'field' ? known.field : null
}

/** The picture or file that is this value; null where it is none. */
export function fileIn(path: string, value: Json): FileFacts | null {
  const facts = path.split('/')[2] === 'file' && typeof value === 'object' ? (value as Partial<FileFacts> | null) : null
  return typeof facts?.sha256 === 'string' ? (facts as FileFacts) : null
}

/** Where the card of this path is on the page. */
export const cardId = (path: string) => `conflict-${path.replaceAll('/', '--')}`
