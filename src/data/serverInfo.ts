/** The call in force and the server's clock, remembered for the times without a network. */
import { shallowRef } from 'vue'
import { callAt } from '../domain/calls'
import type { Call } from '../domain/calls/call'
import type { ServerInfo } from '../domain/api'
import { wire } from './wire'

const KEY = 'jiangshen-server'

interface Remembered {
  call: Call
  demonstration: boolean
  /** Server's clock less the phone's, ms. */
  ahead: number
}

const remembered = shallowRef<Remembered | null>(recall())

/** The call in force; before the first contact, what the phone's clock says it should be. Reactive. */
export function currentCall(): Call {
  return remembered.value?.call ?? callAt(Date.now(), { fixedClock: false })
}

/** Demonstration mode, as far as the server has said so. Reactive. */
export const isDemonstration = () => remembered.value?.demonstration ?? false

/** The server's time as far as this phone can tell, ms. It draws the countdown and decides nothing. */
export const serverNow = () => Date.now() + (remembered.value?.ahead ?? 0)

/** Asks the server; throws `Unreachable` when it can't be asked. */
export async function refreshServerInfo(): Promise<ServerInfo> {
  const info = await (await wire()).info()
  remember({ call: info.call, demonstration: info.demonstration, ahead: Date.parse(info.now) - Date.now() })
  return info
}

/** Every reply that carries the server's time corrects the countdown. */
export function noteServerTime(now: string): void {
  const ahead = Date.parse(now) - Date.now()
  if (remembered.value && Number.isFinite(ahead)) remember({ ...remembered.value, ahead })
}

function remember(next: Remembered): void {
  remembered.value = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Only a convenience: asked again after the next start.
  }
}

function recall(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Remembered | null
  } catch {
    return null
  }
}
