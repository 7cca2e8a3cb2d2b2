// Kills server and browser at random moments and counts what was lost: npm run test:crash -- --runs 20 [--seed 7]
// [--only server|browser] [--kills 3]. A printed line of a run is the command that repeats it.
import { parseArgs } from 'node:util'
import { register } from 'tsx/esm/api'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { run } from './run.mjs'
import { isStale } from './stale.mjs'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kills: { type: 'string', default: '3' },
    only: { type: 'string' },
    port: { type: 'string', default: '21600' },
  },
})
if (values.only !== undefined && values.only !== 'server' && values.only !== 'browser') throw new Error('--only server or browser')
if ((await isStale()) && !(await run('node', ['scripts/build.mjs']))) process.exit(1)
// What was started is ended by listeners of `exit`.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
register()
const { main } = await import('../test/crash/main.ts')
const kept = await main({
  runs: Number(values.runs),
  seed: Number(values.seed),
  kills: Number(values.kills),
  only: values.only ?? null,
  port: Number(values.port),
  browser: values.only === 'server' ? '' : ensureBrowser(),
  args: browserArgs,
  say: (line) => console.log(line),
})
process.exit(kept ? 0 : 1)
