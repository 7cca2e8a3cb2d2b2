/**
 * Every route of the contract with what nobody would send. `npm run test:fuzz -- --requests 50000` runs more,
 * `--seed N` others, `--from N --requests 1` a single one again.
 */
import { Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { application, begin, phoneOf, signIn, type Person } from '../../mock-server/application'
import { applicant } from '../../mock-server/applicant'
import { Random } from '../../sync/random'
import { uploaderOf } from '../../mock-server/uploader'
import { photo, sha256 } from '../../mock-server/pictures'
import { oddities } from './aftermath'
import { routesOf } from './contract'
import { faultIn, send } from './judge'
import { ending, requestOf } from './request'

const requests = Number(process.env.FUZZ_REQUESTS ?? 1500)
const seed = Number(process.env.FUZZ_SEED ?? 1)
const from = Number(process.env.FUZZ_FROM ?? 0)
const AT_ONCE = 8

const logged: string[] = []
const logger = pino({ level: 'error' }, new Writable({ write: (line: Buffer, _, done) => (logged.push(String(line)), done()) }))

it(`security 19, 24, 27, 45: ${requests} odd requests end without a 5xx, a word of the inside, or a stored oddity`, { timeout: 3_600_000 }, async () => {
  const server = await application({ trustProxy: '127.0.0.1', logger })
  const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as AddressInfo
  const ids = new Random(seed)
  const uploader = uploaderOf(server, address)
  const owner: Person & { draft: string } = { ...(await signIn(server)), draft: ids.uuid() }
  const drafts = [owner.draft, ids.uuid(), ids.uuid()]
  await phoneOf(owner).push(drafts.map((draft, i) => begin(draft, i === 0 ? 'technician' : 'studio')))
  const [kept, coming] = [await photo(64), await photo(65)]
  expect((await uploader.upload(owner, kept)).status).toBe(204)
  const upload = await uploader.begun(owner, coming)
  const submitted = await applicant(server)
  const { number } = (await submitted.submit()).body as { number: string }
  const known = {
    drafts: [...drafts, submitted.draft],
    uploads: [upload.split('/').at(-1) ?? ''],
    files: [sha256(kept)],
    receipts: [number],
  }
  const stranger = await signIn(server)

  const document = (await owner.ask('GET', '/api/openapi.json')).body as Parameters<typeof routesOf>[0]
  const routes = routesOf(document).filter(({ method, url }) => !ending(method, url))
  expect(routes.length).toBeGreaterThan(20)

  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const faults: string[] = []
  const statuses: Record<string, number> = {}
  let next = from
  const began = Date.now()
  const work = async () => {
    for (let at = next++; at < from + requests && faults.length < 20; at = next++) {
      const asked = requestOf(seed, at, routes, known, [owner.cookie, owner.cookie, submitted.cookie, stranger.cookie])
      const reply = await send(port, agent, asked)
      const answer = `${String(Math.floor(reply.status / 100))}xx`
      statuses[answer] = (statuses[answer] ?? 0) + 1
      const fault = faultIn(asked, reply)
      if (fault) faults.push(
        `#${at} ${asked.method} ${asked.path.slice(0, 200)} ${JSON.stringify(asked.headers).slice(0, 300)} ${asked.body?.toString().slice(0, 300)}: ${fault} ${reply.text.slice(0, 200)}`,
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  agent.destroy()
  const untouched = { status: (await owner.ask('GET', '/api/sessions/current')).status }
  await owner.ask('POST', '/api/demo/clock', { now: null })
  const odd = await oddities(server, [owner, submitted, stranger])
  process.stdout.write(
    `fuzz: seed ${seed}, ${requests} requests in ${Math.round((Date.now() - began) / 1000)} s: ${JSON.stringify(statuses)}\n`,
  )
  expect({ faults, logged: logged.slice(0, 10), odd, untouched }).toEqual({
    faults: [],
    logged: [],
    odd: [],
    untouched: { status: 200 },
  })
  // It gets past the doors, or it would prove little.
  if (requests >= 1000) expect(statuses['2xx'] ?? 0).toBeGreaterThan(requests / 20)
})
