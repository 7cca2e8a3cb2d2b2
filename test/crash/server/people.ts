/** Who uses the server during a run, and what each of them does over and over. */
import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { assemble } from '../../../src/domain/answers'
import type { ServerInfo } from '../../../src/domain/api'
import { formOf } from '../../../src/domain/forms'
import { canonicalJson, submittedContent, type Receipt } from '../../../src/domain/submission'
import { technicianSample } from '../../support/samples'
import type { Random } from '../random'
import { json, post, request, signIn, type Line } from './http'
import { answered, phoneOn, type Phone } from './phone'
import { sending, step, type Sending } from './tus'

export interface Person {
  name: string
  phone: Phone
  draft: string
  files: Sending[]
  receipts: Receipt[]
  /** One more thing of what this person does. Resolves with whether the server answered as it should. */
  act(): Promise<boolean>
  /** Finishes what was begun: nothing waits afterwards. */
  finish(): Promise<void>
}

type Complain = (what: string) => void

const fields = ['name', 'employer', 'occupation', 'post', 'achievements', 'dossierText', 'noticePlace', 'contactPerson']
const begin = (info: ServerInfo) => ({ call: info.call.id, award: 'technician', formVersion: 1 })

/** Writes into one draft without a pause; a second phone of the same account writes into it as well. */
function typist(name: string, line: Line, draft: string, info: ServerInfo | null, random: Random): Person {
  const phone = phoneOn(line)
  if (info) phone.edit(draft, '$draft', begin(info))
  let edits = 0
  return {
    name,
    phone,
    draft,
    files: [],
    receipts: [],
    async act() {
      // Values that nobody else writes: where one stands, it is known who wrote it, and how often.
      for (let n = random.between(1, 6); n > 0; n--) {
        const row = `r${random.between(1, 9)}`
        const path = random.pick([random.pick(fields), `experience/${row}`, `experience/${row}/where`])
        const value = `${phone.device} ${++edits}`
        phone.edit(draft, path, path === `experience/${row}` ? { order: `a${random.between(0, 9)}`, by: value } : value)
      }
      return phone.send(random.between(1, 20))
    },
    async finish() {
      while (phone.queue.length > 0) if (!(await phone.send())) throw new Error(`${name} can't send`)
    },
  }
}

/** Sends one new photo after the other, in small pieces. */
function photographer(line: Line, info: ServerInfo, random: Random, complain: Complain): Person {
  const draft = randomUUID()
  const phone = phoneOn(line)
  phone.edit(draft, '$draft', begin(info))
  const files: Sending[] = []
  const act = async () => {
    if (phone.queue.length > 0) return phone.send()
    const open = files.find(({ confirmed }) => !confirmed)
    if (open) return step(line, open, random, complain)
    if (files.length < 150) files.push(sending(draft, await picture(files.length, random)))
    return true
  }
  return { name: 'photographer', phone, draft, files, receipts: [], act, finish: () => finishing(act, phone, files) }
}

/** A JPEG that no other is, as a phone would send it. */
function picture(n: number, random: Random): Promise<Buffer> {
  const side = 90 + random.between(0, 120)
  const pixels = Buffer.from(Array.from({ length: side * side * 3 }, (_, i) => ((i + n) * 2_654_435_761) >>> 24))
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
}

/** Hands in the complete sample with all of its files, then changes a little and submits again, and again. */
async function applicant(line: Line, info: ServerInfo, random: Random, complain: Complain): Promise<Person> {
  const draft = randomUUID()
  const phone = phoneOn(line)
  for (const { path, value } of technicianSample.registers(info.call)) phone.edit(draft, path, value)
  const files: Sending[] = []
  for (const { file, bytes } of technicianSample.files)
    if (!files.some(({ sha256 }) => sha256 === file.sha256)) files.push(sending(draft, Buffer.from(await bytes()), file.type))
  const receipts: Receipt[] = []
  let asking: { key: string; body: { revision: number; digest: string } } | null = null
  let edits = 0

  async function act(): Promise<boolean> {
    if (phone.queue.length > 0) return phone.send()
    const open = files.find(({ confirmed }) => !confirmed)
    if (open) return step(line, open, random, complain)
    if (!asking && receipts.length > 0 && edits < receipts.length) {
      phone.edit(draft, 'qq', String(10_000_000 + ++edits))
      return true
    }
    const body = asking?.body ?? (await contentOf())
    if (!body) return false
    asking ??= { key: randomUUID(), body }
    const reply = await answered(post(line, `/api/drafts/${draft}/submissions`, asking.body, { 'idempotency-key': asking.key }))
    if (reply?.status !== 200) return false
    receipts.push(json<Receipt>(reply))
    asking = null
    return true
  }
  async function contentOf() {
    const pulled = (await phone.pull())?.find(({ id }) => id === draft)
    if (!pulled) return null
    const form = formOf('technician')
    const answers = assemble(form, pulled.registers.map(({ path, value }) => [path, value] as const))
    const text = canonicalJson(submittedContent(form, info.call.id, answers))
    return { revision: pulled.revision, digest: createHash('sha256').update(text).digest('hex') }
  }
  async function finish() {
    await finishing(act, phone, files)
    for (let tries = 0; asking && tries < 100; tries++) await act()
    if (asking) throw new Error('The applicant gets no receipt')
  }
  return { name: 'applicant', phone, draft, files, receipts, act, finish }
}

async function finishing(act: () => Promise<boolean>, { queue }: Phone, files: readonly Sending[]): Promise<void> {
  for (let tries = 0; tries < 1000 && (queue.length > 0 || files.some(({ confirmed }) => !confirmed)); tries++) await act()
  if (queue.length > 0 || files.some(({ confirmed }) => !confirmed)) throw new Error('What was begun comes to no end')
}

/** Four phones of three people, signed in. @param complain is told of what must never be answered */
export async function people(line: Line, random: Random, complain: Complain): Promise<Person[]> {
  const info = json<ServerInfo>(await request(line, 'GET', '/api/call'))
  const lines: Line[] = []
  for (const phone of ['13700000001', '13700000002', '13700000003']) lines.push({ ...line, cookie: await signIn(line, phone) })
  const [first, second, third] = lines
  if (!first || !second || !third) throw new Error('Nobody signed in')
  const shared = randomUUID()
  const typing = typist('typist', first, shared, info, random)
  // The draft exists before the other phone knows of it.
  await typing.finish()
  return [
    typing,
    typist('typist on a second phone', first, shared, null, random),
    photographer(second, info, random, complain),
    await applicant(third, info, random, complain),
  ]
}
