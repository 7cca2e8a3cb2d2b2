import qrcode from 'qrcode'

/** Prints the address as a QR code that a phone's camera reads off the terminal, and in words below it. */
export async function printQr(url: string, write: (text: string) => void = console.log): Promise<void> {
  write(await qrcode.toString(url, { type: 'terminal', small: true, errorCorrectionLevel: 'M' }))
  write(`手机扫码打开：${url}`)
}
