// Measures the app beside three comparison pages: npm run bench [-- --rounds 5 --dry app typing …]
import { parseArgs } from 'node:util'
import { register } from 'tsx/esm/api'
import { browserArgs, ensureBrowser } from './browser.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    // Leaves docs/bench.json as it is; also when only a part was measured.
    dry: { type: 'boolean', default: false },
  },
})
register()
const { main } = await import('../test/bench/main.ts')
await main({
  browser: ensureBrowser(),
  args: browserArgs,
  rounds: Number(values.rounds),
  only: positionals,
  save: !values.dry && positionals.length === 0,
})
