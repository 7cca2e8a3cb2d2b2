import { beforeEach, expect, it, vi } from 'vitest'
import { restoreAppearance, useAppearance } from '../../src/ui/settings'

const dressed = () => ({ ...document.documentElement.dataset })
beforeEach(() => {
  localStorage.clear()
  restoreAppearance()
})

it('follows the phone until somebody chooses', () => {
  expect(dressed()).toEqual({})
})

it('is still in 长辈版 and dark after the app was closed', () => {
  useAppearance().choose({ elder: true, theme: 'dark' })
  expect(dressed()).toEqual({ elder: '', theme: 'dark' })
  delete document.documentElement.dataset.elder
  restoreAppearance()
  expect(dressed()).toEqual({ elder: '', theme: 'dark' })
})

it('starts with what it can read of a broken setting', () => {
  localStorage.setItem('appearance', '{"elder":true,"theme":"purple"}')
  restoreAppearance()
  expect(dressed()).toEqual({ elder: '' })
  localStorage.setItem('appearance', 'null')
  restoreAppearance()
  expect(dressed()).toEqual({})
})

it('keeps the choice of a private window until it is closed', () => {
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { appearance, choose } = useAppearance()
  choose({ elder: true })
  full.mockRestore()
  expect(appearance.elder).toBe(true)
  expect(dressed()).toEqual({ elder: '' })
})
