/** Whether this browser can keep drafts at all. Opened once at the start: some have the interface and refuse its use. */
export async function canKeepDrafts(): Promise<boolean> {
  if (!('indexedDB' in globalThis) || !indexedDB) return false
  try {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('jiangshen-probe')
      request.addEventListener('success', () => {
        request.result.close()
        resolve()
      })
      request.addEventListener('error', () => reject(request.error ?? new Error('refused')))
    })
    return true
  } catch {
    return false
  }
}
