/** The process that looks into files, as the server sees it: started with limits, killed when it goes beyond them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Finding, Order, Ready } from './main'

export interface Limits {
  /** Bytes that it may write to in memory, enforced by the kernel (RLIMIT_DATA). */
  memory: number
  /** ms for one file. */
  time: number
  /** Seconds of computing in its whole life: one that nobody waits for any more ends by itself. */
  computing: number
  /** Then a fresh one takes over. */
  files: number
}

export const limits: Limits = { memory: 1024 ** 3, time: 30_000, computing: 600, files: 200 }

const HEAP_MB = 400
const source = import.meta.url.endsWith('.ts')
const program = fileURLToPath(new URL(source ? './main.ts' : './inspection.js', import.meta.url))

/** @param script another program in its place; tests use it */
export class Helper {
  private readonly child: ChildProcess
  private looked = 0
  gone = false
  /** Whether it came up; until then nothing that goes wrong is a file's fault. */
  readonly ready: Promise<boolean>

  constructor(
    private readonly most: Limits = limits,
    script = program,
  ) {
    const args = [...(script.endsWith('.ts') ? ['--import', 'tsx'] : []), `--max-old-space-size=${HEAP_MB}`, script]
    const limiting = `ulimit -d ${Math.floor(most.memory / 1024)} && ulimit -t ${most.computing} && ulimit -c 0 && exec "$0" "$@"`
    const [command, rest] =
      process.platform === 'win32' ? [process.execPath, args] : ['/bin/sh', ['-c', limiting, process.execPath, ...args]]
    // Nothing of the server's environment: secrets stand there. The library's own block for unsafe formats, once more.
    const env = { VIPS_BLOCK_UNTRUSTED: '1', MALLOC_ARENA_MAX: '2' }
    this.child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced', env })
    for (const event of ['exit', 'error', 'disconnect']) this.child.once(event, () => (this.gone = true))
    this.child.on('error', () => undefined)
    this.ready = this.comesUp()
    // An idle helper keeps no server alive.
    this.child.unref()
    this.child.channel?.unref()
  }

  private comesUp(): Promise<boolean> {
    const { child } = this
    return new Promise((resolve) => {
      const done = (message?: unknown) => {
        clearTimeout(timer)
        child.off('message', done).off('exit', failed).off('error', failed)
        const up = (message as Ready | undefined)?.is === 'ready'
        if (!up) this.end()
        else child.channel?.unref()
        resolve(up)
      }
      const failed = () => done()
      const timer = setTimeout(failed, this.most.time)
      child.on('message', done).once('exit', failed).once('error', failed)
    })
  }

  /** What it found; null when it went beyond a limit, or died over the file. */
  look(order: Order): Promise<Finding | null> {
    const { child } = this
    return new Promise((resolve) => {
      const done = (finding: Finding | null) => {
        clearTimeout(timer)
        child.off('message', done).off('exit', lost).off('error', lost)
        child.channel?.unref()
        if (!finding || ++this.looked >= this.most.files) this.end()
        resolve(finding)
      }
      const lost = () => done(null)
      const timer = setTimeout(lost, this.most.time)
      child.channel?.ref()
      child.on('message', done).once('exit', lost).once('error', lost)
      if (this.gone) return lost()
      child.send(order, (failure) => failure && lost())
    })
  }

  end(): void {
    this.gone = true
    this.child.kill('SIGKILL')
  }
}
