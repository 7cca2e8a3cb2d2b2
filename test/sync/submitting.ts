/** Histories in which a complete application is submitted: what was submitted never changes, and the server's clock decides. */
import { createHash, randomUUID } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { drafts, files, submissions } from '../../mock-server/db/schema'
import { openContent } from '../../mock-server/seal/content'
import { sealOf } from '../../mock-server/seal/draftSeal'
import { call2021 } from '../../src/domain/calls/2021'
import { testKeys } from '../support/keys'
import { technicianSample } from '../support/samples'
import type { World } from './history'
import type { Tab } from './tab'
import { Violation } from './violation'

const closes = Date.parse(call2021.closesAt)

/** The whole sample is written at once; its pictures are at the server already, as soon as the draft is. */
export async function fillIn(world: World, tab: Tab, draft: string): Promise<void> {
  const edits = technicianSample.registers(call2021).filter(({ path }) => path !== '$draft')
  await world.act(tab, (client) => client.write(draft, edits))
  // Consenting again is no loss of the first consent.
  for (const { path, value } of edits.filter(({ path }) => path !== '$consent')) world.model.note(draft, path, value, null, tab.device.name, world.step).saved = true
  world.complete = draft
}

/** Its files, as if another phone had sent them. */
export async function bringFiles({ complete, server }: World): Promise<void> {
  if (!complete) return
  const [there] = await server.db.select().from(drafts).where(eq(drafts.id, complete))
  if (!there) return
  const stored = await server.sampleFiles()
  const rows = technicianSample.files.map(({ file: { sha256, type, bytes } }) => ({
    draft: complete, sha256, type, bytes, state: 'confirmed' as const, stored: stored.get(sha256) ?? randomUUID(),
  }))
  await server.db.insert(files).values(rows).onConflictDoNothing()
}

export async function submit(world: World, tab: Tab): Promise<void> {
  const { complete, server, model } = world
  if (!complete) return
  await bringFiles(world)
  const told = (outcome: string) => world.record(`${tab.device.name}: submission ${outcome}`)
  const outcome = await world.act(tab, (client) =>
    client.submitDraft(complete).then(
      (receipt) => {
        model.receipts.push(receipt)
        told(`has receipt ${receipt.number}`)
      },
      (reason: { code?: string; message?: string }) => {
        told(`failed: ${reason.code ?? ''} ${reason.message ?? ''}`)
        if (reason.code === 'late' && server.skew === 0 && server.clock() < closes)
          model.broken.push('I13: a submission in time was called late')
      },
    ),
  )
  told('waiting' in outcome ? 'is on its way' : 'is over')
}

/** I12, I13: every receipt stands for exactly one submission, whose content has its digest and came in time. */
export async function checkSubmissions({ complete, server, model, restored }: World): Promise<void> {
  const [broken] = model.broken
  if (broken) throw new Violation(broken.slice(0, 3), broken)
  if (!complete) return
  const rows = await server.db.select().from(submissions).where(inArray(submissions.draft, [complete]))
  for (const { content, digest, number, at } of rows) {
    const text = openContent(await sealOf(server.db, testKeys, complete), number, content) ?? ''
    if (createHash('sha256').update(text).digest('hex') !== digest) throw new Violation('I12', `the content of ${number} has another digest`)
    if (at.getTime() >= closes) throw new Violation('I13', `${number} came at ${at.toISOString()}, after the closing instant`)
  }
  if (rows.filter(({ state }) => state === 'stands').length > 1) throw new Violation('I12', 'two submissions stand')
  for (const { number, digest, revision } of model.receipts) {
    const row = rows.find((one) => one.number === number)
    if (!row && restored) continue
    if (row?.digest !== digest || row.revision !== revision) throw new Violation('I12', `the receipt ${number} is for something else`)
  }
}
