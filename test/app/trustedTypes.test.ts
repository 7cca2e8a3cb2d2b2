import { expect, it, vi } from 'vitest'
import { isOwnWorker, trustOwnWorkers } from '../../src/app/trustedTypes'

const page = 'https://apply.example/apply/1?x=1'

it.each(['/sw.js', '/assets/worker-Dzh5LBaM.js', 'https://apply.example/assets/worker-a_b-1.js', '/assets/pin.worker-abc.js'])(
  'security 51: %s may be started',
  (address) => expect(isOwnWorker(address, page)).toBe(true),
)

it.each([
  'https://elsewhere.example/sw.js',
  'http://apply.example/sw.js',
  '//elsewhere.example/assets/worker-1.js',
  '/api/drafts/1/files/worker-1.js',
  '/assets/../api/worker-1.js',
  '/assets/index-abc.js',
  'data:text/javascript,alert(1)',
  'blob:https://apply.example/1',
  'javascript:alert(1)',
  '/sw.js/../evil.js',
])('security 51: %s may not', (address) => expect(isOwnWorker(address, page)).toBe(false))

it('where a browser has no such policies, nothing is asked of it', () => {
  expect(trustOwnWorkers).not.toThrow()
  const createPolicy = vi.fn<(name: string, rules: object) => void>()
  vi.stubGlobal('trustedTypes', { createPolicy })
  trustOwnWorkers()
  expect(createPolicy.mock.calls.map(([name, rules]) => [name, Object.keys(rules)])).toEqual([['default', ['createScriptURL']]])
  vi.unstubAllGlobals()
})
