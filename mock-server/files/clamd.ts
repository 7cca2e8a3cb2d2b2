/** A virus scanner over the network: ClamAV's daemon, by its INSTREAM command. */
import { connect } from 'node:net'
import { Refusal } from '../http/refusal'

export interface Scanner {
  /** @throws Refusal 422 `infected`; 503 while the scanner can't be asked: a file that wasn't scanned isn't taken */
  scan(bytes: Uint8Array): Promise<void>
}

const CHUNK = 64 * 1024
/** ms without a word from it. */
const PATIENCE = 30_000
/** Characters; a longer answer is none of clamd's. */
const LONGEST_ANSWER = 1000

export function clamd(host: string, port: number, patience = PATIENCE): Scanner {
  return {
    scan: async (bytes) => {
      const answer = await asked(host, port, bytes, patience).catch((cause: unknown) => Promise.reject(unreachable(cause)))
      if (answer.endsWith(' FOUND')) throw new Refusal(422, 'infected', '文件没有通过病毒检查，不能上传。请用别的方式重新导出，或换一个文件。')
      if (answer !== 'stream: OK') throw unreachable(new Error(answer))
    },
  }
}

function asked(host: string, port: number, bytes: Uint8Array, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const parts: Buffer[] = []
    socket.setTimeout(patience, () => socket.destroy(new Error('timeout')))
    socket.on('error', reject)
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      if (Buffer.concat(parts).length > LONGEST_ANSWER) socket.destroy(new Error('too long'))
    })
    // Nothing but a whole answer counts; a line that broke is no answer.
    socket.on('close', () => {
      const answer = Buffer.concat(parts).toString('latin1')
      if (answer.endsWith('\0')) resolve(answer.slice(0, -1))
      else reject(new Error('no answer'))
    })
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const part = bytes.subarray(at, at + CHUNK)
        socket.write(length(part.length))
        socket.write(part)
      }
      socket.write(length(0))
    })
  })
}

function length(bytes: number): Buffer {
  const word = Buffer.alloc(4)
  word.writeUInt32BE(bytes)
  return word
}

const unreachable = (cause: unknown) =>
  Object.assign(new Refusal(503, 'unavailable', '文件检查暂时用不了，稍后会自动再传。', undefined, 30), { cause })
