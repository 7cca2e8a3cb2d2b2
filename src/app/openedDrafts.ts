import type { Router } from 'vue-router'
import { migrateDraft } from '../data/migrateDraft'

/** Called once, when the first page stands: whichever draft is opened is brought to today's form first. */
export function migrateOpened(router: Router): void {
  const done = new Set<string>()
  const look = async () => {
    const { draft } = router.currentRoute.value.params
    if (typeof draft !== 'string' || done.has(draft)) return
    done.add(draft)
    // Not written (a full disk): it can be filled in as it is, and is tried again with the next page.
    await migrateDraft(draft).catch(() => done.delete(draft))
  }
  router.afterEach(() => void look())
  void look()
}
