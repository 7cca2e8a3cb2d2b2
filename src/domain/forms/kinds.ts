/**
 * A form is data: fields, and the steps that show them. Answer types, the yup schema, the screens,
 * the printed annex and the server's checks are all derived from these declarations.
 */

export type Option = { readonly value: string; readonly label: string; readonly hint?: string }

/** A plain calendar day, `YYYY-MM-DD`. */
export type PlainDate = string
/** A calendar month, `YYYY-MM`. */
export type PlainMonth = string

export interface Address {
  /** Province, city and district in words, e.g. 江苏省无锡市新吴区. */
  region: string
  detail: string
}

/** One file that stands in a photo or scan slot; its row id is its identity, whatever is done to the picture. */
export interface Material {
  id: string
  /** The current file; absent while a photo is still being kept. */
  file?: FileFacts
  caption?: string
  /** The condition or claim that this picture proves (`Condition.id`). */
  proves?: string
  /** The shot of the guided list that this picture answers (`Shot.id`). */
  shot?: string
  taken?: { at: string; by?: string }
  /** Sealed scans: the print that was signed and sealed (`PrintStamp`). */
  printed?: { code: string; fields: Record<string, string> }
}

export interface FileFacts {
  /** Lower-case hex SHA-256 of the stored bytes: the same on phone and server. */
  sha256: string
  type: 'image/jpeg' | 'application/pdf'
  bytes: number
  /** Pixels, for pictures. */
  width?: number
  height?: number
  /** Pages, for PDF files. */
  pages?: number
  /** The name of the file that the user picked; shown, never used as a path. */
  name?: string
}

/** One row of a table; the id never changes, the order does. */
export type Row<C extends Fields> = { id: string } & Answers<C>

/** The value type of every kind that needs no further declaration. */
export interface ValueOfKind {
  text: string
  longText: string
  number: number
  date: PlainDate
  month: PlainMonth
  idNumber: string
  uscc: string
  phone: string
  landline: string
  bankCard: string
  bankAccount: string
  email: string
  qq: string
  postcode: string
  address: Address
  yesNo: boolean
  declaration: boolean
}
export type SimpleKind = keyof ValueOfKind

/** When a field is asked: another field's value is one of these (for a list: contains one of them). */
export interface When {
  field: string
  in: readonly (string | boolean)[]
}

/** A picture that the guided list asks for. */
export interface Shot {
  id: string
  label: string
  help: string
  /** The condition that this picture proves. */
  proves: string
}

interface FieldBase {
  /** Exactly the words of the annex; also the field's accessible name. */
  label: string
  /** Plain words: what to write here. */
  help?: string
  example?: string
  required?: boolean
  when?: When
  /** Where the answer is printed, e.g. `附件1 封面`; absent for answers that the annexes don't print. */
  place?: string
  /** Sealed on the server, masked on screens, and not sent before the consent. */
  sensitive?: 'id' | 'bank' | 'health'
  /** A conflict here blocks submission: it says who applies for what. */
  identity?: boolean
}

export interface SimpleField<K extends SimpleKind = SimpleKind> extends FieldBase {
  kind: K
  /** text: characters; longText: words as `countWords` counts them. */
  max?: number
  min?: number
  unit?: string
  /** Until it is answered, the answer is that of this other field. */
  follows?: string
  /** Dates: not after the call's closing day unless said otherwise. */
  future?: boolean
  /** Month that may also be 至今 (stored as `now`). */
  open?: boolean
  /** declaration: the full text that is agreed to. */
  text?: string
}
export interface ChoiceField extends FieldBase {
  kind: 'choice'
  options: readonly Option[]
}
export interface ChoicesField extends FieldBase {
  kind: 'choices'
  options: readonly Option[]
}
export interface RowsField extends FieldBase {
  kind: 'rows'
  columns: Fields
  /** How the columns of one row are laid out; every column by its label when absent. */
  items?: readonly Item[]
  min?: number
  max: number
  /** The rows that the printed annex has room for. */
  printed: number
}
export interface PhotosField extends FieldBase {
  kind: 'photos'
  /** photo: pictures only; scan: pictures or PDF files; portrait: one picture, cropped to 2 inches. */
  accept: 'photo' | 'scan' | 'portrait'
  shots?: readonly Shot[]
  max: number
}
/** Computed from other answers, shown, printed, never asked. */
export interface DerivedField extends FieldBase {
  kind: 'derived'
  from: (answers: Readonly<Record<string, unknown>>) => string
  /** Said while the answers it comes from are missing. */
  waiting: string
}

export type Field = SimpleField | ChoiceField | ChoicesField | RowsField | PhotosField | DerivedField
export type Fields = { readonly [name: string]: Field }

export type AnswerOf<F> = F extends { kind: 'rows'; columns: infer C extends Fields }
  ? Row<C>[]
  : F extends { kind: 'photos' }
    ? Material[]
    : F extends { kind: 'choice'; options: readonly { value: infer V extends string }[] }
      ? V
      : F extends { kind: 'choices'; options: readonly { value: infer V extends string }[] }
        ? V[]
        : F extends { kind: 'derived' }
          ? never
          : F extends { kind: infer K extends SimpleKind }
            ? ValueOfKind[K]
            : never

/** Every answer may be missing: a draft is saved long before it is complete. */
export type Answers<F extends Fields> = { [K in keyof F as AnswerOf<F[K]> extends never ? never : K]?: AnswerOf<F[K]> }

/** A field by its name, or a compound cell of the annex: a group with its label, whose parts have their own. */
export type Item = string | { group: string; parts: readonly string[] }

export interface Step {
  id: string
  title: string
  /** One sentence in plain words, under the title. */
  about: string
  items: readonly Item[]
}

export type Award = 'studio' | 'technician'

export interface Form<F extends Fields = Fields> {
  award: Award
  /** Raised when fields change; drafts carry it and migrate in order. */
  version: number
  title: string
  fields: F
  steps: readonly Step[]
}

/** The field names of one step in order, compound cells opened. */
export function fieldNames(step: { items: readonly Item[] }): string[] {
  return step.items.flatMap((item) => (typeof item === 'string' ? [item] : [...item.parts]))
}

/** Whether `field` is asked, given the other answers of the same form or row. */
export function isAsked(field: Field, answers: Readonly<Record<string, unknown>>): boolean {
  if (!field.when) return true
  const value = answers[field.when.field]
  const wanted = field.when.in
  return Array.isArray(value) ? value.some((one) => wanted.includes(one)) : wanted.includes(value as string | boolean)
}

/** The answer as it counts: the given one, else the one it follows, else what is computed. */
export function effectiveAnswer(fields: Fields, name: string, answers: Readonly<Record<string, unknown>>): unknown {
  const field = fields[name]
  if (!field) return undefined
  if (field.kind === 'derived') return field.from(answers)
  const own = answers[name]
  if (!isEmpty(own) || !('follows' in field) || !field.follows) return own
  return effectiveAnswer(fields, field.follows, answers)
}

/** Nothing was answered: undefined, null, blank text, an empty list, an address without words. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && 'region' in value && 'detail' in value)
    return isEmpty(value.region) && isEmpty(value.detail)
  return false
}
