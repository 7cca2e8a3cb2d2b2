// Builds what is missing or older than its sources, then runs the server with all arguments passed on.
import { isStale } from './stale.mjs'
import { run } from './run.mjs'

if (await isStale()) {
  console.log('正在构建，大约需要半分钟……')
  if (!(await run('node', ['scripts/build.mjs']))) process.exit(1)
}
process.setSourceMapsEnabled(true)
// In this process: Ctrl-C reaches the server itself, which stops gracefully.
await import('../dist-server/main.js')
