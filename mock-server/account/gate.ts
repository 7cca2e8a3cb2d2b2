/** Asks the table of src/domain/access.ts before every answer. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { denial, recordDenial, ruleFor, type Denial } from '../../src/domain/access'
import { staffRoles } from '../../src/domain/roles'
import type { Context } from '../context'
import { notFound, Refusal } from '../http/refusal'
import { relationTo } from './records'
import { rolesOf } from './roles'
import { sessionOf, signedOut, type AccountRow, type Session } from './sessions'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for whoever may be here; null on the routes that are open to anyone. */
    session: Session | null
  }
  interface FastifyInstance {
    /** Every route as `METHOD /path`. */
    allRoutes: string[]
  }
}

const refusals: Record<Denial, () => Refusal> = {
  'signed-out': signedOut,
  forbidden: () => new Refusal(403, 'forbidden', '您的账号没有这项权限。'),
  'second-factor': () => new Refusal(403, 'second-factor', '请先输入动态口令。'),
  'sign-in-again': () => new Refusal(403, 'sign-in-again', '为了安全，请重新登录一次，再在 5 分钟内完成这一步。'),
  'not-found': notFound,
}

/** Call it before the routes are added: one without a rule must not get in. */
export function guardAccess(app: FastifyInstance, context: Context): void {
  app.decorateRequest('session', null)
  app.decorate('allRoutes', [])
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (!ruleFor(one, url)) throw new Error(`No rule in src/domain/access.ts for ${one} ${url}`)
      app.allRoutes.push(`${one} ${url}`)
    }
  })
  // After the body has come in, so that a slow question to the database holds up nobody's upload; before it is looked at.
  app.addHook('preValidation', (request) => enter(context, request))
}

async function enter(context: Context, request: FastifyRequest): Promise<void> {
  if (request.is404) return
  const rule = ruleFor(request.method, request.routeOptions.url ?? '')
  if (!rule) throw notFound()
  if (rule.may.includes('anyone')) return
  const session = await sessionOf(context, request)
  // Read anew each time: a role that was taken away is gone with the next request.
  const roles = session && rule.may.some(isStaff) ? await rolesOf(context.db, session.account.id) : []
  const who = session && { level: session.level, signedInAt: session.signedInAt, roles: roles.map(({ role }) => role) }
  const denied = denial(rule, who, context.time.clock())
  if (denied) throw refusals[denied]()
  if (session && rule.record) {
    const other = recordDenial(rule, await relationTo(context, rule.record, request, session.account.id))
    if (other) throw refusals[other]()
  }
  request.session = session
}

const isStaff = (actor: string) => (staffRoles as readonly string[]).includes(actor)

/** The request's session. @throws Refusal 401 `signed-out` on a route that is open to anyone */
export function sessionIn({ session }: FastifyRequest): Session {
  if (!session) throw signedOut()
  return session
}

/** Who asks. */
export const signedIn = (request: FastifyRequest): AccountRow => sessionIn(request).account
