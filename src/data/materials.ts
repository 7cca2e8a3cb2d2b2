/** The only way a picture or file gets in: prepared in the worker, stored, read back, and only then a part of the draft. */
import type { FileFacts, Material } from '../domain/forms/kinds'
import type { Json } from '../domain/sync'
import type { FileKind, PreparedFile } from '../photos'
import { beforeFlushed } from './beforeFlushed'
import type { FileRow, UploadRow } from './database'
import { digestOfBytes } from './digest'
import { isQuotaError, Unreachable } from './failure'
import { alone } from './lock'
import { phone } from './phone'
import { afterReconnect } from './reconnect'
import { ensureRoom, forgetUnused, KEEPING, tryAgain } from './room'
import { addRow } from './rows'
import { NotKept, StorageFull } from './storageFailure'
import { write } from './write'

export interface Keeping {
  shot?: string
  caption?: string
  proves?: string
  signal?: AbortSignal
}

/**
 * Takes a photo or file into a slot. Resolves with the material's id when everything is on disk.
 * Throws `PhotoError` (not a usable file, with a sentence for people) or `StorageFull`; the draft is untouched then.
 */
export const keepPhoto = (draft: string, slot: string, source: Blob, kind: FileKind, about: Keeping = {}): Promise<string> =>
  beforeFlushed(takeIn(draft, slot, source, kind, about))

async function takeIn(draft: string, slot: string, source: Blob, kind: FileKind, about: Keeping): Promise<string> {
  const { prepare, factsOf } = await import('../photos')
  const prepared = await prepare(source, kind, { signal: about.signal })
  const shotAt = prepared.type === 'image/jpeg' ? prepared.takenAt : undefined
  return keepBytes(prepared, () =>
    addRow(draft, slot, {
      file: asJson(factsOf(prepared, source instanceof File ? source.name : undefined)),
      taken: { at: shotAt ?? new Date().toISOString() },
      ...(about.shot ? { shot: about.shot } : {}),
      ...(about.caption ? { caption: about.caption } : {}),
      ...(about.proves ? { proves: about.proves } : {}),
    }),
  )
}

/** Takes the photo again: another file in the place of the first; throws like `keepPhoto`. */
export const replaceWith = (draft: string, slot: string, material: string, source: Blob, kind: FileKind): Promise<void> =>
  beforeFlushed(
    import('../photos').then(async ({ prepare }) => replaceFile(draft, slot, material, await prepare(source, kind))),
  )

/** Another file under the same material: rotated, cropped or taken again. */
async function replaceFile(draft: string, slot: string, material: string, prepared: PreparedFile): Promise<void> {
  const { factsOf } = await import('../photos')
  await keepBytes(prepared, () => write(draft, [{ path: `${slot}/${material}/file`, value: asJson(factsOf(prepared)) }]))
}

/** Rotates by quarter turns or crops; the earlier file stays on the phone, so that nothing is lost. */
export async function editMaterial(
  draft: string,
  slot: string,
  material: Material,
  change: Parameters<(typeof import('../photos'))['edit']>[1],
): Promise<void> {
  if (!material.file) return
  const { edit } = await import('../photos')
  await replaceFile(draft, slot, material.id, await edit(await bytesOf(draft, material.file), change))
}

/** Several photographed pages become one PDF in the first one's place; the pages leave the slot (and can come back). */
export async function joinMaterials(draft: string, slot: string, pages: readonly Material[]): Promise<void> {
  const [first, ...rest] = pages
  if (!first) return
  const { join, factsOf } = await import('../photos')
  const pictures = await Promise.all(
    pages.flatMap(({ file }) =>
      file ? [bytesOf(draft, file).then((buf) => ({ buf, width: file.width ?? 0, height: file.height ?? 0 }))] : [],
    ),
  )
  const joined = await join(pictures)
  await keepBytes(joined, () =>
    write(draft, [
      { path: `${slot}/${first.id}/file`, value: asJson(factsOf(joined)) },
      ...rest.map(({ id }) => ({ path: `${slot}/${id}`, value: null })),
    ]),
  )
}

/** The bytes of a file: from this phone, else from the server (then kept here as well). */
export async function bytesOf(draft: string, file: FileFacts): Promise<ArrayBuffer> {
  const { db, codec } = phone()
  const row = await db.files.get(file.sha256)
  if (row) return (await codec.open(row.payload)).buf
  const { wire } = await import('./wire')
  const buf = await (await wire()).file(draft, file.sha256)
  // Whatever else came back under this address must not be kept under this digest.
  if ((await digestOfBytes(buf)) !== file.sha256) throw new Unreachable('other bytes than asked for')
  await put('files', { sha256: file.sha256, type: file.type, bytes: buf.byteLength, buf })
  return buf
}

/** The small pictures that are on this phone, by digest: one request for a whole slot. */
export async function storedThumbnails(digests: readonly string[]): Promise<Map<string, Blob>> {
  const { db, codec } = phone()
  const rows = (await db.thumbnails.bulkGet([...digests])).filter((row) => row !== undefined)
  return new Map(
    await Promise.all(rows.map(async ({ sha256, type, payload }) => [sha256, new Blob([(await codec.open(payload)).buf], { type })] as const)),
  )
}

/** A small picture for lists; made here for a photo of another phone. Null for PDF files, and while its bytes can't be had. */
export async function thumbnailOf(draft: string, file: FileFacts): Promise<Blob | null> {
  const { db, codec } = phone()
  if (file.type !== 'image/jpeg') return null
  const { sha256 } = file
  const row = await db.thumbnails.get(sha256)
  if (row) return new Blob([(await codec.open(row.payload)).buf], { type: row.type })
  try {
    const small = await previewOf(draft, sha256)
    if (small) return small
    const whole = await bytesOf(draft, file)
    const { thumbnail } = await import('../photos')
    // A copy: the worker takes what it is given.
    const { buf, type } = await thumbnail(whole.slice(0))
    await put('thumbnails', { sha256, type, bytes: buf.byteLength, buf })
    return new Blob([buf], { type })
  } catch {
    return null
  }
}

/** From the server, which has it before the whole photo; kept here. A photo that is on this phone makes its own. */
async function previewOf(draft: string, sha256: string): Promise<Blob | null> {
  if (await phone().db.files.get(sha256)) return null
  const [{ wire }, { fetchPreview }] = await Promise.all([import('./wire'), import('./previews')])
  const buf = await fetchPreview(await wire(), draft, sha256)
  if (!buf) return null
  await put('thumbnails', { sha256, type: 'image/jpeg', bytes: buf.byteLength, buf })
  return new Blob([buf], { type: 'image/jpeg' })
}

/** Where the current file of a material is described. */
export async function fileFactsOf(draft: string, slot: string, material: string): Promise<FileFacts | null> {
  const { db, codec } = phone()
  const row = await db.registers.get([draft, `${slot}/${material}/file`])
  return row ? ((await codec.open(row.payload)).value as unknown as FileFacts | null) : null
}

export interface UploadView {
  state: UploadRow['state']
  bytes: number
  sent: number
  reason?: string
}

/** Digest → how far its upload is, for one draft. */
export async function readUploads(draft: string): Promise<Map<string, UploadView>> {
  const { db, codec } = phone()
  const rows = await db.uploads.where('draft').equals(draft).toArray()
  return new Map(
    await Promise.all(
      rows.map(async ({ sha256, state, bytes, sent, payload }) => {
        const { reason } = await codec.open(payload)
        return [sha256, { state, bytes, sent, reason }] as const
      }),
    ),
  )
}

/** The bytes first, then what refers to them; where the second fails, the first is taken back. Nobody tidies up meanwhile. */
const keepBytes = <T>(prepared: PreparedFile, refer: () => Promise<T>): Promise<T> =>
  alone(KEEPING, async () => {
    await ensureRoom(prepared.buf.byteLength)
    try {
      await putPrepared(prepared)
      const referred = await refer()
      await tryAgain(prepared.sha256).catch(() => undefined)
      return referred
    } catch (reason) {
      await forgetUnused(prepared.sha256)
      throw reason
    }
  })

async function putPrepared(prepared: PreparedFile): Promise<void> {
  const { sha256, type, buf } = prepared
  await put('files', { sha256, type, bytes: buf.byteLength, buf })
  const { db, codec } = phone()
  // A put that succeeds and a get that finds nothing have been seen: only what was read back counts.
  const back = await db.files.get(sha256)
  const stored = back ? (await codec.open(back.payload)).buf : null
  if (!stored || (await digestOfBytes(stored)) !== sha256) throw new NotKept()
  if (prepared.type !== 'image/jpeg') return
  const { thumbnail } = prepared
  // Drawn again when it is looked at: for want of room for it no photo is turned away.
  await put('thumbnails', { sha256, type: thumbnail.type, bytes: thumbnail.buf.byteLength, buf: thumbnail.buf }).catch(() => undefined)
}

async function put(table: 'files' | 'thumbnails', { buf, ...facts }: Omit<FileRow, 'payload'> & { buf: ArrayBuffer }): Promise<void> {
  const { db, codec } = phone()
  const payload = await codec.seal({ buf })
  try {
    const store = async () => db[table].put({ ...facts, payload })
    await store().catch((reason: unknown) => afterReconnect(db, reason, store))
  } catch (reason) {
    throw isQuotaError(reason) ? new StorageFull(buf.byteLength, reason) : reason
  }
}

// Interfaces have no index signature; what `factsOf` gives is plain JSON.
const asJson = (facts: FileFacts) => ({ ...facts }) as Json
