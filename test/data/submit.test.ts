import { beforeEach, describe, expect, it } from 'vitest'
import { readConflictCards, settleCard } from '../../src/data/conflictCards'
import { consent } from '../../src/data/drafts'
import { draftState } from '../../src/data/draftState'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { fetchReceipts, NotReady, receiptsOf, sha256, submitDraft, withdrawDraft } from '../../src/data/submit'
import { retryUpload } from '../../src/data/upload'
import { digestOf, submittedContent } from '../../src/domain/submission'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, newPhone, phoneOf, sync, take, view, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
})
const submits = () => server.requests.filter(({ call }) => call === 'submit').length
const receipts = () => server.drafts.get(draft)?.receipts ?? []

describe('submitting', () => {
  it('sends everything first, and keeps the receipt on the phone', async () => {
    await addPhoto(draft, 'licence', '营业执照')
    const receipt = await submitDraft(draft)
    expect(receipt.files).toBe(1)
    expect((await view(draft)).submission?.receipt).toBe(receipt.number)
    expect(await receiptsOf(draft)).toEqual([receipt])
  })

  it('fault 49: tapped twice gives one receipt', async () => {
    const [first, second] = await Promise.all([submitDraft(draft), submitDraft(draft)])
    expect(second).toEqual(first)
    expect(receipts()).toHaveLength(1)
    expect(await submitDraft(draft)).toEqual(first)
  })

  it('goes on with the same key after a lost answer, also on a page that was opened again', async () => {
    server.lose('submit', 'answer')
    await expect(submitDraft(draft)).rejects.toThrow('没有连上服务器')
    expect((await view(draft)).submission).toBeNull()
    await submitDraft(draft)
    expect(submits()).toBe(2)
    expect(receipts()).toHaveLength(1)
  })

  it('fault 35: is said to be lost by a server that was restored from a backup, until it is submitted again', async () => {
    const receipt = await submitDraft(draft)
    const there = server.drafts.get(draft)
    if (!there) throw new Error('no draft')
    there.submission = null
    server.epoch = 'after the backup'
    await sync()
    const lost = await view(draft)
    expect(lost).toMatchObject({ submission: null, lost: receipt.number })
    expect(draftState(lost).note).toContain(`${receipt.number} 那次提交不在了，请重新提交`)
    await sync()
    expect((await view(draft)).lost).toBe(receipt.number)
    await submitDraft(draft)
    expect((await view(draft)).lost).toBeNull()
    await sync()
    expect(draftState(await view(draft))).toMatchObject({ kind: 'submitted', note: '' })
  })

  it('beside a running drain sends each operation once', async () => {
    await Promise.all([drain(), submitDraft(draft), drain()])
    expect(server.effects.map(({ seq }) => seq)).toEqual([1, 2])
    expect(receipts()).toHaveLength(1)
  })

  it('without a network submits nothing and shows nothing as submitted', async () => {
    server.lose('push', 'request')
    server.lose('whoAmI', 'request')
    await expect(submitDraft(draft)).rejects.toMatchObject({ name: 'Unreachable' })
    expect((await view(draft)).submission).toBeNull()
    expect(submits()).toBe(0)
  })

  it('after the deadline is refused, and the draft stays', async () => {
    server.now = Date.parse('2021-04-25T16:00:00Z')
    await expect(submitDraft(draft)).rejects.toMatchObject({ code: 'late' })
    expect(await view(draft)).toMatchObject({ submission: null, answers: { employer: '无锡精密' } })
  })

  it('of a guest asks to sign in', async () => {
    newPhone(server)
    const guests = await beginDraft()
    await expect(submitDraft(guests)).rejects.toThrow('请先登录')
    expect(server.requests).toEqual([])
  })

  it('of one draft is not held up by another one’s photo', async () => {
    const other = await beginDraft()
    const file = await addPhoto(other, 'licence', '另一份的')
    server.failUpload = (sha256) => (sha256 === file.sha256 ? refused(503, 'busy') : null)
    expect((await submitDraft(draft)).draft).toBe(draft)
  })
})

/** Another phone of the same person writes first; what is written here then makes a conflict. */
async function disagree(path: string, there: string, here: string): Promise<void> {
  await sync()
  const two = await phoneOf(server)
  await sync()
  await edit(draft, path, there)
  await sync(two)
  take(mine)
  await edit(draft, path, here)
  await sync()
}

it('what nobody has to answer is submitted as it stands while two phones disagree about it', async () => {
  await disagree('fax', '0510-80000001', '0510-80000002')
  const { digest } = await submitDraft(draft)
  const standing = await view(draft)
  expect(standing.answers.fax).toBe('0510-80000001')
  expect(standing.delivery).toMatchObject({ conflicts: 1, blockingConflicts: 0 })
  expect(await digestOf(submittedContent(standing.form, '2021', standing.answers), sha256)).toBe(digest)
})

describe('nothing is submitted while', () => {
  /** Why it was not submitted; nothing was asked of the server. */
  const refusal = async () => {
    const failed: unknown = await submitDraft(draft).catch((reason: unknown) => reason)
    if (!(failed instanceof NotReady) || submits() > 0) throw new Error('submitted, or failed otherwise', { cause: failed })
    return failed.message
  }

  it('a sensitive answer waits for the consent', async () => {
    await edit(draft, 'idNumber', '320214198506159714')
    expect(await refusal()).toContain('同意')
    await consent(draft, '2021-1')
    expect((await submitDraft(draft)).draft).toBe(draft)
  })

  it('the server does not accept an answer', async () => {
    server.rejectPath = (path) => path === 'employer'
    expect(await refusal()).toContain('1 处')
  })

  it('the server does not accept a photo, and it goes when its user tries again', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(415, 'unsupported', '这不是照片')
    expect(await refusal()).toContain('文件')
    server.failUpload = () => null
    await retryUpload(draft, sha256)
    expect((await submitDraft(draft)).files).toBe(1)
  })

  it('fault 50: two phones disagree about who applies, until somebody has chosen', async () => {
    await disagree('employer', '乙厂', '甲厂')
    expect(await refusal()).toContain('有 1 处两台设备改得不一样')
    const [card] = await readConflictCards(draft, 'technician')
    if (!card) throw new Error('no conflict')
    await settleCard(draft, card, '甲厂')
    await submitDraft(draft)
    expect(server.value(draft, 'employer')).toBe('甲厂')
  })

  it('something is typed at the last moment', async () => {
    await sync()
    server.meanwhile.confirmed = undefined
    server.meanwhile.pull = async () => {
      server.meanwhile.pull = () => edit(draft, 'employer', '最后一刻')
    }
    expect(await refusal()).toContain('没有传完')
  })
})

describe('after a submission', () => {
  it('an edit opens a new revision and the submitted one stands', async () => {
    const first = await submitDraft(draft)
    await edit(draft, 'employer', '改过的')
    await sync()
    const { submission, revision } = await view(draft)
    expect(submission?.receipt).toBe(first.number)
    expect(revision).toBeGreaterThan(submission?.revision ?? 0)
    const second = await submitDraft(draft)
    expect(second.number).not.toBe(first.number)
    expect(second.digest).not.toBe(first.digest)
  })

  it('everything can be withdrawn, and then nothing is submitted', async () => {
    const first = await submitDraft(draft)
    await withdrawDraft(draft)
    expect((await view(draft)).submission).toBeNull()
    await sync()
    expect((await view(draft)).submission).toBeNull()
    expect((await submitDraft(draft)).number).not.toBe(first.number)
  })

  it('a withdrawal whose answer was lost never brings the old receipt back', async () => {
    const first = await submitDraft(draft)
    server.lose('withdraw', 'answer')
    await expect(withdrawDraft(draft)).rejects.toMatchObject({ name: 'Unreachable' })
    const second = await submitDraft(draft)
    expect(second.number).not.toBe(first.number)
    expect(server.drafts.get(draft)?.submission?.receipt).toBe(second.number)
  })

  it('another phone shows it and fetches the receipt', async () => {
    const receipt = await submitDraft(draft)
    await phoneOf(server)
    await sync()
    expect((await view(draft)).submission?.receipt).toBe(receipt.number)
    await fetchReceipts(draft)
    expect(await receiptsOf(draft)).toEqual([receipt])
    expect((await phone().db.drafts.get(draft))?.attempt).toBeUndefined()
  })
})
