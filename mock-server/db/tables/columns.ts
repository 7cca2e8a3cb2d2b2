/**
 * Kinds of columns. Values stand as `json`, not `jsonb`: what was typed comes back byte for byte, also characters that
 * jsonb refuses (U+0000, half a surrogate pair), so that no answer can wedge a phone's queue.
 */
import { customType, timestamp } from 'drizzle-orm/pg-core'

// Drizzle's own json column parses a text answer once more: '13900000000' would come back as a number.
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => value as T,
  })(name)
export const bytes = (name: string) => customType<{ data: Buffer }>({ dataType: () => 'bytea' })(name)
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
