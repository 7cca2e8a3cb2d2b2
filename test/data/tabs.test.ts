import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, outbox, phoneOf, sync, view, type Phone } from './phones'

/** Web Locks as two tabs see them: one queue per name for both. */
function lockManager() {
  const queues = new Map<string, Promise<unknown>>()
  let held = 0
  const seen = { most: 0 }
  return {
    seen,
    request<T>(name: string, work: () => Promise<T>): Promise<T> {
      const turn = (queues.get(name) ?? Promise.resolve()).then(async () => {
        if (name.startsWith('jiangshen-drain')) seen.most = Math.max(seen.most, ++held)
        try {
          return await work()
        } finally {
          if (name.startsWith('jiangshen-drain')) held--
        }
      })
      queues.set(name, turn.catch(() => undefined))
      return turn
    },
  }
}

let server: FakeServer
let mine: Phone
let locks: ReturnType<typeof lockManager>
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  locks = lockManager()
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, 'locks')
})

/** Another tab: its own modules and its own connection to the same database. */
async function otherTab() {
  vi.resetModules()
  const [{ drain }, { phone }, { write }, { useWire }] = await Promise.all([
    import('../../src/data/drain'),
    import('../../src/data/phone'),
    import('../../src/data/write'),
    import('../../src/data/wire'),
  ])
  useWire(mine.wire)
  return { drain, phone, write }
}

describe('two tabs', () => {
  it('use the same database', async () => {
    const { phone } = await otherTab()
    expect(phone().db.name).toBe(mine.name)
  })

  it('send one at a time, each operation once', async () => {
    const draft = await beginDraft()
    const other = await otherTab()
    await other.write(draft, [{ path: 'employer', value: '另一页写的' }])
    await edit(draft, 'name', '陈志远')
    await Promise.all([sync(), other.drain(), sync(), other.drain()])
    const seqs = server.requests.flatMap(({ operations }) => operations ?? []).map(({ seq }) => seq)
    expect(seqs).toEqual([1, 2, 3])
    expect(locks.seen.most).toBe(1)
    expect(await outbox()).toEqual([])
  })

  it('both show what either of them wrote', async () => {
    const draft = await beginDraft()
    const other = await otherTab()
    await other.write(draft, [{ path: 'employer', value: '另一页写的' }])
    expect((await view(draft)).answers.employer).toBe('另一页写的')
  })

  it('waking up often while a round is under way asks for one more round, not for many', async () => {
    await beginDraft()
    server.meanwhile.push = async () => {
      const { drain } = await import('../../src/data/drain')
      for (let i = 0; i < 20; i++) void drain()
    }
    await sync()
    await sync()
    expect(server.requests.filter(({ call }) => call === 'pull').length).toBeLessThan(6)
  })
})
