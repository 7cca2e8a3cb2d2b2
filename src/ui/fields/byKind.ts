import { defineAsyncComponent, type Component } from 'vue'
import type { Field } from '../../domain/forms/kinds'
import ChoiceField from './ChoiceField.vue'
import DerivedField from './DerivedField.vue'
import GroupedField from './GroupedField.vue'
import TextField from './TextField.vue'

const later = (name: keyof typeof import('./laterFields')) =>
  defineAsyncComponent(async () => (await import('./laterFields'))[name] as Component)

/** The component of each kind of field. Tables and photos are pages' own: RowsField and PhotoGrid. */
export const byKind: Record<Exclude<Field['kind'], 'rows' | 'photos'>, Component> = {
  text: TextField,
  landline: TextField,
  email: TextField,
  qq: TextField,
  postcode: TextField,
  longText: later('LongTextField'),
  number: later('NumberField'),
  date: later('DateField'),
  month: later('DateField'),
  idNumber: GroupedField,
  uscc: GroupedField,
  phone: GroupedField,
  bankCard: GroupedField,
  bankAccount: GroupedField,
  address: later('AddressField'),
  choice: ChoiceField,
  choices: later('ChoicesField'),
  yesNo: later('YesNoField'),
  declaration: later('DeclarationField'),
  derived: DerivedField,
}
