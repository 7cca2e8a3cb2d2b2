import { beforeEach, describe, expect, it } from 'vitest'
import OutboxPage from '../../../src/features/outbox/OutboxPage.vue'
import { consent } from '../../../src/data/drafts'
import { drain } from '../../../src/data/drain'
import { status, syncStatus } from '../../../src/data/syncStatus'
import { FakeServer, refused } from '../../support/fakeWire'
import { addPhoto, beginDraft, edit, newPhone, phoneOf, sync, take, zhou, type Phone } from '../../data/phones'
import { mounting, press, shown } from '../mounted'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  Object.assign(status, { running: false, elsewhere: false, trouble: '', signInNeeded: false, nextTry: 0, succeededAt: 0 })
  draft = await beginDraft()
  await edit(draft, 'name', '陈志远')
})
const page = async () => (await mounting(OutboxPage)).page

describe('the outbox', () => {
  it('names what waits, draft by draft, and is empty when all of it has arrived', async () => {
    await edit(draft, 'idNumber', '320214198506159714')
    await addPhoto(draft, 'licence', '营业执照')
    const screen = await page()
    await shown(() => expect(screen.text()).toContain('企业首席技师（陈志远）'))
    expect(screen.text()).toContain('草稿、姓名')
    expect(screen.text()).toMatch(/等您同意后同步\s*身份证号码/)
    expect(screen.text()).toContain('组织机构代码证 第 1 张：0.1 MB，等待上传')
    expect(screen.text()).not.toContain('320214')
    await consent(draft, '2021-1')
    await sync()
    await shown(() => expect(screen.text()).toContain('全部已同步'))
    expect(screen.text()).toContain('上次同步成功：今天')
  })

  it('calls nothing synced that it has not looked at yet', async () => {
    const screen = await page()
    const said: string[] = []
    const watching = new MutationObserver(() => said.push(screen.text()))
    watching.observe(screen.element, { childList: true, subtree: true, characterData: true })
    await shown(() => expect(screen.text()).toContain('草稿、姓名'))
    watching.disconnect()
    expect(said.filter((text) => text.includes('全部已同步'))).toEqual([])
  })

  it('says what is in the way, counts down to the next try, and tries at once when asked', async () => {
    server.lose('push', 'request')
    expect(await drain()).toBe(false)
    status.nextTry = Date.now() + 12_000
    const screen = await page()
    await shown(() => expect(screen.text()).toContain(syncStatus.trouble))
    expect(syncStatus.trouble).toContain('没有连上服务器')
    const seconds = () => Number(/下次自动重试 (\d+) 秒后/.exec(screen.text())?.[1])
    const first = seconds()
    expect(first).toBeLessThanOrEqual(12)
    await shown(() => expect(seconds()).toBeLessThan(first))
    press('立即重试')
    await shown(() => expect(screen.text()).toContain('全部已同步'))
    expect(screen.text()).not.toContain('下次自动重试')
  })

  it('fault 5: shows that another tab is sending', async () => {
    status.elsewhere = true
    const screen = await page()
    await shown(() => expect(screen.text()).toContain('正在同步…'))
    expect(screen.find('button[aria-busy="true"]').exists()).toBe(true)
  })

  it('shows what was refused with its reason, and leads to where it can be decided', async () => {
    server.rejectPath = (path) => path === 'name'
    await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(415, 'unsupported', '这不是照片')
    await drain()
    const { page: screen, router } = await mounting(OutboxPage)
    await shown(() => expect(screen.text()).toContain('姓名：没有修改这一项的权限'))
    expect(screen.text()).toContain('组织机构代码证 第 1 张：这不是照片')
    press('去处理')
    await shown(() => expect(router.currentRoute.value.path).toBe(`/apply/${draft}`))
  })

  it('fault 50: what two phones disagree about is not done with being synced', async () => {
    await sync()
    const two = await phoneOf(server)
    await sync()
    await edit(draft, 'name', '陈志元')
    await sync(two)
    take(mine)
    await edit(draft, 'name', '陈致远')
    await sync(mine)
    const screen = await page()
    await shown(() => expect(screen.text()).toContain('有 1 处两台设备改得不一样'))
    expect(screen.text()).toContain('还有几处等您处理')
    expect(screen.text()).not.toContain('全部已同步')
  })

  it('asks a guest, and whoever’s session has ended, to sign in', async () => {
    server.refusePush = () => refused(401, 'signed-out', '登录已过期')
    await drain()
    const { page: screen, router } = await mounting(OutboxPage)
    await shown(() => expect(screen.text()).toContain('登录已过期。草稿都在'))
    press('重新登录')
    await shown(() => expect(router.currentRoute.value.fullPath).toBe('/login?to=/outbox'))
    newPhone(server)
    await shown(() => expect(screen.text()).toContain('没有登录：草稿只存在这台手机上'))
  })

  it('fault 47: another account sees nothing of it, and sends nothing of it', async () => {
    const screen = await page()
    await shown(() => expect(screen.text()).toContain('陈志远'))
    await phoneOf(server, zhou)
    await shown(() => expect(screen.text()).toContain('这台手机上还没有草稿'))
    expect(screen.text()).not.toContain('陈志远')
    await sync()
    expect(server.drafts.size).toBe(0)
    await sync(mine)
    expect(server.drafts.get(draft)?.owner).toBe('account-chen')
  })
})
