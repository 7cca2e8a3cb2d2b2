import { reactive } from 'vue'
import { pinDigits, pinProblem } from '../../../domain/rules/pin'

/** A new PIN, typed twice. */
export function useNewPin() {
  const pin = reactive({ first: '', second: '', firstError: '', secondError: '' })
  return {
    pin,
    /** The PIN where it can be one and both are the same; else says why not. */
    checked(): string | null {
      pin.firstError = pinProblem(pin.first) ?? ''
      const same = pinDigits(pin.first) === pinDigits(pin.second)
      pin.secondError = pin.firstError || same ? '' : '两次输入的不一样，请再输一遍'
      return pin.firstError || pin.secondError ? null : pin.first
    },
  }
}
