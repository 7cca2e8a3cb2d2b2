import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keepDraining } from '../../src/data/drain'
import { keepWaking } from '../../src/data/backgroundSync'
import { readDraft } from '../../src/data/read'
import { syncStatus } from '../../src/data/syncStatus'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, outbox, phoneOf, sync } from './phones'

let server: FakeServer
let draft: string

newPhone(new FakeServer())
keepDraining()
keepWaking()

beforeEach(async () => {
  server = new FakeServer()
  await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'name', '周建国')
  await sync()
})

/** Another device of the same person has changed the name. */
function changedElsewhere(): void {
  const one = server.drafts.get(draft)
  if (!one) throw new Error('the server does not have the draft')
  one.registers.set('name', { path: 'name', value: '周建国强', version: ++one.revision, by: '', at: server.at(), device: 'other', base: 2 })
}
const shown = async () => (await readDraft(draft))?.answers.name

describe('fault 6: a page that was put aside', () => {
  it.each<[string, () => void]>([
    ['comes back whole from the cache of pages', () => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))],
    ['goes on after it was frozen', () => document.dispatchEvent(new Event('resume'))],
    ['comes to the front again', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['hears that the network is back', () => window.dispatchEvent(new Event('online'))],
  ])('%s: it learns what another device changed, without a key being pressed', async (_, comeBack) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
    changedElsewhere()
    comeBack()
    await expect.poll(shown).toBe('周建国强')
    await expect.poll(() => syncStatus.running).toBe(false)
  })

  it('with an edit that had not been sent: both values are kept, and a person chooses', async () => {
    await edit(draft, 'name', '周国')
    changedElsewhere()
    document.dispatchEvent(new Event('resume'))
    await expect.poll(async () => (await readDraft(draft))?.delivery.conflicts).toBe(1)
    expect(await outbox()).toEqual([])
  })
})
