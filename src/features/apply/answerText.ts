import { effectiveAnswer, isEmpty, type Field, type Fields, type Material } from '../../domain/forms/kinds'
import type { AnyAnswers } from '../../domain/answers'
import { maskCard, maskId } from '../../domain/rules/mask'
import { inWords } from '../../documents/words'

/** An answer in words for the check page; numbers of persons and banks are covered. */
export function answerText(fields: Fields, name: string, answers: AnyAnswers): string {
  const field = fields[name]
  const value = field && effectiveAnswer(fields, name, answers)
  return field && !isEmpty(value) ? textOf(field, value) : ''
}

function textOf(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'choices':
      return (value as string[]).map((one) => field.options.find((option) => option.value === one)?.label ?? one).join('、')
    case 'yesNo':
      return value === true ? '是' : '否'
    case 'declaration':
      return value === true ? '已声明' : ''
    case 'rows':
      return `${(value as unknown[]).length} 行`
    case 'photos':
      return filesText((value as Material[]).flatMap(({ file }) => file ?? []))
    default: {
      const text = inWords(field, value)
      if (field.sensitive === 'id') return maskId(text)
      return field.sensitive === 'bank' ? maskCard(text) : text
    }
  }
}

function filesText(files: { bytes: number }[]): string {
  if (files.length === 0) return ''
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return `${files.length} 个文件，${(bytes / 1048576).toFixed(1)} MB`
}
