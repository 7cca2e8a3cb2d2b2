/** What a history is made of: everything now and then, and what it is about more often. */
import type { Happening } from './happenings'
import type { Random } from './random'

type Weights = Record<Happening, number>

const usual: Weights = {
  type: 26, look: 8, addRow: 5, removeRow: 4, bringBackRow: 2, moveRow: 3, photo: 3, submit: 3, binDraft: 0.7, consent: 1.2, choose: 7, newDraft: 0.7,
  network: 46, wait: 8, wake: 5, killTab: 2, killPhone: 2, killInside: 6, openTab: 3, partition: 2, heal: 2, fullDisk: 1.2, freeDisk: 2,
  killServer: 2.5, clockBack: 0.6, signOut: 0.6, signIn: 2, otherAccount: 0.4, backUp: 1.2, restorePhone: 0.5, clearPhone: 0.4,
  backUpServer: 1, restoreServer: 0.5,
}

/** Faults hide where one thing happens again and again; in an even mixture most pairs of happenings never meet. */
const themes: Partial<Weights>[] = [
  { addRow: 2, removeRow: 3, bringBackRow: 6, moveRow: 2 },
  { type: 1.5, look: 3, choose: 3 },
  { backUp: 4, restorePhone: 12, clearPhone: 3 },
  { backUpServer: 5, restoreServer: 8 },
  { signOut: 6, signIn: 5, otherAccount: 12, newDraft: 4 },
  { killTab: 3, killPhone: 4, killInside: 4, killServer: 3 },
  { photo: 5, consent: 5 },
  { openTab: 5, wake: 4, type: 1.5 },
  { network: 0.4, choose: 2 },
  { partition: 6, heal: 4, wait: 2 },
]

/** The weights of one history: none to three themes, each of which multiplies some. */
export function weightsOf(random: Random): Weights {
  const weights = { ...usual }
  for (let n = random.whole(0, 3); n > 0; n--)
    for (const [what, factor] of Object.entries(random.pick(themes)) as [Happening, number][]) weights[what] *= factor
  return weights
}
