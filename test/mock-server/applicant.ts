/** Applicants with a complete application on the server, its files confirmed. */
import { createHash, randomUUID } from 'node:crypto'
import { assemble, type AnyAnswers } from '../../src/domain/answers'
import { call2021 } from '../../src/domain/calls/2021'
import { formOf } from '../../src/domain/forms'
import { canonicalJson, submittedContent, type Receipt } from '../../src/domain/submission'
import { files } from '../../mock-server/db/schema'
import { samples, type Sample } from '../support/samples'
import { phoneOf, signIn, type Application, type Person, type Phone } from './application'

export interface Applicant extends Person {
  device: Phone
  draft: string
  /** What the phone would ask to submit now. */
  asked(): Promise<{ revision: number; digest: string }>
  submit(body?: unknown, key?: string): ReturnType<Person['ask']>
}

/** @param sample complete; @param without paths that are not pushed */
export async function applicant(
  server: Application,
  award: Sample['award'] = 'technician',
  without: readonly string[] = [],
): Promise<Applicant> {
  const sample = samples.find((one) => one.award === award)
  if (!sample) throw new Error(`No sample of a ${award}`)
  const person = await signIn(server)
  const device = phoneOf(person)
  const draft = randomUUID()
  const changes = sample
    .registers(call2021)
    .filter(({ path }) => !without.includes(path))
    .map((register) => ({ draft, ...register }))
  for (let from = 0; from < changes.length; from += 100) await device.push(changes.slice(from, from + 100))
  await confirm(server, draft, sample)
  const asked = async () => {
    const pulled = (await device.pull()).drafts.find(({ id }) => id === draft)
    const answers = assemble(
      formOf(award),
      (pulled?.registers ?? []).map(({ path, value }) => [path, value] as const),
    )
    return { revision: pulled?.revision ?? 0, digest: digestOf(award, answers) }
  }
  const submit: Applicant['submit'] = async (body, key = randomUUID()) =>
    person.ask('POST', `/api/drafts/${draft}/submissions`, body ?? (await asked()), { 'idempotency-key': key })
  return { ...person, device, draft, asked, submit }
}

function digestOf(award: Sample['award'], answers: AnyAnswers): string {
  return createHash('sha256')
    .update(canonicalJson(submittedContent(formOf(award), '2021', answers)))
    .digest('hex')
}

/** As if every file had been uploaded; uploads.test.ts does it for real. */
async function confirm({ db }: Application, draft: string, sample: Sample): Promise<void> {
  const facts = [...new Map(sample.files.map(({ file }) => [file.sha256, file])).values()]
  await db
    .insert(files)
    .values(
      facts.map(({ sha256, type, bytes }) => ({ draft, sha256, type, bytes, state: 'confirmed' as const, stored: randomUUID() })),
    )
}

export const asReceipt = (body: unknown) => body as Receipt
