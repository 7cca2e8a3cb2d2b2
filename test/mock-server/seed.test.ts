import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contextOf } from '../../mock-server/app'
import { sampleDraft, seed } from '../../mock-server/demo/seed'
import { diskStorage } from '../../mock-server/files/storage'
import { createHash } from 'node:crypto'
import { call2021 } from '../../src/domain/calls/2021'
import { formOf } from '../../src/domain/forms'
import { assemble } from '../../src/domain/answers'
import { canonicalJson, submittedContent } from '../../src/domain/submission'
import { samples } from '../support/samples'
import { testKeys } from '../support/keys'
import { application, nineOClock, phoneOf, signIn } from './application'

const files = diskStorage(await mkdtemp(join(tmpdir(), 'jiangshen-seed-')))
const server = await application({ files })

it('the sample applications are loaded once, and both can be submitted as they stand', async () => {
  const sms = { send: () => Promise.resolve() }
  const context = await contextOf({ db: server.db, files, clock: () => nineOClock, sms, demonstration: true, keys: testKeys, call: call2021 })
  await seed(context)
  await seed(context)
  for (const { id, phone, award, files: own } of samples) {
    const person = await signIn(server, phone)
    const { drafts } = await phoneOf(person).pull()
    expect(drafts.map((draft) => draft.id)).toEqual([sampleDraft(id)])
    const [draft] = drafts
    const answers = assemble(
      formOf(award),
      (draft?.registers ?? []).map(({ path, value }) => [path, value] as const),
    )
    const digest = createHash('sha256')
      .update(canonicalJson(submittedContent(formOf(award), '2021', answers)))
      .digest('hex')
    const body = { revision: draft?.revision, digest }
    const reply = await person.ask('POST', `/api/drafts/${sampleDraft(id)}/submissions`, body, {
      'idempotency-key': `key-of-${id}`,
    })
    expect(reply.body).toMatchObject({ draft: sampleDraft(id), digest })
    const [first] = own
    const stored = await person.ask('GET', `/api/drafts/${sampleDraft(id)}/files/${first?.file.sha256}`)
    expect(stored.status).toBe(200)
  }
})
