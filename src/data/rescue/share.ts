/** A finished package leaves the phone's browser: to another app where the phone can, else as a download. */
export type Left = 'shared' | 'saved' | 'cancelled'

/** To be called by a tap. Sharing that fails for any other reason than its user's saves the file instead. */
export async function shareOrSave(file: File): Promise<Left> {
  if (canShare(file)) {
    try {
      await navigator.share({ files: [file], title: file.name })
      return 'shared'
    } catch (reason) {
      if ((reason as { name?: string } | null)?.name === 'AbortError') return 'cancelled'
    }
  }
  saveFile(file)
  return 'saved'
}

export function canShare(file: File): boolean {
  try {
    return typeof navigator.share === 'function' && navigator.canShare?.({ files: [file] }) === true
  } catch {
    return false
  }
}

export function saveFile(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  // Large files are still being read when the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
