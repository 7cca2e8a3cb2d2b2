/** What is wrong with one answer, by its kind. Without yup, so that a single field can be looked at cheaply. */
import type { Call } from '../calls/call'
import { countWords } from '../rules/words'
import { isEmpty, type ChoiceField, type ChoicesField, type Field, type PhotosField, type SimpleField } from './kinds'
import { numberFaults } from './numberFaults'

const UNREADABLE = '这一项的内容读不出来，请重新填写'
/** Characters of a street and number. */
const ADDRESS_MAX = 100

/** Said where a required answer is missing. */
export function missingText(field: Field): string {
  if (field.kind === 'declaration') return '请读完再勾选'
  if (field.kind === 'choice' || field.kind === 'yesNo') return '还没有选'
  if (field.kind === 'choices') return '至少选一项'
  if (field.kind === 'photos') return field.accept === 'scan' ? '还没有拍照或选择文件' : '还没有拍照'
  if (field.kind === 'rows') return '至少填一行'
  return '还没有填'
}

/** Whether a required field still lacks its answer: a declaration that isn't ticked and a photo without its file do. */
export function isMissing(field: Field, value: unknown): boolean {
  if (isEmpty(value)) return true
  if (field.kind === 'declaration') return value === false
  return field.kind === 'photos' && Array.isArray(value) && !value.some((one) => fileOf(one) !== undefined)
}

/**
 * What is wrong with an answer that was given, and how to mend it; null when nothing is, or nothing was given.
 * Values of a wrong shape (from a foreign client) are faults too, never exceptions. Rows are looked at as a list only.
 */
export function faultOf(field: Field, value: unknown, call: Pick<Call, 'closingDay'>): string | null {
  if (isEmpty(value)) return null
  switch (field.kind) {
    case 'derived':
      return null
    case 'yesNo':
    case 'declaration':
      return typeof value === 'boolean' ? null : UNREADABLE
    case 'choice':
      return choiceFault(field, value)
    case 'choices':
      return choicesFault(field, value)
    case 'photos':
      return photosFault(field, value)
    case 'address':
      return addressFault(value)
    case 'rows':
      return Array.isArray(value) ? countFault(value.length, field.min, field.max, '行') : UNREADABLE
    case 'number':
      if (typeof value === 'number') return numberFaults.number(String(value), field)
      return typeof value === 'string' ? numberFaults.number(value, field) : UNREADABLE
    case 'text':
    case 'longText':
      return typeof value === 'string' ? textFault(field, value) : UNREADABLE
    default:
      return typeof value === 'string' ? numberFaults[field.kind](value, field, call) : UNREADABLE
  }
}

function textFault({ kind, max, identity }: SimpleField, value: string): string | null {
  // Names are printed and looked up; 4-byte Han characters such as 𠮷 are letters like any other.
  if (kind === 'text' && identity && /\p{Emoji_Presentation}/u.test(value)) return '这里不能用表情符号，请删掉'
  const length = kind === 'longText' ? countWords(value) : [...value].length
  return max !== undefined && length > max ? `最多 ${max} 字，现在 ${length} 字，请删去 ${length - max} 字` : null
}

function choiceFault({ options }: ChoiceField, value: unknown): string | null {
  return options.some((option) => option.value === value) ? null : '这个选项不在名单里，请重新选择'
}

function choicesFault({ options }: ChoicesField, value: unknown): string | null {
  if (!Array.isArray(value)) return UNREADABLE
  if (!value.every((one) => options.some((option) => option.value === one))) return '有的选项不在名单里，请重新选择'
  const none = options.find((option) => option.value === 'none')
  return none && value.length > 1 && value.includes('none') ? `“${none.label}”不能和其他选项一起选` : null
}

function photosFault({ accept, max }: PhotosField, value: unknown): string | null {
  if (!Array.isArray(value)) return UNREADABLE
  const files = value.map(fileOf)
  if (accept !== 'scan' && files.some((file) => file?.type === 'application/pdf')) return '这里只收照片，不收 PDF，请换成照片'
  return countFault(value.length, undefined, max, '张')
}

function addressFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return UNREADABLE
  const { region, detail } = value as { region?: unknown; detail?: unknown }
  if (typeof region !== 'string' || region.trim() === '') return '还要选所在地区'
  if (typeof detail !== 'string' || detail.trim() === '') return '还要写街道和门牌号'
  const length = [...detail].length
  return length > ADDRESS_MAX ? `最多 ${ADDRESS_MAX} 字，现在 ${length} 字，请写短一些` : null
}

function countFault(count: number, min: number | undefined, max: number, unit: string): string | null {
  if (count > max) return `最多 ${max} ${unit}，现在 ${count} ${unit}，请删去 ${count - max} ${unit}`
  return min !== undefined && count < min ? `至少填 ${min} ${unit}，现在 ${count} ${unit}` : null
}

function fileOf(material: unknown): { type?: unknown } | undefined {
  if (typeof material !== 'object' || material === null || !('file' in material)) return undefined
  return typeof material.file === 'object' && material.file !== null ? material.file : undefined
}
