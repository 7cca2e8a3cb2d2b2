/** The server's keeping of data keys behind the port of src/data/pin/escrow.ts. */
import type { Escrow } from '../../src/data/pin/port'
import { Unreachable } from '../../src/data/failure'
import { refused } from './fakeWire'

export class FakeEscrow implements Escrow {
  readonly keys = new Map<string, Uint8Array>()
  online = true
  /** Somebody has just signed in. */
  fresh = false

  async give(id: string, key: Uint8Array<ArrayBuffer>) {
    this.reach()
    this.keys.set(id, key.slice())
  }
  async fetch(id: string) {
    this.reach()
    if (!this.fresh) throw refused(403, 'sign-in-again', '请重新登录')
    const key = this.keys.get(id)
    if (!key) throw refused(404, 'not-found')
    return new Uint8Array(key)
  }
  async drop(id: string) {
    this.reach()
    this.keys.delete(id)
  }
  private reach() {
    if (!this.online) throw new Unreachable('no network')
  }
}
