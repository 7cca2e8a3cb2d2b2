import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { FileStore } from '@tus/file-store'
import { Upload, type DataStore } from '@tus/server'

/** Where uploaded bytes stand: a folder, or S3-compatible storage. Names in it are random, never a user's. */
export interface FileStorage {
  tus: DataStore
  read(id: string): Promise<Buffer>
  /** Returns when the bytes would survive a loss of power. */
  settle(id: string): Promise<void>
}

export function diskStorage(directory: string): FileStorage {
  const tus = new FileStore({ directory })
  return {
    tus,
    read: (id) => buffer(tus.read(id)),
    settle: async (id) => {
      const file = await open(join(directory, id), 'r+')
      await file.sync().finally(() => file.close())
    },
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
  return { tus, read: async (id) => buffer(await tus.read(id)), settle: () => Promise.resolve() }
}

/** Stores bytes that didn't come over the network. */
export async function put({ tus, settle }: FileStorage, id: string, bytes: Uint8Array): Promise<void> {
  await tus.create(new Upload({ id, size: bytes.length, offset: 0 }))
  await tus.write(Readable.from(Buffer.from(bytes)), id, 0)
  await settle(id)
}
