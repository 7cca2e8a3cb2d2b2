/** The rules on a whole draft, as the check page, the submission and the reviewers need them. */
import type { AnyAnswers } from '../answers'
import type { Call } from '../calls/call'
import type { Form } from '../forms/kinds'
import { factsOfStudio, factsOfTechnician } from './facts'
import { studioVerdicts } from './studioRules'
import { technicianVerdicts } from './technicianRules'
import type { Verdict } from './verdict'

/** What only the server can know about an application. */
export interface Known {
  /** Whether the unit already holds the title in this trade. */
  tradeTaken?: boolean
}

/** A verdict for every condition; those that 一事一议 asks to waive say so, and keep their result. */
export function submissionVerdicts(form: Form, answers: AnyAnswers, call: Call, known: Known = {}): Verdict[] {
  const verdicts =
    form.award === 'studio'
      ? studioVerdicts({ ...factsOfStudio(answers), ...known }, call)
      : technicianVerdicts({ ...factsOfTechnician(answers), ...known }, call)
  return verdicts.map((verdict) =>
    isWaived(form, answers, verdict) ? { ...verdict, reason: `${verdict.reason}（已申请一事一议）` } : verdict,
  )
}

/** 不符合 keeps from submitting unless 一事一议 asks to waive that very condition (notice, 三); 待确认 never does. */
export function blockingVerdicts(form: Form, answers: AnyAnswers, call: Call, known: Known = {}): Verdict[] {
  return submissionVerdicts(form, answers, call, known).filter(
    (verdict) => verdict.result === 'failed' && !isWaived(form, answers, verdict),
  )
}

/** Only conditions that the form offers can be waived, whatever a client sends. */
function isWaived(form: Form, { exception, waived }: AnyAnswers, { condition, result }: Verdict): boolean {
  const field = form.fields.waived
  return (
    result !== 'met' &&
    exception === true &&
    Array.isArray(waived) &&
    waived.includes(condition) &&
    field?.kind === 'choices' &&
    field.options.some(({ value }) => value === condition)
  )
}
