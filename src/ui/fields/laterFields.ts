/** Fields that no application begins with: they travel together, apart from what the first key waits for. */
export { default as AddressField } from './AddressField.vue'
export { default as ChoicesField } from './ChoicesField.vue'
export { default as DateField } from './DateField.vue'
export { default as DeclarationField } from './DeclarationField.vue'
export { default as LongTextField } from './LongTextField.vue'
export { default as NumberField } from './NumberField.vue'
export { default as YesNoField } from './YesNoField.vue'
