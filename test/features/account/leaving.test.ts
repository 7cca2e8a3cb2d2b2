import { beforeEach, describe, expect, it } from 'vitest'
import MePage from '../../../src/features/account/MePage.vue'
import { ownerOf, phone } from '../../../src/data/phone'
import { databaseOf } from '../../../src/data/registry'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, chen, edit, newPhone, signIn, sync, take, view, type Phone } from '../../data/phones'
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

describe('fault 46: signing out with unsent work', () => {
  it('asks first and says how much; whoever says no stays', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
    press('退出登录')
    await shown(() => expect(screenText()).toContain('退出以后这些内容仍存在这台手机上'))
    press('先不退出')
    expect((await ownerOf(phone().db)).account).toBe(chen.id)
  })

  it('loses nothing when it is done all the same: it goes on at the next sign-in', async () => {
    await edit(draft, 'name', '陈志远')
    await mounting(MePage)
    await shown(() => expect(screenText()).toContain('还有 1 处没有同步'))
    press('退出登录')
    await shown(() => expect(screenText()).toContain('仍然退出'))
    press('仍然退出')
    await shown(async () => expect((await ownerOf(phone().db)).account).toBeNull())
    expect(await databaseOf(chen.id)).toBe(mine.name)
    take(mine)
    mine.wire.session = chen
    expect((await view(draft)).answers.name).toBe('陈志远')
    await sync()
    expect(server.value(draft, 'name')).toBe('陈志远')
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
