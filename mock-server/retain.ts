/** `npm run retention`: one pass now, beside the server's own of every day. */
import { join } from 'node:path'
import { callById } from '../src/domain/calls'
import { timeFrom } from './clock'
import { diskStorage, s3Storage } from './files/storage'
import { retain } from './retention'
import { runTool } from './tool'

await runTool(async ({ db, dataDir, say }) => {
  const files = process.env.S3_BUCKET ? await s3Storage(process.env) : diskStorage(join(dataDir, 'files'))
  const erased = await retain({ db, files, time: timeFrom(Date.now), calls: { byId: callById } })
  say(`到期删除：${erased} 份。`)
  return 0
})
