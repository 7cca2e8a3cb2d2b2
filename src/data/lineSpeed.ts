/** How fast this line carries files: what chunks are cut by, and what the plan counts on. */
import { shallowRef } from 'vue'

const KEY = 'jiangshen-line'
const KIB = 1024
/** Bytes of a chunk: small enough that little is lost where a whole one must go again, large enough not to crawl. */
export const chunkSizes = { least: 32 * KIB, first: 256 * KIB, most: 512 * KIB }
/** Chunks that the speed is the median of: one slow moment doesn't change the plan, a new place soon does. */
const SAMPLES = 9

const samples = shallowRef<number[]>(recall())
let chunk = chunkSizes.first

/** Bytes per second, the median of the last chunks; null before anything was measured. Reactive. */
export function lineRate(): number | null {
  const sorted = [...samples.value].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? null
}

/** Bytes that the next chunk should have. */
export const chunkSize = () => chunk

/** A chunk came in: one that took long makes the next smaller, so that a slow line too gets one through in time. */
export function noteChunk(bytes: number, ms: number): void {
  chunk = sizeAfter(chunk, ms)
  if (!(ms > 0) || bytes <= 0) return
  samples.value = [...samples.value, (bytes / ms) * 1000].slice(-SAMPLES)
  try {
    localStorage.setItem(KEY, JSON.stringify(samples.value.map(Math.round)))
  } catch {
    // Only a convenience: measured again.
  }
}

/** The line broke: the next chunk risks half as much. */
export function noteBreak(): void {
  chunk = Math.max(chunkSizes.least, chunk / 2)
}

/** @param ms that a chunk of this size took */
export function sizeAfter(size: number, ms: number): number {
  if (ms < 1000) return Math.min(chunkSizes.most, size * 2)
  return ms > 4000 ? Math.max(chunkSizes.least, size / 2) : size
}

function recall(): number[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(stored) ? stored.filter((one): one is number => typeof one === 'number' && one > 0).slice(-SAMPLES) : []
  } catch {
    return []
  }
}
