/** Annex 3: how many a body may recommend. Recommendations are counted, not applications. */
import type { Call } from '../calls/call'
import type { Award } from '../forms/kinds'

/** 0 for a blank cell and for a name that the annex doesn't know. */
export function quotaOf(call: Call, recommender: string, award: Award): number {
  return call.quotas.find(({ name }) => name === recommender)?.[award] ?? 0
}

/** The limit that holds inside this body's quota for one trade, or null. */
export function subLimitOf(call: Call, recommender: string, award: Award): { trade: string; limit: number } | null {
  const found = call.subLimits.find(({ name }) => name === recommender)
  return found ? { trade: found.trade, limit: found[award] } : null
}
