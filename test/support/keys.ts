import { masterKey, type MasterKeys } from '../../mock-server/seal/master'

/** A master key that is no secret. */
export const testKeys: MasterKeys = { current: masterKey(Buffer.alloc(32, 7)), earlier: [] }
