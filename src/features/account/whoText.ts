import type { Account } from '../../domain/api'

/** `陈志远（138****0001）`; who has given no name is shown as the number, and that once. */
export const whoText = ({ name, phone }: Account): string => (name === phone ? phone : `${name}（${phone}）`)
