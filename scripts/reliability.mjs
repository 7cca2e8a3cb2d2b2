// Uploads on bad lines: npm run test:partitions [-- --rounds 20 --files 100 --seed 1 --compare]
import { parseArgs } from 'node:util'
import { register } from 'tsx/esm/api'

const { values } = parseArgs({
  options: {
    // Partitions: random faults on the line, then healing.
    rounds: { type: 'string', default: '20' },
    // Files whose line is cut ten times each.
    files: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    // Also plain tus, and a line with a delay.
    compare: { type: 'boolean', default: false },
  },
})
register()
const { main } = await import('../test/reliability/main.ts')
const good = await main(
  { rounds: Number(values.rounds), files: Number(values.files), seed: Number(values.seed), compare: values.compare },
  (line) => console.log(line),
)
console.log(good ? '\nall well' : '\nNOT well')
process.exit(good ? 0 : 1)
