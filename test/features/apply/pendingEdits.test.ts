import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, type EffectScope } from 'vue'
import { flushAll } from '../../../src/data/flush'
import { leave } from '../../../src/data/leaving'
import { phone, useDatabase } from '../../../src/data/phone'
import { useSession } from '../../../src/data/session'
import { pendingEdits } from '../../../src/features/apply/pendingEdits'
import { useDraftEditing } from '../../../src/features/apply/useDraftEditing'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, chen, newPhone, signIn, view } from '../../data/phones'

let draft: string
let page: EffectScope
beforeEach(async () => {
  newPhone(new FakeServer())
  draft = await beginDraft()
  page = effectScope()
})
afterEach(() => {
  page.stop()
  vi.restoreAllMocks()
})
const open = () => page.run(() => useDraftEditing(() => draft))!

/** The disk takes nothing until `free` is called. */
function fullDisk() {
  const { outbox } = phone().db
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  outbox.hook('creating', full)
  return { free: () => outbox.hook('creating').unsubscribe(full) }
}

describe('fault 21: words that find no room', () => {
  it('stay on the screen in red, are tried again by themselves, and are saved when there is room', async () => {
    const { answers, edit, trouble, unsaved } = open()
    const { free } = fullDisk()
    edit('employer', '无锡精密')
    await expect.poll(() => trouble.value).toContain('存储空间不够')
    expect(unsaved.value).toBe(true)
    expect(answers.value.employer).toBe('无锡精密')
    free()
    await expect.poll(async () => (await view(draft)).answers.employer, { timeout: 12_000 }).toBe('无锡精密')
    await expect.poll(() => [trouble.value, unsaved.value]).toEqual(['', false])
  })

  it('outlive their page: the next page of the draft shows them, still red', async () => {
    const { edit, trouble } = open()
    const { free } = fullDisk()
    edit('employer', '无锡精密')
    await expect.poll(() => trouble.value).not.toBe('')
    page.stop()
    page = effectScope()
    const again = open()
    expect(again.answers.value.employer).toBe('无锡精密')
    expect(again.trouble.value).toContain('存储空间不够')
    expect(pendingEdits(draft).unsaved.value).toBe(true)
    await expect(flushAll()).rejects.toThrow('full')
    free()
    await flushAll()
    expect((await view(draft)).answers.employer).toBe('无锡精密')
  })

  it('keep their user from closing the page unasked', async () => {
    const { edit, trouble } = open()
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true })
      dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(leaving()).toBe(false)
    const { free } = fullDisk()
    edit('employer', '无锡精密')
    await expect.poll(() => trouble.value).not.toBe('')
    expect(leaving()).toBe(true)
    free()
    await flushAll()
    expect(leaving()).toBe(false)
  })
})

it('fault 24: words typed while the connection is lost are red, and saved once it is back', async () => {
  const { edit, trouble, answers } = open()
  const { db } = phone()
  const spy = vi.spyOn(db, 'transaction').mockImplementation((() => Promise.reject(new DOMException('lost', 'UnknownError'))) as never)
  edit('employer', '无锡精密')
  await expect.poll(() => trouble.value).toContain('暂时连不上')
  expect(answers.value.employer).toBe('无锡精密')
  spy.mockRestore()
  document.dispatchEvent(new Event('visibilitychange'))
  await expect.poll(async () => (await view(draft)).answers.employer, { timeout: 12_000 }).toBe('无锡精密')
  expect(trouble.value).toBe('')
})

it('what is typed in one draft is never written into another', async () => {
  const other = await beginDraft()
  let shown = draft
  const { edit, flush } = page.run(() => useDraftEditing(() => shown))!
  edit('employer', '第一份的')
  shown = other
  await flushAll()
  await flush()
  expect((await view(draft)).answers.employer).toBe('第一份的')
  expect((await view(other)).answers.employer).toBeUndefined()
})

it('words of an account that is no longer in use wait for it', async () => {
  const { edit, trouble } = open()
  const { name } = phone().db
  newPhone(new FakeServer())
  edit('employer', '无锡精密')
  await expect.poll(() => trouble.value).toContain('不在当前账号')
  useDatabase(name)
  await flushAll()
  expect((await view(draft)).answers.employer).toBe('无锡精密')
})

it('words of an account that is no longer in use keep nobody from signing in there again', async () => {
  const server = new FakeServer()
  setActivePinia(createPinia())
  const mine = newPhone(server)
  draft = await beginDraft()
  await signIn(mine, chen)
  await leave()
  const { edit, trouble } = open()
  edit('employer', '无锡精密')
  await expect.poll(() => trouble.value).toContain('不在当前账号')
  mine.wire.session = chen
  await useSession().enter(chen, false)
  await flushAll()
  expect((await view(draft)).answers.employer).toBe('无锡精密')
})
