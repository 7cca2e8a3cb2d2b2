import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { FileStore } from '@tus/file-store'
import { Upload, type DataStore } from '@tus/server'

/** Where uploaded bytes stand: a folder, or S3-compatible storage. Names in it are random, never a user's. */
export interface FileStorage {
  tus: DataStore
  read(id: string): Promise<Buffer>
  /** The same from an offset, without keeping it in memory. */
  stream(id: string, from: number): Promise<Readable>
  /** Writes on from an offset; resolves with the next one. What came before a failure stays. */
  append(id: string, offset: number, parts: AsyncIterable<Buffer>): Promise<number>
  /** Takes back what was written after an offset; where it can't be taken back, it must be looked at before it is written. */
  cut?(id: string, offset: number): Promise<void>
  /** Bytes and what stands beside them; what isn't there is no failure. */
  remove(id: string): Promise<void>
  /** Returns when the bytes would survive a loss of power. */
  settle(id: string): Promise<void>
  /** Whether the file is there in this length. */
  holds(id: string, bytes: number): Promise<boolean>
  /** Everything that stands here, with the time (ms, the machine's) of its last change. */
  list(): Promise<{ id: string; changedAt: number }[]>
}

export function diskStorage(directory: string): FileStorage {
  const tus = new FileStore({ directory })
  const place = (id: string) => join(directory, id)
  return {
    tus,
    read: (id) => buffer(tus.read(id)),
    stream: async (id, from) => (await open(place(id), 'r')).createReadStream({ start: from }),
    append: async (id, offset, parts) => {
      const file = await open(place(id), 'r+')
      try {
        let at = offset
        for await (const part of parts)
          for (let done = 0; done < part.length;) {
            const { bytesWritten } = await file.write(part, done, part.length - done, at)
            done += bytesWritten
            at += bytesWritten
          }
        return at
      } finally {
        await file.close()
      }
    },
    cut: async (id, offset) => {
      const file = await open(place(id), 'r+')
      await file.truncate(offset).finally(() => file.close())
    },
    remove: async (id) => {
      for (const path of [place(id), `${place(id)}.json`]) await rm(path, { force: true })
    },
    settle: async (id) => {
      // The file's name stands in its folder, which is written on its own.
      for (const path of [place(id), directory]) {
        const file = await open(path, 'r')
        await file.sync().finally(() => file.close())
      }
    },
    holds: (id, bytes) =>
      stat(place(id)).then(
        ({ size }) => size === bytes,
        () => false,
      ),
    list: async () => {
      const names = await readdir(directory).catch(() => [])
      const ids = [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
      return Promise.all(ids.map(async (id) => ({ id, changedAt: await changeOf(id) })))
    },
  }

  /** Of the bytes, else of the facts beside them. */
  async function changeOf(id: string): Promise<number> {
    for (const path of [place(id), `${place(id)}.json`]) {
      const found = await stat(path).catch(() => null)
      if (found) return found.mtimeMs
    }
    return Date.now()
  }
}

/** @param env S3_BUCKET, S3_REGION, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY */
export async function s3Storage(env: Readonly<Record<string, string | undefined>>): Promise<FileStorage> {
  const { S3Store } = await import('@tus/s3-store')
  const tus = new S3Store({
    s3ClientConfig: {
      bucket: env.S3_BUCKET ?? '',
      region: env.S3_REGION ?? 'us-east-1',
      ...(env.S3_ENDPOINT ? { endpoint: env.S3_ENDPOINT, forcePathStyle: true } : {}),
      credentials: { accessKeyId: env.S3_ACCESS_KEY_ID ?? '', secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '' },
    },
  })
  return {
    tus,
    read: async (id) => buffer(await tus.read(id)),
    stream: async (id, from) => Readable.from(after(await tus.read(id), from)),
    append: (id, offset, parts) => tus.write(Readable.from(parts), id, offset),
    remove: (id) => tus.remove(id).catch(() => undefined),
    settle: () => Promise.resolve(),
    // What S3 has acknowledged it keeps; a question per file would cost more than it finds.
    holds: () => Promise.resolve(true),
    // Buckets have rules of their own for what is unfinished or old.
    list: () => Promise.resolve([]),
  }
}

/** What comes after an offset. */
async function* after(bytes: AsyncIterable<Buffer>, from: number): AsyncGenerator<Buffer> {
  let at = 0
  for await (const part of bytes) {
    if (at + part.length > from) yield part.subarray(Math.max(0, from - at))
    at += part.length
  }
}

/** Stores bytes that didn't come over the network. */
export async function put({ tus, settle }: FileStorage, id: string, bytes: Uint8Array): Promise<void> {
  await tus.create(new Upload({ id, size: bytes.length, offset: 0 }))
  await tus.write(Readable.from(Buffer.from(bytes)), id, 0)
  await settle(id)
}
