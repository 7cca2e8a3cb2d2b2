import type { FastifyInstance } from 'fastify'
import type { Receipt } from '../../src/domain/submission'
import type { Context } from '../context'
import { anything, closed, documented, object, sha256, text, uuid, whole } from '../http/schemas'
import { publicKeys } from '../submission/keys'
import { lookUp, verifyReceipt } from '../submission/verification'

const receipt = closed({
  number: text(40),
  award: { type: 'string', enum: ['studio', 'technician'] },
  call: text(40),
  draft: uuid,
  revision: whole,
  at: text(40),
  digest: sha256,
  files: whole,
  bytes: whole,
  keyId: text(40),
  signature: text(120),
})
const verification = object({ valid: { type: 'boolean' }, standing: anything, receipt: anything })

/** Public: a receipt holds nothing personal, and whoever has one may check it. */
export function receiptRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { number: string } }>(
    '/api/receipts/:number',
    { schema: { ...documented('回执', '按编号查验回执', verification), params: closed({ number: text(40) }) } },
    (request) => lookUp(context.db, request.params.number),
  )
  app.post<{ Body: { receipt: Receipt } }>(
    '/api/receipts/verify',
    { schema: { ...documented('回执', '查验一张回执的签名和现状', verification), body: closed({ receipt }) } },
    (request) => verifyReceipt(context.db, request.body.receipt),
  )
  app.get('/api/keys', { schema: documented('回执', '验证签名的公钥，旧的也在（JWK Set）', object({ keys: anything })) }, () =>
    publicKeys(context.db),
  )
}
