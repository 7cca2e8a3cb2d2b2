/** What a server answers is looked at before any of it is stored: a broken one must not reach the tables. */
import type { Operation, PullReply, PushReply } from '../domain/sync'
import { Unreachable } from './failure'

const KINDS = new Set(['applied', 'conflict', 'rejected'])

/** Throws `Unreachable` unless there is one verdict per operation, in their order. */
export function checkedPush(reply: PushReply, operations: readonly Operation[]): PushReply {
  const verdicts = listOf(reply, 'verdicts')
  const fits = verdicts.length === operations.length && verdicts.every((one, i) => isVerdict(one) && one.seq === operations[i]?.seq)
  if (!fits) throw new Unreachable('verdicts that belong to something else')
  return reply
}

/** Throws `Unreachable` unless every draft, register and conflict has what storing it needs. */
export function checkedPull(reply: PullReply): PullReply {
  if (!listOf(reply, 'drafts').every(isDraft)) throw new Unreachable('drafts of no known shape')
  return reply
}

function listOf(reply: unknown, name: string): unknown[] {
  const list = isObject(reply) ? reply[name] : null
  if (!Array.isArray(list)) throw new Unreachable('a reply of no known shape')
  return list as unknown[]
}

const isObject = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one)
const isText = (one: unknown) => typeof one === 'string' && one !== ''
const isCount = (one: unknown) => Number.isInteger(one) && (one as number) >= 0

function isVerdict(one: unknown): one is { seq: number } {
  if (!isObject(one) || !KINDS.has(one.verdict as string)) return false
  if ('current' in one && one.current !== undefined && !isRegister(one.current)) return false
  if (one.verdict === 'applied') return isCount(one.version)
  return one.verdict === 'rejected' ? isText(one.reason) : isConflict(one.conflict)
}

const isDraft = (one: unknown) =>
  isObject(one) &&
  isText(one.id) &&
  isCount(one.revision) &&
  (one.mark === undefined || isText(one.mark)) &&
  Array.isArray(one.registers) &&
  one.registers.every((register) => isRegister(register) && (register as { version: number }).version <= (one.revision as number)) &&
  Array.isArray(one.conflicts) &&
  one.conflicts.every(isConflict)

const isRegister = (one: unknown) => isObject(one) && isText(one.path) && isCount(one.version) && isText(one.at) && 'value' in one
const isConflict = (one: unknown) => isObject(one) && isText(one.id) && isText(one.path) && isText(one.at) && 'mine' in one
