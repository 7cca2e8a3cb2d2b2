/** How much is sent twice when the line is cut so often: the phone's real uploader, a real server, a line between them. */
import { createHash } from 'node:crypto'
import { PatchBytes } from '../support/patchBytes'
import { Proxy } from '../support/proxy'
import { Random } from '../sync/random'
import { phoneAt, signIn, type Phone } from './phone'
import { pictureOf, type Picture } from './pictures'
import { plainDigests, plainUpload, type PlainServer } from './plain'

export interface Resent {
  bytes: number
  cuts: number
  /** Bytes of the file that went up more than once, as a share of the file. */
  again: number
  /** All that went up beyond the file (requests' heads, questions), as a share of the file. */
  beyond: number
  wrong: boolean
}

export interface Line {
  /** Bytes per second upwards; Infinity: as fast as the machine. */
  rate: number
  /** ms each way. */
  latency: number
}

export interface ResentRun {
  files: number
  cuts: number
  seed: number
  /** Bytes, the smallest and the largest file. */
  sizes: readonly [number, number]
  line: Line
  /** Files at once, each on a phone and a line of its own. */
  atOnce: number
}

/** Sends one file over a line of its own. Resolves with whether what arrived is what was sent. */
type Send = (picture: Picture) => Promise<boolean>

/** The phone's uploader, as the drain calls it. */
export function measureResent(server: { host: string; port: number }, run: ResentRun): Promise<Resent[]> {
  return measure(server, run, async (phone) => {
    await signIn(phone)
    const draft = await phone.createDraft('technician', '2021')
    await phone.drain()
    const wire = await phone.wire()
    return async ({ sha256, buf }) => {
      let url = ''
      for (let rounds = 0; ; rounds++) {
        const onUrl = async (now: string) => void (url = now)
        const upload = { draft, sha256, type: 'image/jpeg', buf, onUrl, onProgress: () => undefined }
        try {
          await wire.upload(url ? { ...upload, url } : upload)
          break
        } catch (reason) {
          if (rounds > run.cuts) throw reason
        }
      }
      const back = await wire.file(draft, sha256)
      return createHash('sha256').update(new Uint8Array(back)).digest('hex') === sha256
    }
  })
}

/** The libraries as they come. */
export function measurePlain(server: PlainServer, run: ResentRun): Promise<Resent[]> {
  return measure(server, run, async (phone) => async ({ sha256, buf }) => {
    await plainUpload(phone, buf)
    return (await plainDigests(server.folder)).has(sha256)
  })
}

async function measure(
  server: { host: string; port: number },
  run: ResentRun,
  sender: (phone: Phone) => Promise<Send>,
): Promise<Resent[]> {
  const found: Resent[] = []
  let next = 0
  const worker = async () => {
    const proxy = new Proxy(server, run.line.latency)
    const phone = await phoneAt(await proxy.listen())
    const send = await sender(phone)
    if (run.line.rate < Infinity) proxy.set('up', { kind: 'slow', rate: run.line.rate })
    while (next < run.files) {
      const random = new Random(run.seed + next++)
      found.push(await oneFile(send, proxy, await pictureOf(random.whole(...run.sizes), random), run.cuts, random))
    }
    phone.switchOff()
    await proxy.close()
  }
  await Promise.all(Array.from({ length: Math.min(run.atOnce, run.files) }, worker))
  return found
}

async function oneFile(send: Send, proxy: Proxy, picture: Picture, cuts: number, random: Random): Promise<Resent> {
  const bytes = picture.buf.byteLength
  const places = Array.from({ length: cuts }, () => random.whole(1, bytes - 1)).sort((a, b) => a - b)
  const carried = new PatchBytes()
  const before = proxy.carried.up
  let done = 0
  proxy.watch = (piece) => {
    const place = places[done]
    const taken = carried.take(piece, place)
    if (place === undefined || carried.count < place) return null
    done += 1
    carried.reset()
    return { most: taken, reset: random.chance(0.5) }
  }
  const right = await send(picture)
  proxy.watch = null
  return { bytes, cuts: done, again: carried.count / bytes - 1, beyond: (proxy.carried.up - before) / bytes - 1, wrong: !right }
}
