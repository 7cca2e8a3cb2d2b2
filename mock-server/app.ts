/** Builds the application out of its parts; `main.ts` listens. */
import { randomUUID } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { callAt, callById } from '../src/domain/calls'
import type { Call } from '../src/domain/calls/call'
import { MAX_BATCH_BYTES } from '../src/domain/sync'
import { timeFrom, type Clock } from './clock'
import type { Calls, Context } from './context'
import type { Database } from './db/connect'
import { migrate } from './db/migrate'
import type { Scanner } from './files/clamd'
import type { FileStorage } from './files/storage'
import { documentApi } from './http/docs'
import { answerBrokenRequests, answerErrors, answerUnroutable } from './http/errors'
import { guard, isApi, refuseOtherSites } from './http/guards'
import { secureHeaders } from './http/headers'
import { Refusal } from './http/refusal'
import { serveWeb } from './http/web'
import { guardAccess } from './account/gate'
import { accountRoutes } from './routes/account'
import { demoRoutes } from './routes/demo'
import { fileRoutes } from './routes/files'
import { handoverRoutes } from './routes/handovers'
import { historyRoutes } from './routes/history'
import { infoRoutes } from './routes/info'
import { personalDataRoutes } from './routes/personalData'
import { phoneKeyRoutes } from './routes/phoneKeys'
import { previewRoutes } from './routes/previews'
import { inspectionApart, type Inspection } from './inspection/inspection'
import { receiptRoutes } from './routes/receipts'
import { staffRoutes } from './routes/staff'
import { submissionRoutes } from './routes/submissions'
import { syncRoutes } from './routes/sync'
import { uploadRoutes } from './routes/uploads'
import type { MasterKeys } from './seal/master'
import { bringUpToDate } from './seal/standing'
import type { Sms } from './sms'
import { ensureKey } from './submission/keys'

export interface Parts {
  db: Database
  files: FileStorage
  clock: Clock
  sms: Sms
  /** Codes are shown, /api/demo exists, and the server's clock can be moved. */
  demonstration: boolean
  /** Master keys, see `masterKeys`. */
  keys: MasterKeys
  /** The call to apply in; without one, the demonstration call that is open now. */
  call?: Call | undefined
  /** The built app. */
  webRoot?: string | undefined
  logger?: FastifyBaseLogger | undefined
  https?: Pick<ServerOptions, 'cert' | 'key'> | undefined
  /** The certificate is one that every browser trusts. */
  certified?: boolean
  /** Looks for viruses; null or absent: none is connected. */
  scanner?: Scanner | null
  /** What looks into files; absent: processes apart. */
  inspection?: Inspection
  /** Addresses or networks of the proxies in front, separated by commas; what others say of where they come from is ignored. */
  trustProxy?: string | undefined
}

/** What the routes share; brings the tables up to date and makes what must exist. */
export async function contextOf({ db, files, clock, sms, demonstration, keys, call, scanner = null, inspection = inspectionApart() }: Parts): Promise<Context> {
  await migrate(db)
  await ensureKey(db, clock())
  await bringUpToDate(db, keys)
  const calls = callsOf(clock, demonstration, call)
  return { db, files, time: timeFrom(clock), sms, demonstration, keys, calls, inspection, scanner }
}

function callsOf(clock: Clock, demonstration: boolean, call: Call | undefined): Calls {
  // By the clock itself, not the one that the demonstration moves: a call mustn't flee from its own closing instant.
  const current = () => call ?? callAt(clock(), { fixedClock: !demonstration })
  return {
    current,
    byId: (id) => [current()].find((one) => one.id === id) ?? (demonstration ? callById(id) : null),
  }
}

/** A server that is ready for `inject` or `listen`. Closing it leaves the database to its owner. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const context = await contextOf(parts)
  const app = Fastify({
    ...(parts.logger ? { loggerInstance: parts.logger } : { logger: false }),
    ...(parts.https ? { https: parts.https } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: MAX_BATCH_BYTES,
    // `__proto__` and `constructor` as keys: 400.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    trustProxy: parts.trustProxy ?? false,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerBrokenRequests,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allowUnionTypes: true } },
    // The same interface over TLS; the types tell the two kinds of server apart, the routes don't.
  } as object) as unknown as FastifyInstance
  // Schemas check what comes in and describe what goes out; they never cut an answer short.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  guard(app, context.time.arrival)
  answerErrors(app)
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        trace: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
    done()
  })
  await secureHeaders(app, parts.certified ?? false)
  refuseOtherSites(app)
  app.addHook('onClose', () => context.inspection.stop())
  await app.register(cookie)
  await app.register(compress, { threshold: 1024 })
  await app.register(rateLimit, {
    max: 3000,
    timeWindow: '1 minute',
    allowList: (request) => !isApi(request.url),
    errorResponseBuilder: (_, { ttl }) =>
      new Refusal(429, 'too-many', '操作太频繁，请稍后再试。', undefined, Math.max(1, Math.ceil(ttl / 1000))),
  })
  guardAccess(app, context)
  await documentApi(app)
  infoRoutes(app, context)
  accountRoutes(app, context)
  staffRoutes(app, context)
  phoneKeyRoutes(app, context)
  syncRoutes(app, context)
  historyRoutes(app, context)
  uploadRoutes(app, context)
  fileRoutes(app, context)
  previewRoutes(app, context)
  submissionRoutes(app, context)
  receiptRoutes(app, context)
  handoverRoutes(app, context)
  personalDataRoutes(app, context)
  if (context.demonstration) demoRoutes(app, context)
  await serveWeb(app, parts.webRoot)
  await app.ready()
  return app
}
