/** A draft with a past: time passes by hand, and a mentor may have been here. */
import { afterEach, beforeEach, vi } from 'vitest'
import { readHistory } from '../../src/data/history'
import type { Json } from '../../src/domain/sync'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, phoneOf, type Phone } from './phones'

export interface TimeMachine {
  server: FakeServer
  /** 陈志远's phone, in the hand at first. */
  one: Phone
  draft: string
}

/** A draft that was just begun, before each test of the file; the clock stands still but for `wait`. */
export function timeMachine(): TimeMachine {
  const here = {} as TimeMachine
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2021-04-20T01:00:00Z') })
    const server = new FakeServer()
    Object.assign(here, { server, one: await phoneOf(server), draft: await beginDraft() })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  return here
}

/** Time passes on the phone and on the server. */
export function wait({ server }: TimeMachine, seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000)
  server.now += seconds * 1000
}

/** One key stroke after the other. */
export async function type(here: TimeMachine, path: string, ...values: Json[]): Promise<void> {
  for (const value of values) {
    wait(here, 2)
    await edit(here.draft, path, value)
  }
}

/** What stood and stands at a path, as this phone remembers it. */
export const past = async ({ draft }: TimeMachine, path: string) =>
  (await readHistory(draft)).standings.filter((standing) => standing.path === path).map(({ value }) => value)

export const checkpoints = async ({ draft }: TimeMachine) => (await readHistory(draft)).checkpoints.map(({ why }) => why)

/** What somebody else wrote, as the server has it. */
export function fromMentor({ server, draft }: TimeMachine, path: string, value: Json): void {
  const served = server.drafts.get(draft)
  if (!served) throw new Error('not on the server')
  const register = { path, value, version: ++served.revision, by: '周敏', at: server.at() }
  served.registers.set(path, { ...register, device: 'mentor', base: 0 })
  served.history.push(register)
}
