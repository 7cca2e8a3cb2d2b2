/** Starts everything, says where it is, and stops it in order. */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { call2021 } from '../src/domain/calls/2021'
import { ensureAdmin } from './account/roles'
import { buildApp, contextOf, type Parts } from './app'
import { beijingInstant, clockFrom } from './clock'
import { connect } from './db/connect'
import { startCluster, type Cluster } from './db/embedded'
import { seed } from './demo/seed'
import { clamd } from './files/clamd'
import { diskStorage, s3Storage } from './files/storage'
import { keepSwept } from './files/sweep'
import { logOptions } from './http/logging'
import { prepareHttps } from './https'
import { optionsFrom, type Options } from './options'
import { secretsFrom } from './secrets'
import { printQr } from './qr'
import { masterKeys } from './seal/master'
import { consoleSms } from './sms'
import { keepRetained } from './retention'
import { serveTrust } from './trust'

const say = (line: string) => process.stdout.write(`${line}\n`)

async function start(options: Options, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const { demonstration, sms, adminPhone } = secretsFrom(env)
  const closing: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    const cluster: Cluster | null = env.DATABASE_URL ? null : await startCluster(options.dataDir)
    if (cluster) closing.push(cluster.stop)
    const db = connect(env.DATABASE_URL ?? cluster?.url ?? '')
    closing.push(() => db.$client.end())
    const addresses = options.host ? ownAddresses() : []
    const https = options.host
      ? await prepareHttps({ dataDir: options.dataDir, cert: options.cert, key: options.key, addresses })
      : undefined
    const web = fileURLToPath(new URL('../dist', import.meta.url))
    const parts: Parts = {
      db,
      files: env.S3_BUCKET ? await s3Storage(env) : diskStorage(join(options.dataDir, 'files')),
      clock: clockFrom(options.now),
      sms: sms ?? consoleSms(say),
      demonstration,
      keys: await masterKeys(env, options.dataDir, demonstration),
      // A clock that was set by hand means the notice itself.
      call: options.now === null ? undefined : call2021,
      webRoot: existsSync(join(web, 'index.html')) ? web : undefined,
      logger: pino(logOptions(env.LOG_LEVEL ?? 'warn')),
      https: https && { cert: https.cert, key: https.key },
      // A proxy that is named ends TLS, with a certificate of its own.
      certified: Boolean(options.cert ?? env.TRUST_PROXY),
      scanner: env.CLAMD_HOST ? clamd(env.CLAMD_HOST, Number(env.CLAMD_PORT ?? 3310)) : null,
      trustProxy: env.TRUST_PROXY,
    }
    const context = await contextOf(parts)
    if (demonstration) await seed(context)
    if (adminPhone) await ensureAdmin(context, adminPhone)
    const app = await buildApp(parts)
    closing.push(() => app.close(), keepSwept(parts), keepRetained(context, (err) => parts.logger?.error({ err }, 'retention')))
    await app.listen({ port: options.port, host: options.host ?? 'localhost' })
    const { port } = app.server.address() as AddressInfo
    const url = `http${https ? 's' : ''}://localhost:${port}`
    if (https) closing.push(await tellPhones(https, addresses, port, options.host ?? ''))
    const call = parts.call ? call2021.title : `${demonstration ? '演示批次' : '当前批次'}，截止 ${context.calls.current().closesAt}`
    const kind = demonstration ? `演示方式：${call}；演示说明 ${url}/demo` : call
    say(`匠申已启动：${url}`)
    say(`${kind}；服务器时间 ${beijingInstant(parts.clock())}`)
    return stop
  } catch (reason) {
    await stop()
    throw reason
  }
}

/** A QR code with the address, and the page that explains how to trust the local certificate. */
async function tellPhones(https: Awaited<ReturnType<typeof prepareHttps>>, addresses: string[], port: number, host: string) {
  const address = addresses[0] ?? 'localhost'
  const appUrl = `https://${address}:${port}/`
  await printQr(appUrl)
  if (!https.ca) return () => Promise.resolve()
  const trust = await serveTrust({ ca: https.ca, appUrl, host, port: port + 1 })
  say(`手机第一次使用，先打开 http://${address}:${port + 1} 按步骤安装证书（文件：${https.ca.file}）`)
  return () => new Promise((done) => trust.close(done))
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
}

try {
  const stop = await start(optionsFrom(process.argv.slice(2)), process.env)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // A second Ctrl-C doesn't wait.
      if (stopping) process.exit(1)
      stopping = true
      say('正在停止……')
      void stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
} catch (reason) {
  process.stderr.write(`匠申没有启动：${reason instanceof Error ? reason.message : String(reason)}\n`)
  process.exitCode = 1
}
