import { beforeEach, describe, expect, it, vi } from 'vitest'
import { registerFlush } from '../../src/data/flush'
import { chunkMissing, isChunkError, recover } from '../../src/app/missingChunks'

const reloads: string[] = []
const leave = (target: string) => void reloads.push(target)
let serverIsThere = true

beforeEach(() => {
  reloads.length = 0
  chunkMissing.value = null
  sessionStorage.clear()
  serverIsThere = true
  vi.stubGlobal('fetch', async () => {
    if (!serverIsThere) throw new TypeError('Failed to fetch')
    return new Response()
  })
})

describe('a part of the app that could not be loaded', () => {
  it('brings the page anew, at the place that was asked for', async () => {
    await recover('/apply/1/review', leave)
    expect(reloads).toEqual(['/apply/1/review'])
  })

  it('never reloads twice in a row', async () => {
    await recover('/apply/1/review', leave)
    await recover('/apply/1/review', leave)
    expect(reloads).toHaveLength(1)
    expect(chunkMissing.value).toBe('gone')
  })

  it('never reloads without a network, and says so', async () => {
    serverIsThere = false
    await recover('/apply/1/review', leave)
    expect(reloads).toEqual([])
    expect(chunkMissing.value).toBe('offline')
  })

  it('writes typed words down first, and stays when they could not be written', async () => {
    const order: string[] = []
    const done = registerFlush(async () => void order.push('written'))
    await recover('/me', (target) => void order.push(target))
    expect(order).toEqual(['written', '/me'])
    done()

    sessionStorage.clear()
    const failing = registerFlush(() => Promise.reject(new Error('disk full')))
    await recover('/me', leave)
    expect(reloads).toEqual([])
    expect(chunkMissing.value).toBe('gone')
    failing()
  })

  it.each([
    ['Chromium', 'Failed to fetch dynamically imported module: https://a/assets/x.js'],
    ['Firefox', 'error loading dynamically imported module: https://a/assets/x.js'],
    ['WebKit', 'Importing a module script failed.'],
    ['a style sheet', 'Unable to preload CSS for /assets/x.css'],
  ])('is told from other faults in the words of %s', (_, message) => {
    expect(isChunkError(new TypeError(message))).toBe(true)
    expect(isChunkError(new TypeError('x is not a function'))).toBe(false)
  })
})
