type Plain = Readonly<Record<string, unknown>>

/** Whether two plain objects have the same keys and values; nested ones count as equal only when they are the same. */
function alike(a: Plain, b: Plain): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]))
}

/**
 * Keeps the previous object where nothing in it changed. The store builds every row anew after each save;
 * without this, each key stroke would draw all rows again.
 */
export function stable<T extends Plain>() {
  let known = new Map<string, T>()
  return (entries: Iterable<readonly [id: string, value: T]>): Map<string, T> => {
    const next = new Map<string, T>()
    for (const [id, value] of entries) {
      const before = known.get(id)
      next.set(id, before && alike(before, value) ? before : value)
    }
    known = next
    return next
  }
}
