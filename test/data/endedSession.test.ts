import { beforeEach, describe, expect, it } from 'vitest'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { syncStatus } from '../../src/data/syncStatus'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, newPhone, outbox, reopen, signIn, sync, take, view, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = newPhone(server)
  await signIn(mine, chen)
  draft = await beginDraft()
  await edit(draft, 'name', '陈志远')
  await sync()
})

/** Numbers are given with the first try to send. */
const unnumbered = async () => (await outbox()).map(({ seq: _, ...rest }) => rest)

describe('security 14: a session that was ended elsewhere, or an account that was disabled', () => {
  it('touches no draft on this phone: everything waits, can be edited, and goes on after signing in', async () => {
    mine.wire.session = null
    await edit(draft, 'employer', '无锡机床厂')
    const file = await addPhoto(draft, 'educationCert', 'a photo')
    const [waiting, before] = [await unnumbered(), await view(draft)]
    expect(await drain()).toBe(false)
    expect(syncStatus.signInNeeded).toBe(true)
    expect(await unnumbered()).toEqual(waiting)
    expect((await view(draft)).answers).toEqual(before.answers)
    // Also after the page was killed, and typing goes on.
    reopen()
    await edit(draft, 'postcode', '214000')
    expect(await drain()).toBe(false)
    expect((await view(draft)).answers).toMatchObject({ name: '陈志远', employer: '无锡机床厂', postcode: '214000' })
    expect(await phone().db.files.get(file.sha256)).toBeDefined()
    mine.wire.session = chen
    take({ ...mine, name: phone().db.name })
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡机床厂')
    expect(server.value(draft, 'postcode')).toBe('214000')
    expect(await outbox()).toEqual([])
    expect(server.uploads).toContain(file.sha256)
  })
})
