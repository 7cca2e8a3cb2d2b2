/** Whatever was sent: what stands on the server is sound, and people go on working. */
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { assemble } from '../../../src/domain/answers'
import { call2021 } from '../../../src/domain/calls/2021'
import { formOf } from '../../../src/domain/forms'
import { problemsOf } from '../../../src/domain/forms/problems'
import { submissionVerdicts } from '../../../src/domain/rules/eligibility'
import { parsePath, type PulledDraft } from '../../../src/domain/sync'
import { begin, phoneOf, signIn, type Application, type Person } from '../../mock-server/application'

export async function oddities(server: Application, people: readonly Person[]): Promise<string[]> {
  const found: string[] = []
  await asking(server, found)
  for (const person of people) await everyDraftOpens(person, found)
  await nothingOddIsStored(server, found)
  return found
}

/** A person who comes now signs in, types, and has it on another phone. */
async function asking(server: Application, found: string[]): Promise<void> {
  const person = await signIn(server)
  const draft = randomUUID()
  const verdicts = await phoneOf(person).push([begin(draft), { draft, path: 'name', value: '陈志远' }])
  if (verdicts.some(({ verdict }) => verdict !== 'applied')) found.push('a new phone could not sync')
  const [pulled] = (await phoneOf(person).pull()).drafts
  if (pulled?.registers.at(-1)?.value !== '陈志远') found.push('a new phone did not get what was typed')
  if ((await person.ask('GET', '/api/ready')).status !== 200) found.push('not ready')
}

async function everyDraftOpens(person: Person, found: string[]): Promise<void> {
  const pulled = await phoneOf(person).pull()
  if (!Array.isArray(pulled.drafts)) return void found.push(`pulling answered ${JSON.stringify(pulled)}`)
  for (const draft of pulled.drafts) {
    const facts = draft.registers.find(({ path }) => path === '$draft')?.value as { award: 'studio' | 'technician' } | undefined
    if (!facts) found.push(`${draft.id} has no beginning`)
    else opens(draft, facts.award, found)
    const body = { revision: draft.revision, digest: '0'.repeat(64) }
    const { status } = await person.ask('POST', `/api/drafts/${draft.id}/submissions`, body, { 'idempotency-key': randomUUID() })
    if (status !== 409 && status !== 429) found.push(`submitting ${draft.id} answered ${status}`)
    const history = await person.ask('GET', `/api/drafts/${draft.id}/history`)
    if (history.status !== 200) found.push(`the history of ${draft.id} answered ${history.status}`)
  }
}

/** As a phone does: every place is known, and the rules judge it without stumbling. */
function opens({ id, registers, conflicts }: PulledDraft, award: 'studio' | 'technician', found: string[]): void {
  const form = formOf(award)
  for (const { path } of [...registers, ...conflicts]) if (!parsePath(form, path)) found.push(
    `${id} holds ${JSON.stringify(path)}`,
  )
  try {
    const answers = assemble(form, registers.map(({ path, value }) => [path, value] as const))
    problemsOf(form, answers, call2021)
    submissionVerdicts(form, answers, call2021)
  } catch (error) {
    found.push(`${id} can't be checked: ${String((error as Error).stack).split('\n').slice(0, 3).join(' ')}`)
  }
}

async function nothingOddIsStored({ db, folder }: Application, found: string[]): Promise<void> {
  const checks: Record<string, string> = {
    'a number that is none': `select phone from accounts where phone !~ '^1[3-9][0-9]{9}$'`,
    'a path that is a prototype': `select path from registers where path like '%\\_\\_proto\\_\\_%' or path ~ '(^|/)(constructor|prototype)(/|$)'`,
    'a draft of no award': `select id from drafts where award not in ('studio', 'technician') or call <> '2021'`,
    'a revision that does not fit': `select d.id from drafts d join registers r on r.draft = d.id group by d.id having max(r.version) > d.revision`,
    'a file of another type': `select type from files where type not in ('image/jpeg', 'application/pdf') or sha256 !~ '^[0-9a-f]{64}$'`,
    'a handover with an odd name': `select id from handovers where id !~ '^[0-9a-f]{64}$'`,
  }
  for (const [what, query] of Object.entries(checks)) {
    const { rows } = await db.$client.query(query)
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows[0])}`)
  }
  for (const stored of await readdir(folder)) if (!/^[0-9a-f]{32}(\.json)?$/.test(stored)) found.push(`a file named ${stored}`)
  if (Object.keys(Object.prototype).length > 0) found.push('the prototype of all objects has grown')
}
