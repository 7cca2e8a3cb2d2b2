import { beforeEach, describe, expect, it, vi } from 'vitest'
import { becomeAccount } from '../../src/data/adopt'
import { restoreDraft } from '../../src/data/drafts'
import { Refused, Unreachable } from '../../src/data/failure'
import { giveHandover, halvesOf, newCode, prepareHandover, readCode, Receiver, type Courier } from '../../src/data/handover'
import { phone } from '../../src/data/phone'
import { readDrafts } from '../../src/data/read'
import { importPackage } from '../../src/data/rescue/import'
import { setAside } from '../../src/data/rescue/setAside'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, newPhone, signIn, sync, take, view, type Phone } from './phones'

// The real number of rounds takes a second each; see rescueFile.test.ts for it.
vi.mock('../../src/data/rescue/format', async (original) => ({ ...(await original<object>()), ROUNDS: 500 }))

/** The server's part: keeps what it is given, and says what a fault is about. */
class Office implements Courier {
  readonly kept = new Map<string, Blob | null>()
  failures: unknown[] = []
  /** Bytes after which the next download breaks off. */
  breakAfter = Infinity
  /** Bytes that were sent to receivers. */
  carried = 0
  async give(id: string, file: Blob, onProgress: (sent: number) => void) {
    const failure = this.failures.shift()
    if (failure) throw failure
    if (this.kept.has(id)) throw refused(409, 'exists')
    this.kept.set(id, file)
    onProgress(file.size)
    return { expiresAt: '2021-04-20T01:30:00.000Z' }
  }
  async state(id: string) {
    const file = this.kept.get(id)
    if (file === undefined) throw refused(404, 'not-found')
    const state = file ? ('waiting' as const) : ('taken' as const)
    return { state, bytes: file?.size ?? 0, expiresAt: '2021-04-20T01:30:00.000Z' }
  }
  async take(id: string, parts: Blob[], onProgress: (got: number) => void) {
    const file = this.kept.get(id)
    if (!file) throw refused(410, 'taken')
    let got = parts.reduce((sum, part) => sum + part.size, 0)
    while (got < file.size) {
      const part = file.slice(got, Math.min(got + 1000, file.size))
      this.carried += part.size
      got += part.size
      parts.push(part)
      onProgress(got)
      if (got > this.breakAfter) {
        this.breakAfter = Infinity
        throw new Unreachable('line')
      }
    }
  }
  async done(id: string) {
    if (this.kept.has(id)) this.kept.set(id, null)
  }
}

let server: FakeServer
let office: Office
let mine: Phone
beforeEach(() => {
  server = new FakeServer()
  office = new Office()
  mine = newPhone(server)
})
const quiet = () => undefined

async function given(): Promise<{ draft: string; code: string; id: string }> {
  const draft = await beginDraft()
  await edit(draft, 'employer', '无锡机床股份有限公司')
  await addPhoto(draft, 'licence', '营业执照'.repeat(500))
  const prepared = await prepareHandover(draft)
  await giveHandover(prepared, office, quiet)
  return { draft, code: prepared.code, id: prepared.id }
}
async function receive(code: string): Promise<string> {
  const { opened, done } = await new Receiver(code, office).receive(quiet)
  const draft = await importPackage(opened)
  await done()
  return draft
}

describe('a code', () => {
  it('is read as it is typed by a thumb, copied or scanned', () => {
    const code = newCode()
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    const bare = code.replaceAll('-', '')
    for (const typed of [code, bare, code.toLowerCase(), code.replaceAll('-', ' '), ` ${code}\n`, `https://jiangshen.example/move#${code}`])
      expect(readCode(typed)).toBe(code)
    expect(readCode('ＡＢＣＤ－efgh－2345')).toBe('ABCD-EFGH-2345')
    // Nobody was ever shown a 1 or an I.
    expect(readCode('ABCD-EFG1-234I')).toBe('ABCD-EFGL-234L')
  })

  it('that can’t be one is not sent anywhere', () => {
    for (const typed of ['', 'ABCD', 'ABCD-EFGH-234', 'ABCD-EFGH-23456', 'ABCD-EFGH-2340', '转移码转移码转移码转移码'])
      expect(readCode(typed)).toBeNull()
  })

  it('never comes twice, and gives the server nothing that opens the package', async () => {
    expect(new Set(Array.from({ length: 200 }, newCode)).size).toBe(200)
    const code = newCode()
    const [once, again] = [await halvesOf(code), await halvesOf(code)]
    expect(once).toEqual(again)
    expect(once.id).toMatch(/^[0-9a-f]{64}$/)
    expect(once.password).toMatch(/^[0-9a-f]{64}$/)
    expect(once.password).not.toBe(once.id)
  })
})

describe('a draft on its way to another phone', () => {
  it('comes in with its photos, without an account, and its giver is told', async () => {
    const { draft, code, id } = await given()
    expect((await office.state(id)).state).toBe('waiting')
    const sealed = new TextDecoder('latin1').decode(await office.kept.get(id)?.arrayBuffer())
    expect(sealed).not.toContain('employer')
    newPhone(server)
    expect(await receive(code)).toBe(draft)
    expect((await view(draft)).answers.employer).toBe('无锡机床股份有限公司')
    expect((await office.state(id)).state).toBe('taken')
    await expect(new Receiver(code, office).receive(quiet)).rejects.toMatchObject({ code: 'taken' })
  })

  it('fault 4: goes on where a download broke off', async () => {
    const { code, id, draft } = await given()
    newPhone(server)
    office.breakAfter = 3000
    const receiver = new Receiver(code, office)
    await expect(receiver.receive(quiet)).rejects.toBeInstanceOf(Unreachable)
    const { opened } = await receiver.receive(quiet)
    expect(opened.content.draft.id).toBe(draft)
    expect(office.carried).toBe(office.kept.get(id)?.size)
  })

  it('fault 13: is given once, also when the answer to giving it got lost', async () => {
    const draft = await beginDraft()
    const prepared = await prepareHandover(draft)
    office.failures = [new Unreachable('lost')]
    await expect(giveHandover(prepared, office, quiet)).rejects.toBeInstanceOf(Unreachable)
    await giveHandover(prepared, office, quiet)
    expect(await giveHandover(prepared, office, quiet)).toBe('2021-04-20T01:30:00.000Z')
    expect(office.kept.size).toBe(1)
  })

  it('isn’t found under another code', async () => {
    await given()
    await expect(new Receiver(newCode(), office).receive(quiet)).rejects.toBeInstanceOf(Refused)
  })

  it('goes there and back again: the later writing counts, and nothing comes twice', async () => {
    const { draft, code } = await given()
    const other = newPhone(server)
    await receive(code)
    await edit(draft, 'employer', '在另一台手机上改的')
    const prepared = await prepareHandover(draft)
    await giveHandover(prepared, office, quiet)
    take(mine)
    await edit(draft, 'name', '陈志远')
    await receive(prepared.code)
    expect((await view(draft)).answers).toMatchObject({ employer: '在另一台手机上改的', name: '陈志远' })
    await signIn(mine, chen)
    await sync()
    await signIn(other, chen).catch(() => undefined)
    expect((await view(draft)).delivery.conflicts).toBe(0)
    expect(server.value(draft, 'employer')).toBe('在另一台手机上改的')
  })
})

describe('the draft that stays behind', () => {
  it('in a guest’s bin never deletes the one that went, whoever signs in here later', async () => {
    const { draft, code } = await given()
    const second = await beginDraft()
    const other = newPhone(server)
    await receive(code)
    await signIn(other, chen)
    await sync()
    take(mine)
    await setAside(draft)
    expect((await readDrafts()).filter(({ deleted }) => !deleted).map(({ id }) => id)).toEqual([second])
    mine.wire.session = chen
    await becomeAccount(chen, true)
    mine.name = phone().db.name
    await sync()
    expect(server.value(draft, '$deleted')).toBeUndefined()
    const binned = (await readDrafts()).find(({ deleted }) => deleted)
    if (!binned) throw new Error('the bin is empty')
    await restoreDraft(binned.id)
    expect((await view(binned.id)).answers.employer).toBe('无锡机床股份有限公司')
    expect((await view(draft)).deleted).toBe(false)
  })
})
