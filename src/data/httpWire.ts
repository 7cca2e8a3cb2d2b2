/** The wire over HTTP: axios for JSON, tus for files. */
import axios, { isAxiosError, type AxiosRequestConfig } from 'axios'
import type { Account, ApiError } from '../domain/api'
import { Refused, Unreachable } from './failure'
import type { Wire } from './port'

const http = axios.create({
  baseURL: '/api',
  timeout: 20_000,
  // JSON that was cut off on the way is a failure; by itself axios hands it on as text.
  responseType: 'json',
  transitional: { silentJSONParsing: false },
  headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
})

/** A captive portal answers 200 with a page of its own: what isn't our JSON is a failure, not an answer. */
async function ask<T>(config: AxiosRequestConfig): Promise<T> {
  try {
    const { data, headers, status } = await http.request<T>(config)
    if (status !== 204 && !String(headers['content-type']).startsWith('application/json')) throw new Unreachable('not JSON')
    return data
  } catch (reason) {
    throw failureOf(reason)
  }
}

function failureOf(reason: unknown): unknown {
  if (!isAxiosError(reason)) return reason
  const { response } = reason
  const error = response?.data as Partial<ApiError> | undefined
  if (!response || typeof error?.code !== 'string') return new Unreachable(reason)
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
  push: (request) => post('/sync/push', request),
  pull: (request) => post('/sync/pull', request),
  confirmed: async (draft, sha256) => (await post<{ confirmed: string[] }>(`/drafts/${draft}/files/check`, { sha256 })).confirmed,
  file: async (draft, sha256) => {
    try {
      const { data } = await http.get<ArrayBuffer>(`/drafts/${draft}/files/${sha256}`, {
        responseType: 'arraybuffer',
        // 10 MB on a line of 1 Mbit/s; the default would never let it end.
        timeout: 120_000,
        headers: { Accept: '*/*' },
      })
      return data
    } catch (reason) {
      throw isAxiosError(reason) && reason.response ? new Refused(reason.response.status, unknownError) : new Unreachable(reason)
    }
  },
  submit: (draft, body, key) => post(`/drafts/${draft}/submissions`, body, { 'Idempotency-Key': key }),
  withdraw: (draft) => ask({ method: 'delete', url: `/drafts/${draft}/submission`, data: {} }),
  receipts: async (draft) => (await get<{ receipts: [] }>(`/drafts/${draft}/receipts`)).receipts,
  lookUp: (number) => get(`/receipts/${encodeURIComponent(number)}`),
  verify: (receipt) => post('/receipts/verify', { receipt }),
  upload: async (upload) => (await import('./tusUpload')).tusUpload(upload),
}

const unknownError: ApiError = { code: 'unknown', message: '这个文件暂时取不到', trace: '' }
