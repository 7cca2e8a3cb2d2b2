/**
 * HEIC for browsers that can't decode it themselves. Glue and wasm (1.5 MB) are two files of their own that are fetched
 * with the first such photo; from then on they are in the browser's cache, also offline.
 */
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url'
import { PhotoError } from './photoError'

/** The part of libheif-js's hand-written layer that is used; its own types cover only the generated one. */
interface HeifImage {
  get_width(): number
  get_height(): number
  is_primary(): boolean
  display(into: ImageData, done: (filled: ImageData | null) => void): void
  free(): void
}
interface Heif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
}
type Load = (options: { wasmBinary: ArrayBuffer }) => Heif

/** Kept for this worker's life, failures too: photoWorker.ts ends a worker that couldn't get its parts. */
let parts: Promise<{ load: Load; wasmBinary: ArrayBuffer }> | undefined

async function fetchParts(): Promise<{ load: Load; wasmBinary: ArrayBuffer }> {
  try {
    const [glue, response] = await Promise.all([import('libheif-js/libheif-wasm/libheif.js'), fetch(wasmUrl)])
    if (!response.ok) throw new Error(`${response.status} for the HEIC decoder`)
    // The file is CommonJS: its one export is the default.
    return { load: glue.default as unknown as Load, wasmBinary: await response.arrayBuffer() }
  } catch (cause) {
    throw new PhotoError('decoder-missing', {}, { cause })
  }
}

/**
 * The picture upright (HEIF's own rotation is applied, its Exif orientation is only a copy of it).
 * @throws PhotoError `decoder-missing` without a network on first use, `undecodable`
 */
export async function decodeHeic(bytes: Uint8Array): Promise<ImageBitmap> {
  const { load, wasmBinary } = await (parts ??= fetchParts())
  // An instance per photo: wasm memory never shrinks, so that only dropping it gives a phone its memory back.
  const heif = load({ wasmBinary })
  const images = new heif.HeifDecoder().decode(bytes)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  try {
    if (!image) throw new PhotoError('undecodable')
    const pixels = new ImageData(image.get_width(), image.get_height())
    if (!(await fill(image, pixels))) throw new PhotoError('undecodable')
    return await createImageBitmap(pixels)
  } finally {
    for (const one of images) one.free()
  }
}

/** `display` works in a timer and drops what it throws: without listening for that, damaged data would never end. */
async function fill(image: HeifImage, pixels: ImageData): Promise<boolean> {
  let drop: ((event: PromiseRejectionEvent) => void) | undefined
  const dropped = new Promise<never>((_, reject) => {
    drop = ({ reason }) => reject(reason as Error)
    addEventListener('unhandledrejection', drop)
  })
  const filled = new Promise<boolean>((resolve) => image.display(pixels, (result) => resolve(result !== null)))
  return Promise.race([filled, dropped]).finally(() => drop && removeEventListener('unhandledrejection', drop))
}
