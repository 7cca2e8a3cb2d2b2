/** Runs on a bare page of the measured origin: puts a draft on the phone before any of the app's code has been loaded. */
import { phone } from '../../src/data/phone'
import { write } from '../../src/data/write'
import type { Json } from '../../src/domain/sync'
import type { Draft } from './pages/form'

export interface Seed {
  draft: string
  registers: { path: string; value: Json }[]
  /** Base64 of the files' bytes, by digest. */
  files: { sha256: string; type: 'image/jpeg' | 'application/pdf'; base64: string; thumbnail: string }[]
}

declare global {
  interface Window {
    seedApp(seed: Seed): Promise<void>
    seedPage(draft: Omit<Draft, 'pictures'>, pictures: string[]): Promise<void>
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer

window.seedApp = async ({ draft, registers, files }) => {
  const { db } = phone()
  for (const { sha256, type, base64, thumbnail } of files) {
    const [buf, small] = [bytesOf(base64), bytesOf(thumbnail)]
    await db.files.put({ sha256, type, bytes: buf.byteLength, payload: { buf } })
    await db.thumbnails.put({ sha256, type: 'image/jpeg', bytes: small.byteLength, payload: { buf: small } })
  }
  await write(draft, registers)
  db.close()
}

window.seedPage = async (draft, pictures) => {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const open = indexedDB.open('bench', 1)
    open.onupgradeneeded = () => open.result.createObjectStore('draft')
    open.onsuccess = () => resolve(open.result)
  })
  const transaction = db.transaction('draft', 'readwrite')
  transaction.objectStore('draft').put({ ...draft, pictures: pictures.map(bytesOf) }, 'draft')
  await new Promise((resolve) => (transaction.oncomplete = resolve))
  db.close()
}
