import { awardNames, isAward } from '../../domain/forms'
import { sentenceOf, Unreachable } from '../../data/failure'
import type { PackageContent } from '../../data/rescue/content'

export const megabytes = (bytes: number) => `${Math.max(0.1, bytes / 1048576).toFixed(1)}\u00a0MB`

/** Here nothing is tried again by itself. What was received stays, what was given goes again from its start. */
export const troubleOf = (reason: unknown) =>
  reason instanceof Unreachable ? '网络断开了，没有传完。请看看手机有没有网络，再试一次。' : sentenceOf(reason)

/** What a package says of itself, before anything of it is taken in. */
export function aboutPackage({ registers }: Pick<PackageContent, 'registers'>): { award: string; title: string; photos: number } {
  const value = (path: string) => registers.find((one) => one.path === path)?.value
  const award = (value('$draft') as { award?: unknown } | null | undefined)?.award
  const gone = new Set(registers.filter((one) => one.value === null).map(({ path }) => path))
  const photos = registers.filter(({ path }) => path.endsWith('/file') && !gone.has(path) && !gone.has(path.slice(0, -5)))
  const who = value('leaderName') ?? value('name')
  const name = isAward(award) ? awardNames[award] : ''
  const title = `${String(value('$title') || name)}${typeof who === 'string' && who ? `（${who}）` : ''}`
  return { award: name, title, photos: photos.length }
}
