import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chunkSizes, sizeAfter } from '../../src/data/lineSpeed'
import { planOf } from '../../src/data/uploadPlan'

const now = Date.parse('2021-04-25T23:00:00+08:00')
const closesAt = Date.parse('2021-04-26T00:00:00+08:00')
const MB = 1024 * 1024

describe('the plan', () => {
  it('counts the minutes at the speed of this line', () => {
    expect(planOf({ bytesLeft: 38 * MB, rate: 60_000, now, closesAt }).minutes).toBeCloseTo(11.07, 1)
  })
  it('says only the size before anything was measured', () => {
    expect(planOf({ bytesLeft: 38 * MB, rate: null, now, closesAt })).toEqual({ bytesLeft: 38 * MB, minutes: null, inTime: null })
  })
  it.each([
    ['is met', 38 * MB, 60_000, true],
    ['is missed', 380 * MB, 60_000, false],
    ['is missed by a hair: the closing instant itself is too late', 3600 * 1000, 1000, false],
  ])('says whether the closing instant %s', (_, bytesLeft, rate, inTime) => {
    expect(planOf({ bytesLeft, rate, now, closesAt }).inTime).toBe(inTime)
  })
  it('says nothing of a closing instant that has passed, or of none', () => {
    expect(planOf({ bytesLeft: MB, rate: 1000, now: closesAt, closesAt }).inTime).toBeNull()
    expect(planOf({ bytesLeft: MB, rate: 1000, now, closesAt: null }).inTime).toBeNull()
  })
})

describe('the speed of a line', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.resetModules()
  })
  const fresh = () => import('../../src/data/lineSpeed')

  it('is the median of the last chunks: one slow moment changes nothing', async () => {
    const { lineRate, noteChunk } = await fresh()
    expect(lineRate()).toBeNull()
    for (const ms of [1000, 1000, 60_000, 1000]) noteChunk(100_000, ms)
    expect(lineRate()).toBe(100_000)
  })
  it('is remembered by the phone, and follows it to another place', async () => {
    const before = await fresh()
    before.noteChunk(50_000, 1000)
    vi.resetModules()
    const { lineRate, noteChunk } = await fresh()
    expect(lineRate()).toBe(50_000)
    for (let i = 0; i < 9; i++) noteChunk(10_000, 1000)
    expect(lineRate()).toBe(10_000)
  })
  it('takes no nonsense out of storage, nor from a clock that stood still', async () => {
    localStorage.setItem('jiangshen-line', '{"no":"list"}')
    const { lineRate, noteChunk } = await fresh()
    noteChunk(1000, 0)
    noteChunk(1000, -5)
    expect(lineRate()).toBeNull()
  })
})

it('chunks grow on a quick line and shrink on a slow one, within bounds', () => {
  const { least, most } = chunkSizes
  expect(sizeAfter(256 * 1024, 200)).toBe(512 * 1024)
  expect(sizeAfter(most, 1)).toBe(most)
  expect(sizeAfter(256 * 1024, 2000)).toBe(256 * 1024)
  expect(sizeAfter(256 * 1024, 9000)).toBe(128 * 1024)
  expect(sizeAfter(least, 90_000)).toBe(least)
})
