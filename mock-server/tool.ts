import { parseArgs } from 'node:util'
import type { Database } from './db/connect'
import { reach } from './db/reach'

export interface Tool {
  db: Database
  dataDir: string
  /** The other arguments, in order. */
  rest: string[]
  say(line: string): void
}

/** Runs a tool of the operator's beside the server: `[--data DIR] …`. Its exit code is what `work` resolves with. */
export async function runTool(work: (tool: Tool) => Promise<number>): Promise<void> {
  try {
    const { values, positionals } = parseArgs({ options: { data: { type: 'string', default: '.data' } }, allowPositionals: true })
    const { db, close } = await reach(process.env.DATABASE_URL, values.data)
    const say = (line: string) => process.stdout.write(`${line}\n`)
    process.exitCode = await work({ db, dataDir: values.data, rest: positionals, say }).finally(close)
  } catch (reason) {
    process.stderr.write(`没有完成：${reason instanceof Error ? reason.message : String(reason)}\n`)
    process.exitCode = 2
  }
}
