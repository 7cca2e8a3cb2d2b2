import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Nothing is loaded from elsewhere and nothing inline runs. HEIC decoding needs wasm; Vant sets style attributes.
 * @param certified by a public authority: only then are browsers told to insist on HTTPS, or localhost would be locked out
 */
export async function secureHeaders(app: FastifyInstance, certified: boolean): Promise<void> {
  await app.register(helmet, {
    frameguard: { action: 'deny' },
    hsts: certified ? { maxAge: 31_536_000 } : false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        // Markup and scripts' addresses only through a policy: Vue's own, and ours for workers (src/app/trustedTypes.ts).
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['vue', 'default'],
      },
    },
  })
}
