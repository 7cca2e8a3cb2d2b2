import { beforeEach, describe, expect, it } from 'vitest'
import DevicesPage from '../../../src/features/account/DevicesPage.vue'
import type { AccountDesk } from '../../../src/data/accountDesk'
import { Unreachable } from '../../../src/data/failure'
import type { SignedInDevice } from '../../../src/domain/api'
import { refused } from '../../support/fakeWire'
import { mounting, press, screenText, shown } from '../mounted'

const at = '2021-04-20T01:00:00Z'
const device = (id: string, words: string, current = false): SignedInDevice => ({ id, device: words, signedInAt: at, seenAt: at, current })
let devices: SignedInDevice[]
let failure: Error | null
const desk = {
  current: () =>
    Promise.resolve({ account: { id: 'a', name: '陈志远', phone: '138****0001' }, level: 1, roles: [], secondFactor: false }),
  devices: () => (failure ? Promise.reject(failure) : Promise.resolve([...devices])),
  end: (id: string) => Promise.resolve(void (devices = devices.filter((one) => one.id !== id))),
  endOthers: () => Promise.resolve(void (devices = devices.filter(({ current }) => current))),
} as unknown as AccountDesk
beforeEach(() => {
  failure = null
  devices = [device('1', '安卓手机·微信', true), device('2', '苹果手机·Safari'), device('3', 'Windows 电脑·Edge')]
})

describe('security 14: the page 登录设备', () => {
  it('names the devices, and ends one after asking', async () => {
    await mounting(DevicesPage, { desk })
    await shown(() => expect(screenText()).toContain('安卓手机·微信正在用的这台'))
    press('让它退出')
    await shown(() => expect(screenText()).toContain('让“苹果手机·Safari”退出登录？'))
    expect(screenText()).toContain('没同步的也还在')
    press('不退出')
    await shown(() => expect(devices).toHaveLength(3))
    press('让它退出')
    await shown(() => expect(screenText()).toContain('退出登录？'))
    const dialog = document.querySelector('dialog')
    dialog?.querySelector('button')?.click()
    await shown(() => expect(screenText()).not.toContain('苹果手机·Safari'))
  })

  it('ends all others', async () => {
    await mounting(DevicesPage, { desk })
    await shown(() => expect(screenText()).toContain('Windows 电脑'))
    press('让其他设备都退出')
    await shown(() => expect(screenText()).toContain('让其他 2 台设备都退出登录？'))
    press('都退出')
    await shown(() => expect(screenText()).not.toContain('Windows 电脑'))
    expect(devices).toHaveLength(1)
  })

  it('says what to do when this session was ended, and without a network', async () => {
    failure = refused(401, 'signed-out', '请先登录。')
    await mounting(DevicesPage, { desk })
    await shown(() => expect(screenText()).toContain('重新登录'))
    failure = new Unreachable('offline')
    await mounting(DevicesPage, { desk })
    await shown(() => expect(screenText()).toContain('没有连上服务器'))
  })
})
