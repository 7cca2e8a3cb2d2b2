/** jsdom lacks what a phone has: a database, and files that survive structured cloning. */
import 'fake-indexeddb/auto'
import { Blob as NodeBlob, File as NodeFile } from 'node:buffer'
import { webcrypto } from 'node:crypto'

Object.assign(globalThis, { Blob: NodeBlob, File: NodeFile })
if (!('subtle' in globalThis.crypto)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

// Bytes come out of the database in Node's own classes, and jsdom's are others: in a browser they are the same, and Dexie
// copies rows by that when it updates them.
const { constructor: Bytes, buffer } = structuredClone(new Uint8Array(1))
Object.assign(globalThis, { Uint8Array: Bytes, ArrayBuffer: buffer.constructor })
