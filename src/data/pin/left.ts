/** What another tab sealed in the very moment in which the PIN was taken away: its key stays with the owner, in clear. */
import type { Codec, SealedBytes } from '../codec'
import type { PhoneDatabase } from '../database'
import { dataKey, openingCodec, sealedCodec } from './sealed'

/** Opens with whichever key fits; null where no PIN was ever taken away here. */
export async function leftCodec(db: PhoneDatabase): Promise<Codec | null> {
  const { left = [] } = (await db.owner.get('owner')) ?? {}
  const codecs = await Promise.all(left.map(async (raw) => openingCodec(sealedCodec(await dataKey(raw)))))
  const [first, ...more] = codecs
  return first ? more.reduce(either, first) : null
}

const either = (one: Codec, other: Codec): Codec => ({
  seal: one.seal,
  open: (payload: SealedBytes & never) => one.open(payload).catch(() => other.open(payload)),
})
