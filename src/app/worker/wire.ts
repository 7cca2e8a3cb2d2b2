/** The part of the wire that sending answers needs, without axios: a worker has fetch, and should stay small. */
import { Refused, Unreachable } from '../../data/failure'
import { noteVersion } from '../../data/readOnly'
import type { Wire } from '../../data/wire'
import type { Account, ApiError } from '../../domain/api'

export type AnswerWire = Pick<Wire, 'whoAmI' | 'push' | 'pull'>

const PATIENCE = 20_000

/** Throws `Unreachable` (also for a portal's page: here is nobody to tell) or `Refused`. */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await send(path, body)
  const isOurs = response.headers.get('content-type')?.startsWith('application/json')
  const data = isOurs ? await response.json().catch(unreachable) : unreachable(response.status)
  if (response.ok) return data as T
  const error = data as Partial<ApiError>
  if (typeof error.code !== 'string') throw new Unreachable(response.status)
  throw new Refused(response.status, error as ApiError)
}

function send(path: string, body?: unknown): Promise<Response> {
  return fetch(`/api${path}`, {
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(unreachable)
}

function unreachable(cause: unknown): never {
  throw new Unreachable(cause)
}

export const workerWire: AnswerWire = {
  whoAmI: async () => {
    try {
      return (await ask<{ account: Account }>('/sessions/current')).account
    } catch (reason) {
      if (reason instanceof Refused && reason.status === 401) return null
      throw reason
    }
  },
  push: async (request) => noteVersion(await ask('/sync/push', request)),
  pull: (request) => ask('/sync/pull', request),
}
