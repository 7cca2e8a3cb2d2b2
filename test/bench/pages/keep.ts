/** What every page here remembers: one draft in IndexedDB, saved 300 ms after the last change. No outbox, no sync. */
import type { Draft } from './form'

const db = new Promise<IDBDatabase>((resolve, reject) => {
  const open = indexedDB.open('bench', 1)
  open.onupgradeneeded = () => open.result.createObjectStore('draft')
  open.addEventListener('success', () => resolve(open.result))
  open.addEventListener('error', () => reject(open.error))
})

export async function restore(): Promise<Draft | undefined> {
  const request = (await db).transaction('draft').objectStore('draft').get('draft') as IDBRequest<Draft | undefined>
  return new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
}

async function save(draft: Draft): Promise<void> {
  const transaction = (await db).transaction('draft', 'readwrite', { durability: 'strict' })
  transaction.objectStore('draft').put(draft, 'draft')
  await new Promise((resolve) => (transaction.oncomplete = resolve))
}

/** @param read takes the draft's present content when the time has come */
export function autosave(read: () => Draft): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(read()), 300)
  }
}

/** A picked photo as a JPEG of at most 2560 px, on the main thread, as simple pages do. */
export async function shrink(file: File): Promise<ArrayBuffer> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, 2560 / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return blob ? blob.arrayBuffer() : new ArrayBuffer(0)
}

export const shown = (picture: ArrayBuffer) => URL.createObjectURL(new Blob([picture], { type: 'image/jpeg' }))
