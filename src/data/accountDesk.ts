/** What the pages about the account ask the server for; none of it works, or is needed, without a network. */
import type { Account, CodeReply, CurrentSession, SecondFactorSecret, SignedInDevice, StaffMember } from '../domain/api'
import { ask, get, post } from './httpWire'

/** Every call throws `Unreachable` or `Refused`. */
export interface AccountDesk {
  current(): Promise<CurrentSession>
  devices(): Promise<SignedInDevice[]>
  end(device: string): Promise<void>
  endOthers(): Promise<void>
  askPhoneCode(phone: string): Promise<CodeReply>
  changePhone(used: { request: string; phone: string; code: string }): Promise<Account>
  beginFactor(): Promise<SecondFactorSecret>
  checkFactor(code: string): Promise<void>
  staff(): Promise<StaffMember[]>
  find(phone: string): Promise<StaffMember>
  grant(what: { phone: string; role: string; body: string }): Promise<StaffMember>
  revoke(grant: string): Promise<void>
  disable(account: string, disabled: boolean): Promise<void>
  removeFactor(account: string): Promise<void>
}

const remove = (url: string) => ask<void>({ method: 'delete', url, data: {} })
const put = <T>(url: string, data: unknown) => ask<T>({ method: 'put', url, data })

export const httpDesk: AccountDesk = {
  current: () => get('/sessions/current'),
  devices: async () => (await get<{ devices: SignedInDevice[] }>('/sessions')).devices,
  end: (device) => remove(`/sessions/${device}`),
  endOthers: () => remove('/sessions/others'),
  askPhoneCode: (phone) => post('/account/phone/codes', { phone }),
  changePhone: async (used) => (await put<{ account: Account }>('/account/phone', used)).account,
  beginFactor: () => post('/second-factor', {}),
  checkFactor: (code) => post('/second-factor/check', { code }),
  staff: async () => (await get<{ staff: StaffMember[] }>('/staff')).staff,
  find: (phone) => post('/accounts/find', { phone }),
  grant: (what) => post('/staff', what),
  revoke: (grant) => remove(`/staff/roles/${grant}`),
  disable: (account, disabled) => put(`/accounts/${account}/disabled`, { disabled }),
  removeFactor: (account) => remove(`/accounts/${account}/second-factor`),
}
