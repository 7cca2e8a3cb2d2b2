/** What the page asks of the worker, and what comes back. Everything in it can be cloned. */
import type { Edit } from './editPhoto'
import type { Page } from './joinPages'
import type { ErrorFacts, PhotoErrorCode } from './photoError'
import type { FileKind } from './prepareFile'
import type { PreparedFile, PreparedPdf, PreparedPhoto, Thumbnail } from './prepared'
import type { PhotoOptions, Stage } from './preparePhoto'
import type { RedBackground } from './redShare'

export interface Jobs {
  prepare: { input: { source: Blob; kind: FileKind; options: PhotoOptions }; output: PreparedFile }
  edit: { input: { buf: ArrayBuffer; edit: Edit }; output: PreparedPhoto }
  join: { input: { pages: readonly Page[] }; output: PreparedPdf }
  thumbnail: { input: { buf: ArrayBuffer }; output: Thumbnail }
  redBackground: { input: { buf: ArrayBuffer }; output: RedBackground }
}
export type JobName = keyof Jobs

/** `id` tells a job's replies from those of one that was given up. */
export type Order =
  | { [N in JobName]: { id: number; job: N; input: Jobs[N]['input'] } }[JobName]
  | { id: number; job: 'abort' }

export type Reply =
  | { id: number; is: 'stage'; stage: Stage }
  | { id: number; is: 'done'; output: Jobs[JobName]['output'] }
  | { id: number; is: 'refused'; code: PhotoErrorCode; facts: ErrorFacts; cause: string }
  | { id: number; is: 'aborted' }
