/** jsdom lacks what a phone has: a database, and files that survive structured cloning. */
import 'fake-indexeddb/auto'
import { Blob as NodeBlob, File as NodeFile } from 'node:buffer'
import { webcrypto } from 'node:crypto'

Object.assign(globalThis, { Blob: NodeBlob, File: NodeFile })
if (!('subtle' in globalThis.crypto)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })
