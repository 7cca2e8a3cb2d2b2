/** The master keys: over the drafts' keys and under the index of identities. They never stand in the database. */
import { hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNew } from '../newFile'
import { keyFrom } from '../secrets'

export interface MasterKey {
  /** Says which key it is and nothing about it. */
  id: string
  /** 32 bytes for this purpose alone. */
  derive(purpose: string): Buffer
  /** Seals drafts' keys. */
  wrapping: Buffer
  /** Under it identities are digested. */
  index: Buffer
}
export interface MasterKeys {
  /** Seals from now on. */
  current: MasterKey
  /** Still open what they sealed, until the next start has sealed it anew. */
  earlier: readonly MasterKey[]
}

const BYTES = 32

/** @param secret 32 bytes */
export function masterKey(secret: Buffer): MasterKey {
  const derived = (purpose: string, bytes = BYTES) => Buffer.from(hkdfSync('sha256', secret, '', `jiangshen ${purpose}`, bytes))
  return { id: derived('key id', 6).toString('hex'), derive: derived, wrapping: derived('draft keys'), index: derived('identities') }
}

/**
 * MASTER_KEY (base64, 32 bytes) seals; MASTER_KEY_BEFORE (one or several, with commas) still opens. A demonstration
 * without one makes its own at the first start, in a file of the data folder that only its user reads.
 * @throws with a sentence for the operator
 */
export async function masterKeys(env: Readonly<Record<string, string | undefined>>, dataDir: string, demonstration: boolean): Promise<MasterKeys> {
  const current = env.MASTER_KEY ? read('MASTER_KEY', env.MASTER_KEY) : demonstration ? await ownKey(dataDir) : null
  if (!current) throw new Error('缺少主密钥：请在环境变量 MASTER_KEY 里给出 32 字节的 base64（例如 openssl rand -base64 32）。')
  const earlier = (env.MASTER_KEY_BEFORE ?? '').split(',').filter(Boolean)
  return { current, earlier: earlier.map((text) => read('MASTER_KEY_BEFORE', text)) }
}

function read(name: string, text: string): MasterKey {
  const secret = keyFrom(text)
  if (!secret) throw new Error(`${name} 要是 32 字节的 base64（例如 openssl rand -base64 32）。`)
  return masterKey(secret)
}

async function ownKey(dataDir: string): Promise<MasterKey> {
  await mkdir(dataDir, { recursive: true })
  const file = join(dataDir, 'master.key')
  await writeNew(file, randomBytes(BYTES).toString('base64'))
  return read(file, await readFile(file, 'utf8'))
}
