import { createHash } from 'node:crypto'
import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskStorage } from '../../mock-server/files/storage'
import { keepSwept, sweep } from '../../mock-server/files/sweep'
import { application } from './application'
import { photo, sha256 } from './pictures'
import { uploaderOf } from './uploader'

const DAY = 86_400_000
const folder = await mkdtemp(join(tmpdir(), 'jiangshen-sweep-'))
const files = diskStorage(folder)
const server = await application({ files })
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const { owner, begun, send, head, offset, confirmed } = uploaderOf(server, address)
const idOf = (url: string) => url.split('/').at(-1) ?? ''
const places = (url: string) => [join(folder, idOf(url)), join(folder, `${idOf(url)}.json`)]

describe('sweeping', () => {
  const age = (url: string, days: number) =>
    Promise.all(places(url).map((path) => utimes(path, new Date(Date.now() - days * DAY), new Date(Date.now() - days * DAY))))
  const there = async (url: string) => (await readdir(folder)).includes(idOf(url))

  it('takes what was left for a week, and never what was confirmed', async () => {
    const person = await owner()
    const [old, young, done] = [await photo(60), await photo(70), await photo(80)]
    const urls = [await begun(person, old), await begun(person, young), await begun(person, done)] as const
    await send(person, urls[0], old.subarray(0, 100))
    await send(person, urls[1], young.subarray(0, 100))
    await send(person, urls[2], done)
    await age(urls[0], 8)
    await age(urls[1], 6)
    await age(urls[2], 400)
    expect(await sweep({ db: server.db, files }, Date.now())).toBe(1)
    expect(await Promise.all(urls.map(there))).toEqual([false, true, true])
    expect((await head(person, urls[0])).status).toBe(404)
    expect(await offset(person, urls[1])).toBe(100)
    expect(await confirmed(person, sha256(done))).toEqual([sha256(done)])
  })

  it('takes bytes whose row never came, with all that stands beside them', async () => {
    const person = await owner()
    const bytes = await photo(90)
    const url = await begun(person, bytes)
    await send(person, url, bytes)
    await server.db.$client.query('delete from files where draft = $1', [person.draft])
    await age(url, 8)
    const stop = keepSwept({ db: server.db, files })
    await expect.poll(() => there(url)).toBe(false)
    await stop()
    expect(await readdir(folder)).not.toContain(`${idOf(url)}.json`)
  })

  it('leaves packages on their way to another browser alone', async () => {
    const id = createHash('md5').update('package').digest('hex')
    await writeFile(join(folder, id), 'sealed')
    await utimes(join(folder, id), 0, 0)
    const now = new Date()
    await server.db.$client.query('insert into handovers values ($1, $2, 6, $3, $3)', ['code', id, now])
    await sweep({ db: server.db, files }, Date.now())
    expect(await readdir(folder)).toContain(id)
  })
})
