/** What a phone does to bring a file over: tus, spelled out request by request. */
import { createHash, randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { begin, phoneOf, signIn, type Application, type Person } from './application'
import { sha256 } from './pictures'

export type Owner = Person & { draft: string }
export interface Facts {
  draft: string
  sha256?: string
  type?: string
  length?: number
}

const encoded = (facts: Record<string, string>) =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

export const tusHeaders = (cookie: string, headers: Record<string, string>) => ({ 'tus-resumable': '1.0.0', cookie, ...headers })
export const checksum = (bytes: Uint8Array) => `sha256 ${createHash('sha256').update(bytes).digest('base64')}`
export const chunkHeaders = (cookie: string, offset: number, more: Record<string, string> = {}) =>
  tusHeaders(cookie, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...more })

/** @param address where the server listens: the replies of uploads are hijacked, `inject` never sees them */
export function uploaderOf(server: Pick<Application, 'app'>, address: string) {
  const self = {
    async owner(): Promise<Owner> {
      const person = await signIn(server)
      const draft = randomUUID()
      await phoneOf(person).push([begin(draft)])
      return { ...person, draft }
    },
    create({ cookie }: { cookie: string }, bytes: Buffer, { draft, type = 'image/jpeg', ...facts }: Facts) {
      const metadata = encoded({ draft, type, sha256: facts.sha256 ?? sha256(bytes) })
      const headers = tusHeaders(cookie, { 'upload-length': String(facts.length ?? bytes.length), 'upload-metadata': metadata })
      return fetch(`${address}/api/files`, { method: 'POST', headers })
    },
    /** The address of an upload that was begun. */
    async begun(person: Owner, bytes: Buffer, digest = sha256(bytes)): Promise<string> {
      const created = await self.create(person, bytes, { draft: person.draft, sha256: digest })
      expect(created.status).toBe(201)
      return created.headers.get('location') ?? ''
    },
    send({ cookie }: { cookie: string }, url: string, bytes: Buffer, offset = 0, more: Record<string, string> = {}) {
      const headers = chunkHeaders(cookie, offset, more)
      return fetch(`${address}${url}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
    },
    head: ({ cookie }: { cookie: string }, url: string) =>
      fetch(`${address}${url}`, { method: 'HEAD', headers: tusHeaders(cookie, {}) }),
    async offset(person: { cookie: string }, url: string): Promise<number> {
      return Number((await self.head(person, url)).headers.get('upload-offset'))
    },
    async upload(person: Owner, bytes: Buffer, type = 'image/jpeg', digest = sha256(bytes)) {
      const created = await self.create(person, bytes, { draft: person.draft, type, sha256: digest })
      expect(created.status).toBe(201)
      return self.send(person, created.headers.get('location') ?? '', bytes)
    },
    confirmed: async ({ ask, draft }: Owner, digest: string) =>
      (await ask('POST', `/api/drafts/${draft}/files/check`, { sha256: [digest] })).body.confirmed as string[],
  }
  return self
}
