/**
 * The phone's tables as earlier versions of the app have written them, built without today's code: each shape stays here
 * for good, and gets the next one beside it when the database's version is raised.
 */
type Rows = Record<string, unknown[]>

interface Store {
  key: string | string[] | null
  indexes: Record<string, string | string[]>
}

interface Shape {
  version: number
  tables: Rows
  /** Makes such a database; resolves when it is closed. */
  build(name: string): Promise<void>
}

const bytes = (...of: number[]) => new Uint8Array(of).buffer
const device = '5b0e6a0e-0000-4000-8000-000000000001'
const at = '2021-04-19T08:00:00.000Z'
const by = '陈志远'
const register = (path: string, value: unknown, version = 1) => ({ draft: 'd1', path, version, payload: { value, by, at } })
const facts = { sha256: 'f00d', type: 'image/jpeg', bytes: 3, width: 4, height: 3 }
const receipt = {
  number: 'WX2021-T-0001', award: 'technician', call: '2021', draft: 'd1', revision: 6, digest: 'ab', at, files: 1, bytes: 3, keyId: 'k1', signature: 's',
}

const stores1: Record<string, Store> = {
  owner: { key: 'key', indexes: {} },
  drafts: { key: 'id', indexes: { changedAt: 'changedAt' } },
  registers: { key: ['draft', 'path'], indexes: { draft: 'draft' } },
  outbox: { key: null, indexes: { '[draft+path]': ['draft', 'path'], draft: 'draft', seq: 'seq', state: 'state' } },
  files: { key: 'sha256', indexes: {} },
  thumbnails: { key: 'sha256', indexes: {} },
  uploads: { key: ['draft', 'sha256'], indexes: { draft: 'draft', sha256: 'sha256', state: 'state' } },
  conflicts: { key: ['draft', 'id'], indexes: { draft: 'draft' } },
  receipts: { key: 'number', indexes: { draft: 'draft' } },
}

const rows1: Rows = {
  owner: [{ key: 'owner', device, nextSeq: 6, account: 'account-chen', payload: { name: by, phone: '138****0001' } }],
  drafts: [
    {
      id: 'd1',
      revision: 7,
      changedAt: 1_618_819_200_000,
      attempt: { key: 'k', revision: 6, digest: 'ab', done: true },
      payload: { submission: { receipt: receipt.number, revision: 6, at } },
    },
  ],
  registers: [
    register('$draft', { call: '2021', award: 'technician', formVersion: 1 }),
    register('$title', '周建国的申报', 2),
    register('educationCert/p1', { order: 'a0' }, 3),
    register('educationCert/p1/file', facts, 4),
    register('educationCert/p2', null, 5),
    register('name', '周建国', 6),
    register('phone', '1390000', 0),
  ].map((row) => (row.path === 'educationCert/p2' ? { ...row, gone: 1 } : row)),
  outbox: [
    { id: 1, draft: 'd1', path: '$draft', base: 0, seq: 5, state: 'waiting', payload: { value: { call: '2021', award: 'technician', formVersion: 1 }, at } },
    { id: 2, draft: 'd1', path: 'name', base: 6, seq: null, state: 'waiting', payload: { value: '周建国', at } },
    { id: 3, draft: 'd1', path: 'phone', base: 0, seq: null, state: 'refused', reason: 'bad-value', payload: { value: '1390000', at } },
    { id: 4, draft: 'd1', path: 'educationCert/p2/caption', base: 0, seq: null, state: 'parked', payload: { value: '旧证书', at } },
  ],
  files: [{ sha256: 'f00d', type: 'image/jpeg', bytes: 3, payload: { buf: bytes(1, 2, 3) } }],
  thumbnails: [{ sha256: 'f00d', type: 'image/jpeg', bytes: 1, payload: { buf: bytes(9) } }],
  uploads: [{ draft: 'd1', sha256: 'f00d', bytes: 3, state: 'refused', sent: 1, payload: { url: '/api/files/1', reason: '太大' } }],
  conflicts: [
    { draft: 'd1', id: 'c1', closed: 0, payload: { path: 'employer', mine: '旧单位', by, at, reason: 'changed' } },
    { draft: 'd1', id: 'c2', closed: 1, payload: { path: 'name', mine: '周', by, at, reason: 'changed' } },
  ],
  receipts: [{ number: receipt.number, draft: 'd1', payload: { receipt } }],
}

const stores2: Record<string, Store> = {
  ...stores1,
  versions: { key: null, indexes: { '[draft+path]': ['draft', 'path'], draft: 'draft' } },
  checkpoints: { key: null, indexes: { draft: 'draft' } },
}

const rows2: Rows = {
  ...rows1,
  versions: [{ id: 1, ...register('name', '周建', 5), since: 1_618_819_000_000, until: 1_618_819_200_000 }],
  checkpoints: [{ id: 1, draft: 'd1', at: 1_618_819_100_000, why: 'merge' }],
}

export const earlierShapes: Shape[] = [
  { version: 1, tables: rows1, build: (name) => build(name, 1, stores1, rows1) },
  { version: 2, tables: rows2, build: (name) => build(name, 2, stores2, rows2) },
]

function build(name: string, version: number, stores: Record<string, Store>, rows: Rows): Promise<void> {
  return new Promise((resolve, reject) => {
    // Dexie counts in tenths.
    const request = indexedDB.open(name, version * 10)
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
    request.addEventListener('upgradeneeded', () => {
      for (const [table, { key, indexes }] of Object.entries(stores)) {
        const options = key === null ? { keyPath: 'id', autoIncrement: true } : { keyPath: key }
        const store = request.result.createObjectStore(table, options)
        for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path)
        for (const row of rows[table] ?? []) store.put(row)
      }
    })
    request.addEventListener('success', () => {
      request.result.close()
      resolve()
    })
  })
}

/** All rows of a table, read past today's code. */
export function rowsOf(name: string, table: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
    request.addEventListener('success', () => {
      const all = request.result.transaction(table).objectStore(table).getAll()
      all.addEventListener('success', () => {
        request.result.close()
        resolve(all.result)
      })
      all.addEventListener('error', () => reject(all.error ?? new Error('not read')))
    })
  })
}
