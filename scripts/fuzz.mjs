// Odd requests against every route of the contract: `npm run test:fuzz -- --requests 50000 [--seed N] [--from N]`.
import { parseArgs } from 'node:util'
import { run } from './run.mjs'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
})
const env = { FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed, FUZZ_FROM: values.from }
const good = await run('vitest', ['run', '--project', 'server', 'test/security/fuzz'], { env, minutes: 120 })
process.exitCode = good ? 0 : 1
