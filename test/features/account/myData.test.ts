import Dexie from 'dexie'
import { beforeEach, describe, expect, it } from 'vitest'
import MePage from '../../../src/features/account/MePage.vue'
import { ownerOf, phone } from '../../../src/data/phone'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, chen, edit, newPhone, signIn, sync, type Phone } from '../../data/phones'
import { mounting, press, screenText, shown } from '../mounted'

let server: FakeServer
let mine: Phone
beforeEach(async () => {
  server = new FakeServer()
  mine = newPhone(server)
  await signIn(mine, chen)
  await edit(await beginDraft(), 'name', '陈志远')
  await sync()
})

const opened = async () => {
  await mounting(MePage)
  await shown(() => expect(screenText()).toContain('导出我的信息'))
}

describe('security 35: whoever is signed in', () => {
  it('takes a copy of their data', async () => {
    await opened()
    expect(document.querySelector('a[download]')?.getAttribute('href')).toBe('/api/me/export')
  })

  it('erases the account after a question, and with it the drafts on this phone', async () => {
    await opened()
    press('注销账号，删除信息')
    await shown(() => expect(screenText()).toContain('找不回来'))
    press('注销并删除')
    await shown(() => expect(screenText()).toContain('账号已注销，信息已删除。'))
    expect(server.drafts.size).toBe(0)
    expect(await Dexie.getDatabaseNames()).not.toContain(mine.name)
    expect((await ownerOf(phone().db)).account).toBeNull()
  })

  it('loses nothing by saying no, or where the sign-in is too long ago', async () => {
    await opened()
    press('注销账号，删除信息')
    await shown(() => expect(screenText()).toContain('找不回来'))
    press('不注销')
    server.justSignedIn = false
    press('注销账号，删除信息')
    await shown(() => expect(screenText()).toContain('找不回来'))
    press('注销并删除')
    await shown(() => expect(screenText()).toContain('重新登录'))
    expect(server.drafts.size).toBe(1)
    expect((await ownerOf(phone().db)).account).toBe(chen.id)
  })
})
