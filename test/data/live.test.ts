import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import type { Codec } from '../../src/data/codec'
import { readConflicts } from '../../src/data/conflicts'
import { useLive } from '../../src/data/live'
import { phone } from '../../src/data/phone'
import { readDraft, readDrafts } from '../../src/data/read'
import { addRow, removeRow } from '../../src/data/rows'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, phoneOf, reopen, sync, take, view } from './phones'

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
})
afterEach(() => scope.stop())
const live = <T>(query: () => Promise<T>, sources?: () => unknown) => scope.run(() => useLive<T | null>(query, null, sources))!

/** Seals with WebCrypto, as a PIN will: whoever awaits it inside a transaction or before a query loses both. */
async function pinCodec(): Promise<Codec> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const iv = new Uint8Array(12)
  // Plain numbers: jsdom and fake-indexeddb don't agree on what an ArrayBuffer is.
  return {
    seal: async (value) => {
      const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)))
      return { sealed: [...new Uint8Array(bytes)] } as never
    },
    open: async (payload) => {
      const { sealed } = payload as unknown as { sealed?: number[] }
      if (!sealed) return payload
      const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(sealed))
      return JSON.parse(new TextDecoder().decode(bytes)) as never
    },
  }
}

describe('a screen', () => {
  it('follows the tables', async () => {
    newPhone(new FakeServer())
    const draft = await beginDraft()
    const { value } = live(() => readDraft(draft))
    await edit(draft, 'employer', '无锡精密')
    await expect.poll(() => value.value?.answers.employer).toBe('无锡精密')
  })

  it('follows whoever comes into use, and shows nothing of the one before', async () => {
    const server = new FakeServer()
    const one = newPhone(server)
    await beginDraft()
    const { value } = live(() => readDrafts())
    await expect.poll(() => value.value?.length).toBe(1)
    newPhone(server)
    expect(value.value).toBeNull()
    await expect.poll(() => value.value?.length).toBe(0)
    take(one)
    await expect.poll(() => value.value?.length).toBe(1)
  })

  it('shows nothing of the earlier draft while the next one loads', async () => {
    newPhone(new FakeServer())
    const [one, two] = [await beginDraft(), await beginDraft()]
    const which = ref(one)
    const { value, loaded } = live(
      () => readDraft(which.value),
      () => which.value,
    )
    await expect.poll(() => value.value?.id).toBe(one)
    which.value = two
    await expect.poll(() => value.value?.id !== one).toBe(true)
    await expect.poll(() => [value.value?.id, loaded.value]).toEqual([two, true])
  })

  it('goes on after the browser ended the connection', async () => {
    newPhone(new FakeServer())
    const draft = await beginDraft()
    const { value } = live(() => readDraft(draft))
    await expect.poll(() => value.value?.id).toBe(draft)
    phone().db.close({ disableAutoOpen: false })
    await edit(draft, 'employer', '重新连上以后')
    await expect.poll(() => value.value?.answers.employer).toBe('重新连上以后')
  })
})

describe('with a codec that takes its time', () => {
  it('drafts are written, sent, fetched and shown as before', async () => {
    const server = new FakeServer()
    const one = await phoneOf(server)
    const codec = await pinCodec()
    phone().codec = codec
    const draft = await beginDraft()
    const drafts = live(() => readDrafts())
    const conflicts = live(() => readConflicts(draft, 'technician'))
    await edit(draft, 'employer', '无锡精密')
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await (await removeRow(draft, 'experience', row))()
    await expect.poll(() => drafts.value.value?.[0]?.answers.employer).toBe('无锡精密')
    await sync()
    await expect.poll(() => drafts.value.value?.[0]?.delivery.waiting).toBe(0)
    expect((await phone().db.registers.toArray()).every(({ payload }) => 'sealed' in payload)).toBe(true)

    await phoneOf(server)
    phone().codec = codec
    await sync()
    expect((await view(draft)).answers).toMatchObject({ employer: '无锡精密', experience: [{ where: '第一家' }] })
    await edit(draft, 'employer', '乙厂')
    await sync()
    take(one)
    phone().codec = codec
    await edit(draft, 'employer', '甲厂')
    await sync()
    await expect.poll(() => conflicts.value.value?.length).toBe(1)
  })
})

it('a page that was killed and opened again shows everything that was called saved', async () => {
  newPhone(new FakeServer())
  const draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
  reopen()
  expect((await view(draft)).answers.employer).toBe('无锡精密')
})
