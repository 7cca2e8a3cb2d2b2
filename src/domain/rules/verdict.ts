/** 符合 / 待确认 / 不符合. */
export type Result = 'met' | 'unsure' | 'failed'

/** What a rule says: never a bare boolean, always with its reason in plain words and the clause it rests on. */
export interface Verdict {
  /** The condition, e.g. `S3`. */
  condition: string
  title: string
  result: Result
  reason: string
  /** Where the notice says so, e.g. `通知 一(三)`. */
  clause: string
}

export const resultNames: Record<Result, string> = { met: '符合', unsure: '待确认', failed: '不符合' }
