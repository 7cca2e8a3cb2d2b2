import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import LockPage from '../../../src/features/account/pin/LockPage.vue'
import PinPage from '../../../src/features/account/pin/PinPage.vue'
import { isShut } from '../../../src/data/door'
import { ownerOf, phone } from '../../../src/data/phone'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, newPhone, view } from '../../data/phones'
import { filledPhone, lockedPhone, PIN } from '../../data/pins'
import { mounting, press, screenText, shown } from '../mounted'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})
function type(label: string, text: string): void {
  const id = [...document.querySelectorAll('label')].find((one) => one.textContent === label)?.htmlFor ?? ''
  const input = document.getElementById(id) as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input'))
}
const submit = async () => {
  await flushPromises()
  document.querySelector('form')?.dispatchEvent(new Event('submit'))
}

describe('应用锁', () => {
  it('tells a guest why not, and leads to signing in', async () => {
    newPhone(server)
    await beginDraft()
    const { router } = await mounting(PinPage)
    await shown(() => expect(screenText()).toContain('登录以后才能设应用锁。没有登录时，忘了密码谁也帮不了您'))
    const go = vi.spyOn(router, 'push')
    press('登录')
    expect(go).toHaveBeenCalledWith({ path: '/login', query: { to: '/pin' } })
  })

  it('refuses what is easily guessed or typed differently, and says honestly what it can’t do', async () => {
    await filledPhone(server)
    await mounting(PinPage)
    await shown(() => expect(screenText()).toContain('设好并加密'))
    expect(screenText()).toContain('谁知道手机的开机密码，又知道这个密码，就什么都能看到')
    type('新密码', '123456')
    await submit()
    await shown(() => expect(screenText()).toContain('太容易被猜到了'))
    type('新密码', PIN)
    type('再输一遍', '271829')
    await submit()
    await shown(() => expect(screenText()).toContain('两次输入的不一样'))
    expect(await phone().db.pin.count()).toBe(0)
  })

  it('is set, and locks at once', async () => {
    await filledPhone(server)
    await mounting(PinPage)
    await shown(() => expect(screenText()).toContain('设好并加密'))
    type('新密码', PIN)
    type('再输一遍', PIN)
    await submit()
    await shown(() => expect(screenText()).toContain('应用锁已设好，草稿和照片都已加密'))
    press('立即锁上')
    await shown(() => expect(isShut(phone().db.name)).toBe(true))
  })

  it('without a network says so, and sets none', async () => {
    const { escrow } = await filledPhone(server)
    escrow.online = false
    await mounting(PinPage)
    await shown(() => expect(screenText()).toContain('设好并加密'))
    type('新密码', PIN)
    type('再输一遍', PIN)
    await submit()
    await shown(() => expect(screenText()).toContain('没有连上服务器'))
    expect(await phone().db.pin.count()).toBe(0)
  })
})

describe('已锁定', () => {
  it('says that what waits is sent after unlocking, and nothing of what it is', async () => {
    await lockedPhone(server)
    await mounting(LockPage)
    await shown(() => expect(screenText()).toMatch(/还有 \d+ 处没有同步。已锁定，解锁后自动发送。/))
    expect(screenText()).not.toContain('我的申报')
    expect(screenText()).not.toContain('陈志远')
  })

  it('counts wrong PINs aloud, and opens with the right one', async () => {
    const { draft } = await lockedPhone(server)
    await mounting(LockPage)
    type('应用锁密码', '000001')
    await submit()
    await shown(() => expect(screenText()).toContain('还可以试 9 次'))
    for (let i = 0; i < 3; i++) {
      type('应用锁密码', '000001')
      await submit()
      await shown(() => expect(screenText()).toContain(`还可以试 ${8 - i} 次`))
    }
    type('应用锁密码', PIN)
    await submit()
    await shown(() => expect(isShut(phone().db.name)).toBe(false))
    expect((await view(draft)).title).toBe('我的申报')
  })

  it('lets somebody else use the phone, and stays locked for its owner', async () => {
    await lockedPhone(server)
    const { name } = phone().db
    await mounting(LockPage)
    press('换一个人用这台手机')
    await shown(() => expect(screenText()).toContain('它的草稿仍锁在这台手机上'))
    press('退出，换人用')
    await shown(async () => expect((await ownerOf(phone().db)).account).toBeNull())
    expect(isShut(name)).toBe(true)
  })
})
