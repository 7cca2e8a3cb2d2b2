/** A page with nothing but src/photos on it, for tests in a real browser. */
import * as photos from '../../../../src/photos'
import type { PhotoName } from '../files'

async function load(name: PhotoName): Promise<Blob> {
  const response = await fetch(`/${name}`)
  if (!response.ok) throw new Error(`${name}: ${response.status}`)
  return response.blob()
}

/** What cameras and editors leave in files. */
const traces = ['Exif\0\0', 'http://ns', 'ICC_PROFILE', 'Photoshop', 'Apple', 'GPS\0', 'HMD Global']

/** A prepared file in numbers and words, because bytes don't travel well out of a page. */
function facts({ buf, ...file }: photos.PreparedFile) {
  const text = new TextDecoder('latin1').decode(buf)
  return {
    ...file,
    ...(file.type === 'image/jpeg' ? { thumbnail: { ...file.thumbnail, buf: file.thumbnail.buf.byteLength } } : {}),
    length: buf.byteLength,
    start: text.slice(0, 12),
    end: text.slice(-2),
    metadata: traces.filter((one) => text.includes(one)),
  }
}

async function refusal(attempt: Promise<unknown>) {
  try {
    await attempt
  } catch (error) {
    if (error instanceof photos.PhotoError) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'taken', message: '' }
}

/** Pixels of a JPEG, drawn at 60 × 60: enough to compare scenes, too few to see compression. */
async function pixels(buf: ArrayBuffer): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(new Blob([buf]))
  const context = new OffscreenCanvas(60, 60).getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, 60, 60)
  return context.getImageData(0, 0, 60, 60).data
}

/** Mean difference of two pictures' channels, 0 to 255. */
async function difference(a: ArrayBuffer, b: ArrayBuffer): Promise<number> {
  const [one, other] = [await pixels(a), await pixels(b)]
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length
}

/** A made-up picture, as a PNG file. */
async function drawn(width: number, height: number, paint: (context: OffscreenCanvasRenderingContext2D) => void) {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  paint(context)
  return canvas.convertToBlob({ type: 'image/png' })
}

function base64(buf: ArrayBuffer): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^.*,/, '')))
    reader.readAsDataURL(new Blob([buf]))
  })
}

const page = { ...photos, load, facts, refusal, difference, drawn, base64 }
declare global {
  interface Window {
    photos: typeof page
  }
}
window.photos = page
export type PhotoPage = typeof page
