/** The rows of the table and the goal of each. */
import type { Subject } from './subjects'

export interface Figure {
  id: string
  label: string
  unit: string
  /** ours ≤ `times` × that figure of another page, or ≤ `at`; none where the figure only stands for comparison. */
  goal?: { times: number; of: Subject['id'] | 'app'; figure?: string } | { at: number }
  note?: string
}

export const figures: Figure[] = [
  { id: 'bytes', label: 'JS + CSS until the first key', unit: 'kB br', goal: { at: 90 } },
  { id: 'firstPaint', label: 'First paint, cold', unit: 'ms' },
  { id: 'typeable', label: 'First field typeable, cold', unit: 'ms', goal: { times: 1.5, of: 'vue' } },
  { id: 'typeableAgain', label: '… second visit', unit: 'ms', goal: { times: 0.9, of: 'vue', figure: 'typeable' } },
  { id: 'typeableOffline', label: '… offline', unit: 'ms', goal: { times: 0.9, of: 'vue', figure: 'typeable' } },
  { id: 'longTasks', label: 'Long tasks before the first key', unit: 'ms', goal: { times: 2, of: 'vue' } },
  { id: 'longTasksAgain', label: '… second visit', unit: 'ms' },
  { id: 'key50', label: 'Key stroke to paint, p50', unit: 'ms' },
  { id: 'key98', label: 'Key stroke to paint, p98', unit: 'ms', goal: { times: 1.2, of: 'empty' } },
  { id: 'row15', label: 'Add the 15th row', unit: 'ms' },
  { id: 'row50', label: 'Add the 50th row', unit: 'ms', goal: { times: 0.58, of: 'vue' }, note: 'the app draws it with its limit of 15 rows raised' },
  { id: 'save', label: 'One edit saved, strictly durable', unit: 'ms', goal: { at: 15 } },
  { id: 'restored', label: 'Draft restored to the step with 10 pictures', unit: 'ms', goal: { times: 1, of: 'vue' } },
  { id: 'heap', label: 'Heap with a full application', unit: 'MB', goal: { at: 10 } },
  { id: 'photo', label: 'Photo of 12 megapixels stored and shown', unit: 'ms', goal: { at: 600 }, note: 'throttling does not reach workers' },
  { id: 'photoTask', label: '… longest task on the main thread', unit: 'ms', goal: { at: 50 } },
  { id: 'photoUnthrottled', label: '… unthrottled', unit: 'ms' },
  { id: 'photos0', label: 'Draft without photos opened', unit: 'ms' },
  { id: 'photos200', label: 'Draft with 200 photos opened', unit: 'ms', goal: { times: 1.3, of: 'app', figure: 'photos0' } },
  { id: 'cache', label: 'Offline cache, compressed', unit: 'MB', goal: { at: 1.2 } },
]
