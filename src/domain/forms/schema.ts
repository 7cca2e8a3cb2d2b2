/** Fields → yup, the same schema on phone and server. Load it when it is needed: yup is heavy for a first screen. */
import { array, lazy, mixed, object, type ObjectSchema, type Schema } from 'yup'
import type { AnyAnswers } from '../answers'
import type { Call } from '../calls/call'
import { faultOf, isMissing, missingText } from './faults'
import { effectiveAnswer, isAsked, isEmpty, type Field, type Fields, type RowsField } from './kinds'

/** Type of the yup errors that say nothing was answered; all others say that an answer is wrong. */
export const MISSING = 'missing'

export const BLANK_ROW = '这一行还没有填，填写或删除'

/** Field → the field that it must not come before, and what to say then. As text, `now` (至今) comes after any month. */
const orders: Readonly<Record<string, { from: string; message: string }>> = {
  noticeTo: { from: 'noticeFrom', message: '公示结束日期不能早于开始日期，请检查' },
  to: { from: 'from', message: '结束年月不能早于开始年月，请检查' },
}

/** Per form and closing day: nothing else of a call reaches a schema. */
const schemas = new WeakMap<Fields, Map<string, ObjectSchema<AnyAnswers>>>()

/** The schema of a form's answers or of one row. What isn't asked isn't checked; unknown keys are left alone. */
export function schemaOf(fields: Fields, call: Call): ObjectSchema<AnyAnswers> {
  const known = schemas.get(fields) ?? new Map<string, ObjectSchema<AnyAnswers>>()
  schemas.set(fields, known)
  const found = known.get(call.closingDay) ?? build(fields, call)
  known.set(call.closingDay, found)
  return found
}

/**
 * The schema of one field that is asked, for a field on its own.
 * @param fields its form or row, where the answer may follow another one's
 */
export function fieldSchema(field: Field, call: Call, fields: Fields = {}): Schema {
  const base = field.kind === 'rows' ? rowsSchema(field, call) : mixed().nullable()
  return base
    .test({
      name: MISSING,
      test(value, context) {
        if (!field.required || !isMissing(field, value)) return true
        const answers = (context.parent ?? {}) as AnyAnswers
        const followed = 'follows' in field && field.follows ? field.follows : null
        // The followed field already says that it is missing: nobody has to answer twice.
        if (followed && (fields[followed]?.required || !isEmpty(effectiveAnswer(fields, followed, answers)))) return true
        return context.createError({ message: missingText(field) })
      },
    })
    .test({
      name: 'fault',
      test(value, context) {
        const message = isMissing(field, value) ? null : faultOf(field, value, call)
        return message === null ? true : context.createError({ message })
      },
    })
}

function build(fields: Fields, call: Call): ObjectSchema<AnyAnswers> {
  const shape: Record<string, Schema> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'derived') continue
    const own = inOrder(name, fields, fieldSchema(field, call, fields))
    shape[name] = field.when
      ? own.when(field.when.field, ([value]: unknown[], schema: Schema) =>
          isAsked(field, { [field.when?.field ?? '']: value }) ? schema : mixed().nullable(),
        )
      : own
  }
  return object(shape) as ObjectSchema<AnyAnswers>
}

function inOrder(name: string, fields: Fields, schema: Schema): Schema {
  const order = Object.hasOwn(orders, name) ? orders[name] : undefined
  if (!order || !Object.hasOwn(fields, order.from)) return schema
  return schema.test({
    name: 'order',
    message: order.message,
    test(value: unknown, context: { parent?: AnyAnswers }) {
      const from = context.parent?.[order.from]
      return typeof value !== 'string' || typeof from !== 'string' || isEmpty(value) || value >= from
    },
  })
}

function rowsSchema(field: RowsField, call: Call) {
  const row = schemaOf(field.columns, call)
  const blank = mixed().nullable().test({ name: MISSING, message: BLANK_ROW, test: () => false })
  return array()
    .typeError('这一项的内容读不出来，请重新填写')
    .nullable()
    .of(lazy((value: unknown) => (isBlank(field.columns, value) ? blank : row)))
}

function isBlank(columns: Fields, row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return true
  return Object.keys(columns).every((name) => isEmpty((row as AnyAnswers)[name]))
}
