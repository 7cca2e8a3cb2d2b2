import { beforeEach, describe, expect, it, vi } from 'vitest'
import { becomeGuest } from '../../src/data/adopt'
import { lookForLoss } from '../../src/data/canary'
import { isShut, Locked } from '../../src/data/door'
import { phone } from '../../src/data/phone'
import { setPin, unlock } from '../../src/data/pin/pin'
import { readDrafts } from '../../src/data/read'
import { databaseOf } from '../../src/data/registry'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, signIn, sync, view, zhou } from './phones'
import { dump, lockedPhone, PIN, readable, SECRETS } from './pins'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})

describe('several accounts on one phone', () => {
  it('a locked one is not touched by another’s use, nor found empty', async () => {
    const { mine } = await lockedPhone(server)
    const { name } = phone().db
    const before = JSON.stringify(await dump(name))
    await signIn(mine, zhou, false)
    const draft = await beginDraft()
    await edit(draft, 'employer', '别家')
    await sync()
    expect(await databaseOf(chen.id)).toBe(name)
    expect(await lookForLoss()).toBeNull()
    expect(JSON.stringify(await dump(name))).toBe(before)
  })

  it('each has its own PIN, or none', async () => {
    const { mine, draft } = await lockedPhone(server)
    const chens = phone().db.name
    await signIn(mine, zhou, false)
    await beginDraft()
    expect(isShut(phone().db.name)).toBe(false)
    await setPin('314159', 15)
    await signIn(mine, chen)
    expect(phone().db.name).toBe(chens)
    await expect(readDrafts()).rejects.toThrow(Locked)
    expect(await unlock('314159')).not.toBeNull()
    expect(await unlock(PIN)).toBeNull()
    expect((await view(draft)).title).toBe('我的申报')
    await signIn(mine, zhou)
    expect(isShut(phone().db.name)).toBe(true)
    expect(await unlock('314159')).toBeNull()
    expect((await readDrafts()).length).toBe(1)
  })

  it('an account that begins here while a locked one is in use has its own name in clear, and no key of the other', async () => {
    const { mine } = await lockedPhone(server)
    await unlock(PIN)
    await signIn(mine, zhou, false)
    expect((await phone().db.owner.get('owner'))?.payload).toEqual({ name: zhou.name, phone: zhou.phone })
  })

  it('a guest’s drafts that belong into a locked one come in when it is unlocked, sealed, with their files', async () => {
    const { mine, draft } = await lockedPhone(server)
    await becomeGuest()
    const guests = await beginDraft()
    await edit(guests, 'employer', '客人写的单位')
    await addPhoto(guests, 'licence', '客人的照片')
    const guest = phone().db.name
    await signIn(mine, chen, true)
    await expect(readDrafts()).rejects.toThrow(Locked)
    expect(await unlock(PIN)).toBeNull()
    await vi.waitFor(async () => expect((await readDrafts()).map(({ id }) => id).sort()).toEqual([draft, guests].sort()))
    expect((await view(guests)).answers).toMatchObject({ employer: '客人写的单位' })
    await vi.waitFor(async () => expect((await phone().db.pin.get('pin'))?.adopt).toBeUndefined())
    expect(await readable([...SECRETS, '客人写的单位', '客人的照片'])).toEqual([])
    expect(await readable(['客人写的单位', '客人的照片'], guest)).toEqual([])
    await sync()
    expect(server.value(guests, 'employer')).toBe('客人写的单位')
  })
})
