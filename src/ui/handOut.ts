/**
 * Text to take away: onto the clipboard, or as a .txt file where the browser gives none (an address without HTTPS,
 * some built-in browsers). Resolves with which of the two it was.
 * @param name of the file, without its ending
 */
export async function handOut(text: string, name: string): Promise<'copied' | 'saved'> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    const link = document.createElement('a')
    // The mark lets Windows' editors read it as UTF-8.
    link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }))
    link.download = `${name.replaceAll(/[\\/:*?"<>|\s]+/g, '-')}.txt`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    return 'saved'
  }
}
