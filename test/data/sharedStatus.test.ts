import { beforeEach, describe, expect, it, vi } from 'vitest'
import { drain } from '../../src/data/drain'
import { newDatabaseName } from '../../src/data/phone'
import { shareStatus } from '../../src/data/sharedStatus'
import { status, syncStatus } from '../../src/data/syncStatus'
import { FakeServer, refused } from '../support/fakeWire'
import { beginDraft, edit, phoneOf, sync, type Phone } from './phones'

let server: FakeServer
let mine: Phone
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  Object.assign(status, { running: false, elsewhere: false, trouble: '', signInNeeded: false, nextTry: 0, succeededAt: 0 })
})

/** Another tab: its own modules, the same database, the same channel between tabs. */
async function otherTab() {
  vi.resetModules()
  const [shared, other, { phone, useDatabase: takeDatabase }] = await Promise.all([
    import('../../src/data/sharedStatus'),
    import('../../src/data/syncStatus'),
    import('../../src/data/phone'),
  ])
  expect(phone().db.name).toBe(mine.name)
  shared.shareStatus()
  return { syncStatus: other.syncStatus, status: other.status, takeDatabase }
}
const soon = (what: () => void) => vi.waitFor(what, { timeout: 12_000 })

describe('fault 5: two tabs, one of which sends', () => {
  it('both show the same trouble, the same next try and the same last success', async () => {
    shareStatus()
    const other = await otherTab()
    const draft = await beginDraft()
    await sync()
    const { succeededAt } = syncStatus
    expect(succeededAt).toBeGreaterThan(0)
    await soon(() => expect(other.syncStatus.succeededAt).toBe(succeededAt))

    await edit(draft, 'employer', '无锡精密')
    server.lose('push', 'request')
    expect(await drain()).toBe(false)
    const { trouble, nextTry } = syncStatus
    expect(nextTry).toBeGreaterThan(0)
    await soon(() => expect(other.syncStatus).toMatchObject({ trouble, nextTry, running: false, elsewhere: false }))

    await sync()
    await soon(() => expect(other.syncStatus).toMatchObject({ trouble: '', nextTry: 0 }))
  })

  it('the other one shows that sending is under way, and when it is over', async () => {
    shareStatus()
    const other = await otherTab()
    await beginDraft()
    let during = false
    server.meanwhile.push = () => soon(() => expect((during = other.syncStatus.elsewhere)).toBe(true))
    await sync()
    expect(during).toBe(true)
    expect(other.syncStatus.running).toBe(false)
    await soon(() => expect(other.syncStatus.elsewhere).toBe(false))
  })

  it('a tab that is opened later asks what is known', async () => {
    shareStatus()
    await beginDraft()
    server.refusePush = () => refused(503, 'busy', '服务器正忙，请稍后', 40)
    expect(await drain()).toBe(false)
    const { nextTry } = syncStatus
    const other = await otherTab()
    await soon(() => expect(other.syncStatus).toMatchObject({ trouble: '服务器正忙，请稍后', nextTry }))
  })

  it('fault 47: a tab with another account’s drafts shows its own', async () => {
    shareStatus()
    const other = await otherTab()
    other.takeDatabase(newDatabaseName())
    localStorage.setItem('jiangshen-current', mine.name)
    const third = await otherTab()
    await beginDraft()
    await sync()
    const { succeededAt } = syncStatus
    await soon(() => expect(third.syncStatus.succeededAt).toBe(succeededAt))
    expect(other.syncStatus.succeededAt).toBe(0)
  })

  it('without channels between tabs each shows its own, and nothing fails', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const other = await otherTab()
    other.status.trouble = '没有连上服务器'
    expect(syncStatus.trouble).toBe('')
    vi.unstubAllGlobals()
  })
})

it('the last success is still known after the page was opened again', async () => {
  shareStatus()
  await beginDraft()
  await sync()
  const { succeededAt } = syncStatus
  vi.stubGlobal('BroadcastChannel', undefined)
  const again = await otherTab()
  vi.unstubAllGlobals()
  expect(again.syncStatus.succeededAt).toBe(succeededAt)
})
