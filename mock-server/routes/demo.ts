import type { FastifyInstance } from 'fastify'
import type { Context } from '../context'
import { samples } from '../../test/support/samples'
import { sampleDraft } from '../demo/seed'
import { Refusal } from '../http/refusal'
import { anything, closed, documented, object } from '../http/schemas'

/** The year 2100, ms. */
const LATEST = 4_102_444_800_000

/** Only in demonstration mode: what is there to try, and the server's clock. */
export function demoRoutes(app: FastifyInstance, { time }: Context): void {
  const clock = () => ({ now: new Date(time.now()).toISOString(), moved: time.moved() })
  app.get(
    '/api/demo',
    {
      schema: documented(
        '演示',
        '演示账号、样例申报和服务器时钟',
        object({ accounts: anything, samples: anything, clock: anything }),
      ),
    },
    () => ({
      accounts: samples.map(({ phone, name }) => ({ phone, name })),
      samples: samples.map(({ id, award, title, phone }) => ({ id, award, title, phone, draft: sampleDraft(id) })),
      clock: clock(),
    }),
  )
  app.post<{ Body: { now: string | null } }>(
    '/api/demo/clock',
    {
      schema: {
        ...documented('演示', '拨动服务器时钟（批次日期不变）；null 恢复', object({ clock: anything })),
        body: closed({ now: { type: ['string', 'null'], maxLength: 40 } }),
      },
    },
    (request) => {
      const { now } = request.body
      const ms = now === null ? null : Date.parse(now)
      // Beyond what a date can be, every later answer would fail.
      if (Number.isNaN(ms) || Math.abs(ms ?? 0) > LATEST)
        throw new Refusal(400, 'bad-request', '时间要写成 2021-04-25T23:59:00+08:00 这样。')
      time.moveTo(ms)
      return { clock: clock() }
    },
  )
}
