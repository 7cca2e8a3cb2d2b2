/** The wire over HTTP: axios for JSON, tus for files. */
import axios, { isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios'
import type { Account, ApiError } from '../domain/api'
import { CaptivePortal, Refused, Unreachable } from './failure'
import type { Wire } from './port'
import { looksLikePortal, nothingCame } from './portal'
import { noteVersion } from './readOnly'

const http = axios.create({
  baseURL: '/api',
  timeout: 20_000,
  // JSON that was cut off on the way is a failure; by itself axios hands it on as text.
  responseType: 'json',
  transitional: { silentJSONParsing: false },
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
})

/** What isn't our JSON is a failure, not an answer: a portal's page (portal.ts), a proxy's. */
export async function ask<T>(config: AxiosRequestConfig): Promise<T> {
  try {
    const response = await http.request<T>(config)
    if (response.status !== 204 && !typeOf(response).startsWith('application/json')) throw notOurs(response)
    return response.data
  } catch (reason) {
    throw await failureOf(reason)
  }
}

const typeOf = ({ headers }: AxiosResponse) => String(headers['content-type'])
function notOurs(response: AxiosResponse): Unreachable {
  const { responseURL = '' } = (response.request ?? {}) as { responseURL?: string }
  const foreign = looksLikePortal({ status: response.status, type: typeOf(response), url: responseURL })
  return foreign ? new CaptivePortal('a page') : new Unreachable('not JSON')
}

async function failureOf(reason: unknown): Promise<unknown> {
  if (!isAxiosError(reason)) return reason
  const { response, code } = reason
  if (!response) return code === 'ERR_NETWORK' ? nothingCame(reason) : new Unreachable(reason)
  const error = response.data as Partial<ApiError> | undefined
  if (typeof error?.code !== 'string') return notOurs(response)
  const retryAfter = Number(response.headers['retry-after'])
  return new Refused(response.status, error as ApiError, Number.isFinite(retryAfter) ? retryAfter : undefined)
}

export const post = <T>(url: string, data: unknown, headers = {}) => ask<T>({ method: 'post', url, data, headers })
export const get = <T>(url: string) => ask<T>({ method: 'get', url })

export const httpWire: Wire = {
  info: () => get('/call'),
  askCode: (phone) => post('/codes', { phone }),
  signIn: async (request, phone, code) => (await post<{ account: Account }>('/sessions', { request, phone, code })).account,
  signOut: () => ask({ method: 'delete', url: '/sessions/current', data: {} }),
  whoAmI: async () => {
    try {
      return (await get<{ account: Account }>('/sessions/current')).account
    } catch (reason) {
      if (reason instanceof Refused && reason.status === 401) return null
      throw reason
    }
  },
  eraseAccount: () => ask({ method: 'delete', url: '/me', data: {} }),
  push: async (request) => noteVersion(await post('/sync/push', request)),
  pull: (request) => post('/sync/pull', request),
  confirmed: async (draft, sha256) => (await post<{ confirmed: string[] }>(`/drafts/${draft}/files/check`, { sha256 })).confirmed,
  // 10 MB on a line of 1 Mbit/s; the default would never let it end.
  file: (draft, sha256) => bytesFrom(`/drafts/${draft}/files/${sha256}`, 120_000),
  sendPreview: (draft, sha256, buf) =>
    ask({ method: 'put', url: `/drafts/${draft}/previews/${sha256}`, data: buf, headers: { 'Content-Type': 'image/jpeg' } }),
  preview: (draft, sha256) => bytesFrom(`/drafts/${draft}/previews/${sha256}`),
  submit: (draft, body, key) => post(`/drafts/${draft}/submissions`, body, { 'Idempotency-Key': key }),
  withdraw: (draft) => ask({ method: 'delete', url: `/drafts/${draft}/submission`, data: {} }),
  history: (draft, asked) => ask({ method: 'get', url: `/drafts/${draft}/history`, params: asked }),
  receipts: async (draft) => (await get<{ receipts: [] }>(`/drafts/${draft}/receipts`)).receipts,
  lookUp: (number) => get(`/receipts/${encodeURIComponent(number)}`),
  verify: (receipt) => post('/receipts/verify', { receipt }),
  upload: async (upload) => (await import('./tusUpload')).tusUpload(upload),
}

async function bytesFrom(url: string, timeout = 20_000): Promise<ArrayBuffer> {
  try {
    return (await http.get<ArrayBuffer>(url, { responseType: 'arraybuffer', timeout, headers: { Accept: '*/*' } })).data
  } catch (reason) {
    throw isAxiosError(reason) && reason.response ? new Refused(reason.response.status, unknownError) : new Unreachable(reason)
  }
}

const unknownError: ApiError = { code: 'unknown', message: '这个文件暂时取不到', trace: '' }
