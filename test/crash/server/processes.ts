/** Processes that this program started, and their end. Everything goes by number, never by name. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Running {
  pid: number
  url: string
  alive(): boolean
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>
  /** As Ctrl-C does it. */
  stop(): Promise<void>
  said(): string
}

export interface Starting {
  child: ChildProcess
  /** Rejects with what it said when it ends before it listens. */
  ready: Promise<Running>
}

/** The built server unless told otherwise. */
export const built: readonly string[] = ['dist-server/main.js']

/** @param args for the server itself, e.g. `--port 21600 --data folder` */
export function startServer(args: readonly string[], env: Record<string, string> = {}, command = built): Starting {
  const child = spawn(process.execPath, [...command, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  const alive = () => child.exitCode === null && child.signalCode === null
  const kill = () => {
    if (alive()) child.kill('SIGKILL')
    return exited
  }
  const stop = async () => {
    if (!alive()) return
    child.kill('SIGTERM')
    if (await Promise.race([exited.then(() => true), wait(30_000, false)])) return
    await kill()
    throw new Error(`The server does not stop:\n${said}`)
  }
  const ready = new Promise<Running>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /匠申已启动：(\S+)/.exec(said)?.[1]
      if (url) resolve({ pid: child.pid ?? 0, url, alive, kill, stop, said: () => said })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exited.then(() => reject(new Error(`The server ended with ${child.exitCode ?? child.signalCode}:\n${said}`)))
  })
  // Killed on purpose before it was ready: nobody has to listen.
  ready.catch(() => undefined)
  return { child, ready }
}

export interface Postmaster {
  pid: number
  port: number
}

/** The PostgreSQL that runs on this folder now; null: none. */
export function postmasterOf(folder: string): Postmaster | null {
  const file = join(folder, 'postmaster.pid')
  const [pid, , , port] = (existsSync(file) ? readFileSync(file, 'utf8') : '').split('\n').map(Number)
  if (!pid || !port) return null
  // A number that was given to somebody else in the meantime isn't ours to kill.
  return commandOf(pid).includes(folder) ? { pid, port } : null
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

export function childrenOf(pid: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (child && parent === pid ? [child] : []))
}

/** All at once, as when the power goes. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
}

/** Asks until the answer is yes. @throws after `seconds` */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(20)) if (await holds()) return
  throw new Error(`Waited ${seconds} s in vain: ${what}`)
}
