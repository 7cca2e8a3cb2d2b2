import type { Call } from '../../domain/calls/call'
import type { Field } from '../../domain/forms/kinds'

/** What every field component is given. */
export interface FieldProps {
  field: Field
  /** The path of the answer (`employer`, `members/<row>/age`); ids are made of it. */
  name: string
  modelValue?: unknown
  error?: string
  warning?: string
  disabled?: boolean
  call?: Call
  /** The id of words elsewhere that name this field; no label is drawn then. */
  labelledBy?: string
  /** The answer that holds until this field gets its own (`follows`); shown in its place. */
  following?: string
}

/** `update:modelValue` carries what was typed at once, and once more normalised when the field is left. */
export interface FieldEmits {
  'update:modelValue': [value: unknown]
  blur: []
}
