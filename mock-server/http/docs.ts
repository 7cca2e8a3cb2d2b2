import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The contract, written down from the routes themselves: `/api/openapi.json`, and `/api/docs` to read it. */
export async function documentApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '匠申 API',
        version: '1',
        description: '无锡市技能大师工作室、企业首席技师申报。城市自有后台按此接口实现，即可代替本服务。',
      },
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  // Its page isn't ours: React writes styles inline, and its texts by innerHTML. It gets a policy that allows that, and no more.
  await app.register(async (scope) => {
    scope.addHook('onRequest', (_, reply, done) => {
      reply.header('content-security-policy', policy)
      done()
    })
    await scope.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: false, uiConfig: { docExpansion: 'list' } })
  })
}
