/** The photos of this folder as bytes. */
import { readFileSync } from 'node:fs'

export type PhotoName =
  | 'nokia-8.3.jpg'
  | 'iphone-hdr.jpg'
  | 'iphone.heic'
  | 'gps.jpg'
  | 'corrupted.jpg'
  | 'invalid-exif.jpg'
  | `orientation-${1 | 3 | 6 | 8}.jpg`

/** Tests run from the project's root; under jsdom `import.meta.url` is no file. */
export function photo(name: PhotoName): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`test/support/photos/${name}`))
}
