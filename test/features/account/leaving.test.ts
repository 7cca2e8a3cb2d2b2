import { beforeEach, describe, expect, it } from 'vitest'
import MePage from '../../../src/features/account/MePage.vue'
import { isShut, Locked } from '../../../src/data/door'
import { ownerOf, phone } from '../../../src/data/phone'
import { useEscrow } from '../../../src/data/pin/escrow'
import { setPin, unlock } from '../../../src/data/pin/pin'
import { databaseOf } from '../../../src/data/registry'
import { FakeEscrow } from '../../support/fakeEscrow'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, chen, edit, newPhone, signIn, sync, take, view, zhou, type Phone } from '../../data/phones'
import { PIN } from '../../data/pins'
import { mounting, press, screenText, shown } from '../mounted'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = newPhone(server)
  await signIn(mine, chen)
  draft = await beginDraft()
  await sync()
})

async function asked() {
  await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
  press('退出登录')
  await shown(() => expect(screenText()).toContain('1 处填写只在这台手机上'))
}

describe('fault 46: signing out with unsent work', () => {
  it('asks first and says how much; whoever says no stays', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
    press('退出登录')
    await shown(() => expect(screenText()).toContain('1 处填写只在这台手机上'))
    press('先不退出')
    expect((await ownerOf(phone().db)).account).toBe(chen.id)
  })

  it('loses nothing when it is done all the same: it goes on at the next sign-in', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
    press('退出登录')
    await shown(() => expect(screenText()).toContain('没有设应用锁，懂行的人拿到手机能看到'))
    press('留在这台手机上')
    await shown(async () => expect((await ownerOf(phone().db)).account).toBeNull())
    expect(await databaseOf(chen.id)).toBe(mine.name)
    take(mine)
    mine.wire.session = chen
    expect((await view(draft)).answers.name).toBe('陈志远')
    await sync()
    expect(server.value(draft, 'name')).toBe('陈志远')
  })

  it('sends first where its user wants that', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await asked()
    press('先发送再退出')
    await shown(async () => expect((await ownerOf(phone().db)).account).toBeNull())
    expect(server.value(draft, 'name')).toBe('陈志远')
  })

  it('stays where sending did not get through, and says why', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await asked()
    server.lose('push', 'request', 9)
    press('先发送再退出')
    await shown(() => expect(screenText()).toContain('没有连上服务器'))
    expect((await ownerOf(phone().db)).account).toBe(chen.id)
  })

  it('security 12: giving it up says what goes, and erases this account’s database only', async () => {
    await edit(draft, 'name', '陈志远')
    await signIn(mine, zhou, false)
    const zhous = phone().db.name
    const other = await beginDraft()
    await signIn(mine, chen)
    await mounting(MePage)
    await asked()
    press('丢弃没有发送的内容')
    await shown(() => expect(screenText()).toContain('还没有发到服务器的 1 处填写 会从这台手机上删掉，找不回来'))
    press('留着')
    expect((await ownerOf(phone().db)).account).toBe(chen.id)
    press('丢弃没有发送的内容')
    await shown(() => expect(screenText()).toContain('找不回来'))
    press('丢弃并退出')
    await shown(async () => expect(await databaseOf(chen.id)).toBeNull())
    expect((await ownerOf(phone().db)).account).toBeNull()
    expect(await databaseOf(zhou.id)).toBe(zhous)
    await signIn(mine, zhou)
    expect((await view(other)).award).toBe('technician')
    await signIn(mine, chen)
    await sync()
    expect((await view(draft)).answers.name).toBeUndefined()
  })

  it('keeps it locked where a PIN is set', async () => {
    useEscrow(new FakeEscrow())
    await setPin(PIN, 5)
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await asked()
    await shown(() => expect(screenText()).toContain('锁在这台手机上'))
    press('锁在这台手机上')
    await shown(async () => expect((await ownerOf(phone().db)).account).toBeNull())
    expect(isShut(mine.name)).toBe(true)
    await signIn(mine, chen)
    expect(phone().db.name).toBe(mine.name)
    await expect(view(draft)).rejects.toThrow(Locked)
    expect(await unlock(PIN)).toBeNull()
    expect((await view(draft)).answers.name).toBe('陈志远')
  })

  it('what the server refused is unsent as well', async () => {
    server.rejectPath = (path) => path === 'name'
    await edit(draft, 'name', '陈志远')
    await sync()
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
  })

  it('with nothing unsent only asks whether', async () => {
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('全部已同步'))
    press('退出登录')
    await shown(() => expect(screenText()).toContain('草稿仍存在这台手机上'))
    expect(screenText()).not.toContain('处没有同步')
  })
})
