/** One process of histories: takes seeds from `--from` on, `--count` of them; a line of JSON per result that matters. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { simulator } from './run'

const { values } = parseArgs({
  options: {
    client: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    /** Stop at the first violation. */
    first: { type: 'boolean', default: false },
    /** Milliseconds after which no new history begins. */
    within: { type: 'string', default: '100000000' },
    lines: { type: 'boolean', default: false },
  },
})
const until = Date.now() + Number(values.within)
const { history, stop } = await simulator(await readFile(values.client, 'utf8'), values.url)
const [from, count] = [Number(values.from), Number(values.count)]
let ran = 0
let violations = 0
for (let seed = from; seed < from + count && Date.now() < until; seed++) {
  const began = Date.now()
  const found = await history(seed)
  ran++
  if (values.lines) process.stderr.write(`seed ${seed}: ${Date.now() - began} ms\n`)
  if (!found) continue
  violations++
  process.stdout.write(
    `${JSON.stringify({ seed, fault: `${found.fault.name} ${found.fault.message}`, ...(values.lines ? { lines: found.lines, stack: found.fault.stack } : {}) })}\n`,
  )
  if (values.first) break
}
process.stdout.write(`${JSON.stringify({ ran, violations })}\n`)
await stop()
process.exit(0)
