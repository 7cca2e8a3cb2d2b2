/** `npm run audit:head`: the chains' last entries as JSON, to be kept where nobody who runs the database can write. */
import { runTool } from '../tool'
import { headsOf } from './chains'

await runTool(async ({ db, say }) => {
  say(JSON.stringify(await headsOf(db), null, 2))
  return 0
})
