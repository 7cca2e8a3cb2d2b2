/** Submission: only what the server confirms counts. Nothing here ever looks submitted before the receipt is stored. */
import { digestOf, submittedContent, type Receipt } from '../domain/submission'
import { sendDraft, whileNobodySends } from './drain'
import { ownerOf, phone, type Phone } from './phone'
import { pullAll } from './pull'
import { pushAll } from './push'
import { readDraft, type Delivery } from './read'
import { wire } from './wire'

/** Not sent because something of the draft is still on this phone only; the sentence says what. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

export const sha256 = async (text: string): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Sends everything, then submits exactly what stands on this screen: the server compares revision and digest.
 * Resolves with the receipt once it is stored here. Throws `Unreachable`, `Refused` (late, incomplete …) or `NotReady`.
 * A second call for the same content carries the same key: however often it is tapped, there is one submission.
 */
export async function submitDraft(id: string): Promise<Receipt> {
  const home = phone()
  if ((await ownerOf(home.db)).account === null) throw new NotReady('请先登录，再提交')
  const server = await wire()
  await sendDraft(server, home, id)
  return whileNobodySends(home, async () => {
    await pushAll(server, home)
    await pullAll(server, home)
    const view = await readDraft(id, home)
    if (!view) throw new NotReady('这份草稿不在本机')
    // What this form doesn't know would be missing from what is submitted.
    if (view.readOnly) throw new NotReady(view.readOnly)
    assertSent(view.delivery)
    const digest = await digestOf(submittedContent(view.form, view.callId, view.answers), sha256)
    const { key } = await attemptFor(home, id, view.revision, digest)
    const receipt = await server.submit(id, { revision: view.revision, digest }, key)
    await keepReceipt(receipt, key, home)
    return receipt
  })
}

function assertSent({ waiting, held, refused, unconfirmed, refusedFiles, blockingConflicts }: Delivery): void {
  if (held > 0) throw new NotReady('证件号和银行卡还没有同意同步，请先同意')
  if (refused.length > 0) throw new NotReady(`有 ${refused.length} 处服务器没有接受，请先处理`)
  if (refusedFiles > 0) throw new NotReady(`有 ${refusedFiles} 个文件服务器没有接受，请重新拍或换一个文件`)
  if (waiting > 0 || unconfirmed > 0) throw new NotReady('还有内容没有传完，请稍等再提交')
  if (blockingConflicts > 0) throw new NotReady(`有 ${blockingConflicts} 处两台设备改得不一样，请先选定`)
}

/** The key of this content: the earlier one where its answer may only have got lost, else a new one. */
function attemptFor({ db }: Phone, id: string, revision: number, digest: string): Promise<{ key: string }> {
  const fresh = { key: crypto.randomUUID(), revision, digest }
  return db.transaction('rw', db.drafts, async () => {
    const attempt = (await db.drafts.get(id))?.attempt
    if (attempt?.revision === revision && attempt.digest === digest) return attempt
    await db.drafts.update(id, { attempt: fresh })
    return fresh
  })
}

/** 撤回: afterwards nothing is submitted. */
export async function withdrawDraft(id: string): Promise<void> {
  const home = phone()
  const server = await wire()
  await whileNobodySends(home, async () => {
    await server.withdraw(id)
    await home.db.drafts.update(id, { attempt: undefined, lost: undefined, payload: await home.codec.seal({ submission: null }) })
  })
}

async function keepReceipt(receipt: Receipt, key: string, { db, codec }: Phone): Promise<void> {
  const { draft, number, revision, at, digest } = receipt
  const payload = await codec.seal({ submission: { receipt: number, revision, at } })
  const sealed = await codec.seal({ receipt })
  await db.transaction('rw', [db.drafts, db.receipts], async () => {
    await db.drafts.update(draft, { payload, attempt: { key, revision, digest, done: true }, lost: undefined })
    await db.receipts.put({ number, draft, payload: sealed })
  })
}

/** The receipts of a draft that are on this phone, newest first; without a network too. */
export async function receiptsOf(draft: string): Promise<Receipt[]> {
  const { db, codec } = phone()
  const rows = await db.receipts.where('draft').equals(draft).toArray()
  const opened = await Promise.all(rows.map(async ({ payload }) => (await codec.open(payload)).receipt))
  return opened.sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** Fetches the receipts of a draft that was submitted on another device. */
export async function fetchReceipts(draft: string): Promise<void> {
  for (const receipt of await (await wire()).receipts(draft)) {
    const { db, codec } = phone()
    await db.receipts.put({ number: receipt.number, draft, payload: await codec.seal({ receipt }) })
  }
}
