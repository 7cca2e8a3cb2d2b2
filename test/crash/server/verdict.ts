/** After a kill and a new start: is everything there that was acknowledged, once and whole? */
import { createHash } from 'node:crypto'
import { samples } from '../../support/samples'
import { sameValue, type PulledDraft, type Verdict } from '../../../src/domain/sync'
import type { Receipt, Verification } from '../../../src/domain/submission'
import type { ServerInfo } from '../../../src/domain/api'
import type { Judge } from '../tally'
import { json, post, request, type Line } from './http'
import type { Person } from './people'
import type { Acknowledged } from './phone'
import { look } from './tables'

const mine = new Set(samples.map(({ phone }) => phone))

/** @param databaseUrl asked directly; @param known digests whose bytes were compared before: one look at each is enough */
export async function judgePeople(everybody: readonly Person[], judge: Judge, databaseUrl: string, known: Set<string>): Promise<void> {
  for (const person of everybody) {
    // What was acknowledged first, then what was not: that is what a phone does that lost an answer.
    const before = [...person.phone.acknowledged]
    await judgeVerdicts(person, before, await person.phone.again(), judge)
    await judgeUploads(person, judge, known)
    await judgeReceipts(person, judge)
    await person.finish()
  }
  await judgeTables(everybody, judge, databaseUrl)
}

async function judgeVerdicts({ name, phone }: Person, before: readonly Acknowledged[], again: readonly Verdict[], judge: Judge) {
  const drafts = new Map(((await phone.pull()) ?? []).map((draft) => [draft.id, draft]))
  for (const [i, { operation, verdict }] of before.entries()) {
    const same = JSON.stringify(again[i]) === JSON.stringify(verdict)
    judge.check('verdicts', same, () => `${name}: ${JSON.stringify(operation)} was ${JSON.stringify(verdict)}, is ${JSON.stringify(again[i])}`)
    const draft = drafts.get(operation.draft)
    judge.check('verdicts', stands(draft, { operation, verdict }), () => `${name}: ${JSON.stringify(operation)} has no effect`)
  }
}

/** Current, replaced by a later change, or visible as a conflict. */
function stands(draft: PulledDraft | undefined, { operation: { path, value }, verdict }: Acknowledged): boolean {
  if (!draft || verdict.verdict === 'rejected') return false
  if (verdict.verdict === 'conflict') return draft.conflicts.some(({ id }) => id === verdict.conflict.id)
  const register = draft.registers.find((one) => one.path === path)
  if (!register || draft.revision < verdict.version) return false
  return register.version === verdict.version ? sameValue(register.value, value) : register.version > verdict.version
}

async function judgeUploads({ name, phone: { line }, draft, files }: Person, judge: Judge, known: Set<string>): Promise<void> {
  const confirmed = files.filter((file) => file.confirmed)
  if (confirmed.length === 0) return
  const asked = { sha256: confirmed.map(({ sha256 }) => sha256) }
  const said = json<{ confirmed: string[] }>(await post(line, `/api/drafts/${draft}/files/check`, asked)).confirmed
  for (const { sha256 } of confirmed) {
    judge.check('uploads', said.includes(sha256), () => `${name}: ${sha256} was confirmed, now it isn't`)
    if (known.has(sha256)) continue
    const { status, bytes } = await request(line, 'GET', `/api/drafts/${draft}/files/${sha256}`)
    const digest = createHash('sha256').update(bytes).digest('hex')
    judge.check('uploads', status === 200 && digest === sha256, () => `${name}: ${sha256} comes back as ${status}, ${digest}`)
    known.add(sha256)
  }
}

async function judgeReceipts({ name, phone: { line }, draft, receipts }: Person, judge: Judge): Promise<void> {
  if (receipts.length === 0) return
  const listed = json<{ receipts: Receipt[] }>(await request(line, 'GET', `/api/drafts/${draft}/receipts`)).receipts
  for (const receipt of receipts) {
    const found = listed.filter(({ number }) => number === receipt.number).length
    judge.check('receipts', found === 1, () => `${name}: the receipt ${receipt.number} is listed ${found} times`)
    const verified = json<Verification>(await post(line, '/api/receipts/verify', { receipt }))
    judge.check('receipts', verified.valid && verified.standing !== undefined, () => `${name}: ${receipt.number}: ${JSON.stringify(verified)}`)
  }
}

async function judgeTables(everybody: readonly Person[], judge: Judge, databaseUrl: string): Promise<void> {
  const { broken, questions, durable, timesWritten } = await look(databaseUrl, [...mine])
  for (let i = broken.length; i < questions; i++) judge.check('whole', true, String)
  for (const { question, found } of broken) judge.check('whole', false, () => `${question}: ${found.join(', ')}`)
  judge.check('durable', durable, () => 'fsync, full_page_writes or synchronous_commit is off')
  for (const { name, phone } of everybody)
    for (const { operation, verdict } of phone.acknowledged) {
      if (typeof operation.value !== 'string' || !operation.value.startsWith(phone.device)) continue
      const times = timesWritten.get(JSON.stringify(operation.value)) ?? 0
      const expected = verdict.verdict === 'applied' ? 1 : 0
      judge.check('verdicts', times === expected, () => `${name}: ${operation.value} was written ${times} times`)
    }
}

/** The demonstration's applications are complete, whatever happened to the start that was to load them. */
export async function judgeSamples(line: Line, judge: Judge, databaseUrl: string): Promise<void> {
  const { call } = json<ServerInfo>(await request(line, 'GET', '/api/call'))
  const found = (await look(databaseUrl, [...mine])).samples
  const registers = samples.reduce((sum, sample) => sum + sample.registers(call).length, 0)
  const files = samples.reduce((sum, sample) => sum + new Set(sample.files.map(({ file }) => file.sha256)).size, 0)
  const whole = found.registers === registers && found.files === files
  judge.check('firstStart', whole, () => `${found.registers} of ${registers} registers, ${found.files} of ${files} files`)
}
