/** Answers in words for screens: numbers of persons and banks are covered, whatever page shows them. */
import type { AnyAnswers } from '../domain/answers'
import { effectiveAnswer, isEmpty } from '../domain/forms/kinds'
import type { Field, Fields, FileFacts, Form, Material, PhotosField } from '../domain/forms/kinds'
import { beijingTime } from '../domain/rules/dates'
import { maskCard, maskId } from '../domain/rules/mask'
import { parsePath, type Json } from '../domain/sync'
import { inWords } from './words'

/** An answer in words for the check page. */
export function answerText(fields: Fields, name: string, answers: AnyAnswers): string {
  const field = fields[name]
  const value = field && effectiveAnswer(fields, name, answers)
  return field && !isEmpty(value) ? textOf(field, value) : ''
}

/** One register's value in words, whatever its path means; empty where nothing was answered. Never throws. */
export function textAt(form: Form, path: string, value: Json): string {
  const known = parsePath(form, path)
  if (isEmpty(value)) return ''
  if (!known) return plain(value)
  if (known.at === 'draft') return known.name === '$title' ? plain(value) : ''
  if (known.at === 'row') return known.field.kind === 'photos' ? '有这一张' : '有这一行'
  if (known.at === 'field') return textOf(known.field, value)
  return known.cell ? textOf(known.cell, value) : photoCell(form, known.field as PhotosField, known.column, value)
}

function textOf(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'choices':
      return listed(value).map((one) => field.options.find((option) => option.value === one)?.label ?? String(one)).join('、')
    case 'yesNo':
      return value === true ? '是' : '否'
    case 'declaration':
      return value === true ? '已声明' : ''
    case 'rows':
      return `${listed(value).length} 行`
    case 'photos':
      return filesText((listed(value) as Material[]).flatMap(({ file }) => file ?? []))
    default: {
      const text = inWords(field, value)
      if (field.sensitive === 'id') return maskId(text)
      return field.sensitive === 'bank' ? maskCard(text) : text
    }
  }
}

/** A draft may hold a value of any shape. */
const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const plain = (value: Json) => (typeof value === 'object' ? '（有内容）' : String(value))

function filesText(files: { bytes: number }[]): string {
  if (files.length === 0) return ''
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return `${files.length} 个文件，${megabytes(bytes)}`
}
/** Never 0.0: a tenth is the least that is worth saying. */
const megabytes = (bytes: number) => `${Math.max(0.1, bytes / 1048576).toFixed(1)} MB`

/** What stands beside a picture, and the picture itself. */
function photoCell({ fields }: Form, slot: PhotosField, column: string, value: Json): string {
  const facts = typeof value === 'object' && !Array.isArray(value) ? value : null
  if (column === 'file') return facts ? fileText(facts as unknown as FileFacts) : plain(value)
  if (column === 'taken') {
    const at = Date.parse(String(facts?.at))
    return at ? `${beijingTime(at).slice(0, 16)} 拍摄` : plain(value)
  }
  if (column === 'printed') return typeof facts?.code === 'string' ? `打印件 ${facts.code}` : plain(value)
  const claims = fields.claims?.kind === 'choices' ? fields.claims.options : []
  if (column === 'proves') return claims.find((option) => option.value === value)?.label ?? plain(value)
  return column === 'shot' ? (slot.shots?.find(({ id }) => id === value)?.label ?? plain(value)) : plain(value)
}

function fileText({ type, bytes, pages }: Partial<FileFacts>): string {
  const size = typeof bytes === 'number' ? `，${megabytes(bytes)}` : ''
  return type === 'application/pdf' ? `PDF 文件${pages ? `，${pages} 页` : ''}${size}` : `照片${size}`
}
