/** For how long an application is kept: the call says so, as years after its closing day. */
import type { Call } from '../calls/call'
import type { PlainDate } from '../forms/kinds'
import { addYears } from './dates'

/** What became of an application. */
export type Outcome = keyof Call['retention']

/** The last day on which it is kept. */
export function retentionEnd(call: Pick<Call, 'closingDay' | 'retention'>, outcome: Outcome): PlainDate {
  return addYears(call.closingDay, call.retention[outcome])
}
