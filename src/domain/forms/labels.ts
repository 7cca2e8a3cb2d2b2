/** What a path is called, in the annex's words and with its place: `主要经历 第 2 行 · 证明人`. */
import { parsePath, type Json, type draftPaths, type photoCells } from '../sync'
import { fieldNames, type Form, type Step } from './kinds'

const draftNames: Record<(typeof draftPaths)[number], string> = {
  $draft: '草稿',
  $deleted: '草稿的删除',
  $title: '草稿名称',
  $consent: '同步证件号的同意',
  $print: '打印的表格',
}
const photoNames: Record<(typeof photoCells)[number], string> = {
  file: '文件',
  caption: '说明',
  proves: '证明哪一项',
  shot: '拍的是什么',
  taken: '拍摄时间',
  printed: '对应的打印件',
}

/**
 * The words for a path of this form; a path that the form doesn't know is called 其他内容.
 * @param values path → value of the whole draft: they say which row of its table a row is
 */
export function labelOf(form: Form, values: ReadonlyMap<string, Json>, path: string): string {
  const known = parsePath(form, path)
  if (!known) return '其他内容'
  if (known.at === 'draft') return draftNames[known.name]
  const { label, kind } = known.field
  if (known.at === 'field') return label
  const at = rowNumber(values, known.name, known.row)
  const row = kind === 'photos' ? (at ? `第 ${at} 张` : '已删除的一张') : at ? `第 ${at} 行` : '已删除的一行'
  if (known.at === 'row') return `${label} ${row}`
  return `${label} ${row} · ${known.cell?.label ?? photoNames[known.column as keyof typeof photoNames]}`
}

/** The step that asks for this path; null for what no step shows. */
export function stepOf(form: Form, path: string): Step | null {
  const name = path.split('/')[0] ?? ''
  return form.steps.find((step) => fieldNames(step).includes(name)) ?? null
}

/** Counted from 1 in the shown order; 0 for a row that is deleted or unknown. */
function rowNumber(values: ReadonlyMap<string, Json>, table: string, row: string): number {
  const rows: { id: string; order: string }[] = []
  for (const [path, value] of values) {
    const [name, id, cell] = path.split('/')
    if (name !== table || id === undefined || cell !== undefined) continue
    const order = typeof value === 'object' && value && !Array.isArray(value) ? value.order : undefined
    if (typeof order === 'string') rows.push({ id, order })
  }
  rows.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1))
  return rows.findIndex(({ id }) => id === row) + 1
}
