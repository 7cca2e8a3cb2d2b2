/** After a kill: what the screen had promised is on the screen again. At the end: it is at the server, once. */
import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { sameValue, type Json, type PulledDraft } from '../../../src/domain/sync'
import { until } from '../server/processes'
import { look } from '../server/tables'
import type { Judge } from '../tally'
import type { Eyes, Seen } from './eyes'
import { stored } from './inside'

/** Opens every step of which something was promised, without a network. */
export async function judgePage(page: Page, url: string, promised: readonly Seen[], seen: readonly Seen[], judge: Judge): Promise<void> {
  for (const promise of promised) {
    await page.goto(url + promise.path)
    await page.locator('.line[role="status"]').waitFor()
    await shows(page, promise)
    const now = await read(page, promise)
    for (const [field, text] of Object.entries(promise.fields)) {
      if (text === '') continue
      // What was typed after the promise may be there as well, as far as it had come.
      const holds = (now.fields[field] ?? '').startsWith(text)
      judge.check('textKept', holds, () => `${promise.path} ${field}: 已存本机 stood over “${text}”, now it is “${now.fields[field]}”`)
    }
    if (seen.at(-1)?.path === promise.path) judge.figure('typed that long before a kill and lost by it (ms)', lostFor(seen, promise.path, now.fields))
    for (const [slot, cards] of Object.entries(promise.slots))
      if (cards > 0) {
        const there = now.slots[slot] ?? 0
        judge.check('photosKept', there >= cards, () => `${promise.path} ${slot}: ${cards} photos were shown, now ${there} can be seen`)
      }
  }
}

/** The age of the oldest text that was on the screen and is gone; by design some 300 ms at most. */
function lostFor(seen: readonly Seen[], path: string, now: Seen['fields']): number {
  // Since the page was opened: what is typed and left at once is another matter.
  const opened = seen.findLastIndex((one) => one.path !== path)
  const gone = seen.slice(opened + 1).find((one) => Object.keys(now).some((name) => !(now[name] ?? '').startsWith(one.fields[name] ?? '')))
  return gone ? (seen.at(-1)?.at ?? gone.at) - gone.at : 0
}

/** The page may still be reading: what it is waited for is only what was promised. */
async function shows(page: Page, promise: Seen): Promise<void> {
  const all = async () => {
    const now = await read(page, promise)
    const texts = Object.entries(promise.fields).every(([field, text]) => (now.fields[field] ?? '').startsWith(text))
    return texts && Object.entries(promise.slots).every(([slot, cards]) => (now.slots[slot] ?? 0) >= cards)
  }
  await until('the promised is shown', all, 15).catch(() => undefined)
}

/** What the same fields and slots hold now; a photo counts when its picture is drawn. */
const read = (page: Page, { fields, slots }: Seen): Promise<Pick<Seen, 'fields' | 'slots'>> =>
  page.evaluate(
    ([names, ids]) => {
      const found: Record<string, string> = {}
      for (const name of names) {
        const [slot, label] = name.split(' ')
        const place = label ? `[id="${slot}"] [aria-label="${label}"]` : `[id="${name}"]`
        const field = document.querySelector<HTMLInputElement>(place)
        if (field) found[name] = field.value
      }
      const drawn: Record<string, number> = {}
      for (const id of ids) {
        const pictures = [...document.querySelectorAll<HTMLImageElement>(`[id="${id}"] .photo img`)]
        for (const picture of pictures) picture.loading = 'eager'
        drawn[id] = pictures.filter((picture) => picture.complete && picture.naturalWidth > 0).length
      }
      return { fields: found, slots: drawn }
    },
    [Object.keys(fields), Object.keys(slots)] as const,
  )

/** Every file that the draft names has its bytes on this phone. */
export async function judgeBytes(page: Page, draft: string, judge: Judge): Promise<void> {
  for (const [sha256, digest] of Object.entries((await stored(page, draft)).files))
    judge.check('photosKept', digest === sha256, () => `${sha256} of the draft is ${digest ?? 'missing'} on the phone`)
}

export function judgeDurability(eyes: Eyes, judge: Judge): void {
  const loose = eyes.seen.at(-1)?.loose ?? 0
  judge.check('durable', loose === 0, () => `${loose} writes to the drafts were not strict`)
}

/** With the network back: the queue empties, and the server has what the phone has, each once. */
export async function judgeArrival(page: Page, draft: string, judge: Judge, databaseUrl: string): Promise<void> {
  const settled = async () => {
    const { outbox, uploads } = await stored(page, draft)
    return outbox.length === 0 && uploads.every(({ state }) => state === 'confirmed')
  }
  await until('everything has arrived', settled, 180).catch(() => undefined)
  const phone = await stored(page, draft)
  judge.check('sentLater', phone.outbox.length === 0, () => `still waiting: ${JSON.stringify(phone.outbox)}`)

  const server = await page.evaluate(async (id) => {
    const ask = async (path: string, body: unknown) =>
      (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json() as Promise<unknown>
    const pulled = (await ask('/api/sync/pull', { device: crypto.randomUUID(), client: 1, cursors: {} })) as { drafts: PulledDraft[] }
    return pulled.drafts.find((one) => one.id === id)
  }, draft)
  const there = new Map((server?.registers ?? []).map(({ path, value }) => [path, value]))
  for (const [path, value] of Object.entries(phone.registers))
    judge.check('sentLater', sameValue(there.get(path), value as Json), () => `${path}: ${JSON.stringify(value)} here, ${JSON.stringify(there.get(path))} there`)
  for (const path of there.keys())
    judge.check('verdicts', path in phone.registers, () => `${path} is only at the server`)

  for (const { sha256, state } of phone.uploads) {
    judge.check('photosKept', state === 'confirmed', () => `${sha256} is ${state}`)
    const bytes = await page.evaluate(async ([id, digest]) => {
      const reply = await fetch(`/api/drafts/${id}/files/${digest}`)
      return reply.ok ? [...new Uint8Array(await reply.arrayBuffer())] : null
    }, [draft, sha256] as const)
    const digest = bytes && createHash('sha256').update(Uint8Array.from(bytes)).digest('hex')
    judge.check('uploads', digest === sha256, () => `${sha256} is ${digest ?? 'missing'} at the server`)
  }
  const { broken, questions } = await look(databaseUrl, [])
  for (let i = broken.length; i < questions; i++) judge.check('whole', true, String)
  for (const { question, found } of broken) judge.check('whole', false, () => `${question}: ${found.join(', ')}`)
}
