import type { Json, Register, Verdict } from '../../src/domain/sync'

/** The same verdict with every value in it changed: sealed before it is stored, opened before it is told again. */
export function withValues(verdict: Verdict, change: (path: string, value: Json) => Json): Verdict {
  const current = (register: Register | undefined) =>
    register && { current: { ...register, value: change(register.path, register.value) } }
  if (verdict.verdict !== 'conflict') return { ...verdict, ...current(verdict.current) }
  const { conflict } = verdict
  return { ...verdict, conflict: { ...conflict, mine: change(conflict.path, conflict.mine) }, ...current(verdict.current) }
}
