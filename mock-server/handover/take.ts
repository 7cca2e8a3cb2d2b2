/** The body of a handover into the file storage, byte by byte: never more than was announced, never kept in memory. */
import type { FastifyRequest } from 'fastify'
import { Upload } from '@tus/server'
import type { Context } from '../context'
import { Intake } from '../files/intake'
import { Refusal } from '../http/refusal'
import { abandon, complete, MOST_BYTES, reserve } from './handovers'

/** @throws Refusal 411 without a length, 413 too large, 400 `cut-off` */
export async function takeHandover(context: Context, request: FastifyRequest, id: string): Promise<Date> {
  const intake = new Intake(request.raw)
  try {
    return await takeIn(context, intake, Number(request.headers['content-length'] ?? Number.NaN), id)
  } finally {
    intake.stop('released')
  }
}

async function takeIn(context: Context, intake: Intake, bytes: number, id: string): Promise<Date> {
  if (!Number.isInteger(bytes) || bytes < 1) throw new Refusal(411, 'length-required', '请求没有说明长度，请更新匠申后再试。')
  if (bytes > MOST_BYTES) throw tooLarge()
  const file = await reserve(context, id, bytes)
  try {
    await context.files.tus.create(new Upload({ id: file, size: bytes, offset: 0 }))
    const came = await context.files.append(file, 0, atMost(intake, bytes))
    if (came !== bytes || intake.ended !== 'whole') throw new Refusal(400, 'cut-off', '传到一半断开了，请再试一次。')
    await context.files.settle(file)
    const expiresAt = await complete(context, id, file)
    if (!expiresAt) throw new Refusal(409, 'exists', '同一份内容正在另外传一次，请稍等。')
    return expiresAt
  } catch (reason) {
    await abandon(context, id, file)
    throw reason
  }
}

async function* atMost(intake: Intake, most: number): AsyncGenerator<Buffer> {
  let came = 0
  for await (const part of intake) {
    came += part.length
    if (came > most) throw tooLarge()
    yield part
  }
}

const tooLarge = () => new Refusal(413, 'too-large', '这份草稿超过 210 MB，不能用转移码。请改用救援包。')
