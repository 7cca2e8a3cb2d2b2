import { beforeEach, describe, expect, it } from 'vitest'
import FactorPage from '../../../src/features/account/FactorPage.vue'
import PhonePage from '../../../src/features/account/PhonePage.vue'
import StaffPage from '../../../src/features/account/StaffPage.vue'
import type { AccountDesk } from '../../../src/data/accountDesk'
import type { CurrentSession, StaffMember } from '../../../src/domain/api'
import type { StaffRole } from '../../../src/domain/roles'
import { refused } from '../../support/fakeWire'
import { mounting, press, screenText, shown } from '../mounted'

const chen = { id: 'a', name: '陈志远', phone: '138****0001' }
let session: CurrentSession
let staff: StaffMember[]
let failure: Error | null
/** What was asked for that changes something. */
let done: string[]
const does = (what: string, change: () => void = () => undefined) => {
  if (failure) return Promise.reject(failure)
  done.push(what)
  change()
  return Promise.resolve()
}
const answers = <T>(value: () => T) => (failure ? Promise.reject(failure) : Promise.resolve(value()))
const desk = {
  current: () => answers(() => session),
  beginFactor: () => answers(() => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP' })),
  checkFactor: (code: string) => does(`check ${code}`, () => (session = { ...session, level: 2, secondFactor: true })),
  staff: () => answers(() => [...staff]),
  find: (phone: string) => answers(() => ({ ...member('b', 'district'), account: { id: 'b', name: phone, phone } })),
  grant: ({ phone, role, body }: { phone: string; role: StaffRole; body: string }) =>
    does(`grant ${phone} ${role} ${body}`, () => staff.push(member('c', role, body))),
  revoke: (grant: string) => does(`revoke ${grant}`, () => (staff = staff.filter(({ roles }) => roles[0]?.id !== grant))),
  disable: (account: string, disabled: boolean) =>
    does(`disable ${account} ${disabled}`, () => (staff = staff.map((one) => (one.account.id === account ? { ...one, disabled } : one)))),
  removeFactor: (account: string) => does(`remove factor ${account}`),
  askPhoneCode: (phone: string) => answers(() => ({ request: `for ${phone}`, resendAfter: 60, code: '246810' })),
} as unknown as AccountDesk

const member = (id: string, role: StaffRole, body = ''): StaffMember => ({
  account: { ...chen, id },
  roles: [{ id: `${id}-${role}`, role, body, at: '2021-04-20T01:00:00Z' }],
  secondFactor: true,
  disabled: false,
})
beforeEach(() => {
  session = { account: chen, level: 1, roles: [{ role: 'admin', body: '' }], secondFactor: false }
  staff = [member('b', 'centre')]
  failure = null
  done = []
})
function fill(label: string, text: string): void {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes(label))
  const field = document.querySelector<HTMLInputElement>(`[id="${found?.htmlFor ?? ''}"]`)
  if (!field) throw new Error(`no field ${label}`)
  field.value = text
  field.dispatchEvent(new Event('input'))
}
/** The button of the question that stands above the page. */
const yes = () => document.querySelector('dialog')?.querySelector('button')?.click()

describe('the page 动态口令', () => {
  it('binds an app by picture or by hand, checks its numbers, and says that it holds', async () => {
    await mounting(FactorPage, { desk })
    await shown(() => expect(screenText()).toContain('第一次使用要先绑定'))
    press('装好了，开始绑定')
    await shown(() => expect(screenText()).toContain('JBSW Y3DP EHPK 3PXP'))
    fill('动态口令', '12345')
    press('绑定')
    await shown(() => expect(screenText()).toContain('动态口令是 6 位数字'))
    fill('动态口令', '１２３ ４５６')
    press('绑定')
    await shown(() => expect(screenText()).toContain('已经验证'))
    expect(done).toEqual(['check 123456'])
    expect(screenText()).not.toContain('JBSW')
  })

  it('asks who has bound one for its numbers only, and shows what the server refuses', async () => {
    session.secondFactor = true
    await mounting(FactorPage, { desk })
    await shown(() => expect(screenText()).toContain('让管理员解除'))
    expect(screenText()).not.toContain('开始绑定')
    failure = refused(401, 'wrong-code', '动态口令不对，还可以试 4 次。')
    fill('动态口令', '000000')
    press('验证')
    await shown(() => expect(screenText()).toContain('还可以试 4 次'))
  })

  it('tells an applicant that none is needed', async () => {
    session.roles = []
    await mounting(FactorPage, { desk })
    await shown(() => expect(screenText()).toContain('不需要动态口令'))
  })
})

describe('the page 工作人员和角色', () => {
  it('gives a role to a number, and takes it away after asking', async () => {
    await mounting(StaffPage, { desk })
    await shown(() => expect(screenText()).toContain('市高技能人才公共实训服务中心'))
    fill('手机号', '1390000')
    press('指定角色')
    await shown(() => expect(screenText()).toContain('1 开头的 11 位数字'))
    fill('手机号', '139 0000 0062')
    const role = document.querySelector('select')
    if (role) role.value = 'expert'
    role?.dispatchEvent(new Event('change'))
    press('指定角色')
    await shown(() => expect(document.querySelectorAll('section.card')).toHaveLength(2))
    expect(done).toEqual(['grant 13900000062 expert '])
    press('取消角色')
    await shown(() => expect(screenText()).toContain('取消“市高技能人才公共实训服务中心”？'))
    yes()
    await shown(() => expect(document.querySelectorAll('section.card')).toHaveLength(1))
    expect(done.at(-1)).toBe('revoke b-centre')
  })

  it('stops an account after asking, and lets it in again', async () => {
    await mounting(StaffPage, { desk })
    await shown(() => expect(screenText()).toContain('停用账号'))
    press('停用账号')
    await shown(() => expect(screenText()).toContain('所有设备立即退出'))
    yes()
    await shown(() => expect(screenText()).toContain('已停用'))
    press('恢复账号')
    await shown(() => expect(screenText()).not.toContain('已停用'))
    expect(done).toEqual(['disable b true', 'disable b false'])
  })

  it('sends who has not shown their numbers to the page that asks for them', async () => {
    failure = refused(403, 'second-factor', '请先输入动态口令。')
    await mounting(StaffPage, { desk })
    await shown(() => expect(screenText()).toContain('输入动态口令'))
    expect(document.querySelector('a')?.getAttribute('href')).toContain('/staff/factor')
  })
})

describe('the page 更换手机号', () => {
  it('wants a code that was sent to the very number that stands there', async () => {
    await mounting(PhonePage, { desk })
    press('更换手机号')
    await shown(() => expect(screenText()).toContain('请先点“获取验证码”'))
    fill('新的手机号', '13900000064')
    press('获取验证码')
    await shown(() => expect(screenText()).toContain('246810'))
    expect(screenText()).toContain('60 秒后可以重新获取')
    fill('新的手机号', '13900000065')
    fill('验证码', '246810')
    press('更换手机号')
    await shown(() => expect(screenText()).toContain('请先点“获取验证码”'))
  })

  it('sends who signed in long ago to sign in again', async () => {
    failure = refused(403, 'sign-in-again', '为了安全，请重新登录一次。')
    await mounting(PhonePage, { desk })
    fill('新的手机号', '13900000064')
    press('获取验证码')
    await shown(() => expect(screenText()).toContain('重新登录'))
  })
})
