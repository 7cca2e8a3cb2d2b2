/** 申报条件 that are claimed: each needs a statement and evidence (notice, 一(三) and 二(一)). */
import type { AnyAnswers } from '../answers'
import { isEmpty, type Fields, type Option } from './kinds'

/** The options that are claimed, in the form's order. */
export function claimsOf(fields: Fields, answers: AnyAnswers): Option[] {
  const { claims } = fields
  const chosen = answers.claims
  return claims?.kind === 'choices' && Array.isArray(chosen) ? claims.options.filter(({ value }) => chosen.includes(value)) : []
}

/** Claims whose statement isn't written. */
export function unstatedClaims(fields: Fields, answers: AnyAnswers): Option[] {
  return claimsOf(fields, answers).filter(({ value }) => {
    const statement = Object.entries(fields).find(([, { when }]) => when?.field === 'claims' && when.in.includes(value))
    return statement !== undefined && isEmpty(answers[statement[0]])
  })
}

/** Claims that no picture or paper of any slot is marked to prove. */
export function unprovenClaims(fields: Fields, answers: AnyAnswers): Option[] {
  const proved = new Set(
    Object.entries(fields)
      .filter(([, { kind }]) => kind === 'photos')
      .flatMap(([slot]) => (Array.isArray(answers[slot]) ? (answers[slot] as { proves?: unknown; file?: unknown }[]) : []))
      .filter((material) => material?.file !== undefined)
      .map(({ proves }) => proves),
  )
  return claimsOf(fields, answers).filter(({ value }) => !proved.has(value))
}
