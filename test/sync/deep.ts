/** `npm run test:deep -- --histories N [--from SEED] [--jobs 2] [--lines]` */
import { parseArgs } from 'node:util'
import { bundled, databases, runProcess, type Results } from './runner'

const say = (line: string) => process.stdout.write(`${line}\n`)
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    lines: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
  },
})
const [histories, from, jobs] = [Number(values.histories), Number(values.from), Number(values.jobs)]
/** Seeds per process: what a long run gathers in memory goes with it. */
const PORTION = 50

const began = Date.now()
const total: Results = { ran: 0, found: [] }
const db = await databases()
try {
  const folder = await bundled()
  let next = from
  const work = async (url: string) => {
    while (next < from + histories && !(values.first && total.found.length > 0)) {
      const portion = Math.min(PORTION, from + histories - next)
      const start = next
      next += portion
      const { ran } = await runProcess(folder, url, { from: start, count: portion, lines: values.lines, first: values.first }, (found) => {
        total.found.push(found)
        say(`seed ${found.seed}: ${found.fault}`)
        if (found.lines) say(`${found.lines.join('\n')}\n${found.stack ?? ''}\n`)
      })
      total.ran += ran
      say(`${total.ran} histories, ${total.found.length} violations, ${Math.round((Date.now() - began) / 1000)} s`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, histories) }, async () => work(await db.make())))
} finally {
  await db.stop()
}
say(`${total.ran - total.found.length} passed, ${total.found.length} failed`)
process.exitCode = total.found.length === 0 ? 0 : 1
