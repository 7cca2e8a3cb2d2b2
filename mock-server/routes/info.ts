import type { FastifyInstance } from 'fastify'
import { sql } from 'drizzle-orm'
import type { ServerInfo } from '../../src/domain/api'
import type { Context } from '../context'
import { anything, documented, object } from '../http/schemas'

/** The call and the clock, and what a supervisor asks. */
export function infoRoutes(app: FastifyInstance, { db, time, calls, demonstration }: Context): void {
  const info = object({ call: anything, now: { type: 'string' }, demonstration: { type: 'boolean' } })
  app.get('/api/call', { schema: documented('批次', '当前批次和服务器时间', info) }, (): ServerInfo => ({
    call: calls.current(),
    now: new Date(time.now()).toISOString(),
    demonstration,
  }))
  const quiet = { logLevel: 'silent', config: { rateLimit: false as const } } as const
  const ok = object({ ok: { type: 'boolean' } })
  app.get('/api/health', { ...quiet, schema: documented('运行', '进程在运行', ok) }, () => ({ ok: true }))
  app.get('/api/ready', { ...quiet, schema: documented('运行', '数据库可用，可以接受请求', ok) }, async () => {
    await db.execute(sql`select 1`)
    return { ok: true }
  })
}
