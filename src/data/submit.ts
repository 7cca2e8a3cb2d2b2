/** Submission: only what the server confirms counts. Nothing here ever looks submitted before the receipt is stored. */
import { digestOf, submittedContent, type Receipt } from '../domain/submission'
import { phone } from './phone'
import { pullAll } from './pull'
import { pushAll } from './push'
import { readDraft } from './read'
import { uploadAll } from './upload'
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
  const { db, codec } = phone()
  const server = await wire()
  await pushAll(server)
  await pullAll(server)
  await uploadAll(server)
  const view = await readDraft(id)
  if (!view) throw new NotReady('这份草稿不在本机')
  const { waiting, held, refused, unconfirmed, conflicts } = view.delivery
  if (held > 0) throw new NotReady('证件号和银行卡还没有同意同步，请先同意')
  if (refused.length > 0) throw new NotReady(`有 ${refused.length} 处服务器没有接受，请先处理`)
  if (waiting > 0 || unconfirmed > 0) throw new NotReady('还有内容没有传完，请稍等再提交')
  if (conflicts > 0) throw new NotReady('有内容在两台设备上改得不一样，请先选定')

  const digest = await digestOf(submittedContent(view.form, view.callId, view.answers), sha256)
  const row = await db.drafts.get(id)
  const opened = row ? await codec.open(row.payload) : {}
  const same = opened.attempt?.revision === view.revision && opened.attempt.digest === digest
  const attempt = same && opened.attempt ? opened.attempt : { key: crypto.randomUUID(), revision: view.revision, digest }
  await db.drafts.update(id, { payload: await codec.seal({ ...opened, attempt }) })

  const receipt = await server.submit(id, { revision: view.revision, digest }, attempt.key)
  await keepReceipt(receipt)
  return receipt
}

/** 撤回: afterwards nothing is submitted. */
export async function withdrawDraft(id: string): Promise<void> {
  const { db, codec } = phone()
  await (await wire()).withdraw(id)
  const row = await db.drafts.get(id)
  if (!row) return
  const { attempt: _, ...rest } = await codec.open(row.payload)
  await db.drafts.update(id, { payload: await codec.seal({ ...rest, submission: null }) })
}

async function keepReceipt(receipt: Receipt): Promise<void> {
  const { db, codec } = phone()
  const { draft, number, revision, at } = receipt
  const row = await db.drafts.get(draft)
  const payload = await codec.seal({ ...(row ? await codec.open(row.payload) : {}), submission: { receipt: number, revision, at } })
  const sealed = await codec.seal({ receipt })
  await db.transaction('rw', [db.drafts, db.receipts], async () => {
    await db.drafts.update(draft, { payload })
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
