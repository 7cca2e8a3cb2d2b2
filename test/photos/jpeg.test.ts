// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { takenAt } from '../../src/photos/exif'
import { cleanJpeg } from '../../src/photos/formats/jpeg'
import { sniff } from '../../src/photos/sniff'
import { photo, type PhotoName } from '../support/photos/files'

const has = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text, 0, 'latin1')

describe('a JPEG without metadata', () => {
  it.each<PhotoName>(['gps.jpg', 'nokia-8.3.jpg', 'iphone-hdr.jpg', 'invalid-exif.jpg', 'corrupted.jpg'])(
    '%s keeps its picture and loses everything else',
    (name) => {
      const before = photo(name)
      const after = cleanJpeg(before)
      expect(has(before, 'Exif\0\0') || has(before, 'http://ns')).toBe(true)
      const traces = ['Exif\0\0', 'http://ns', 'ICC_PROFILE', 'Photoshop'].filter((one) => has(after, one))
      expect(traces).toEqual([])
      expect(Buffer.from(after).subarray(-2).toString('hex')).toBe('ffd9')
      expect(sniff(after)).toEqual(sniff(before))
    },
  )

  it('loses what was hidden behind its end', () => {
    const clean = cleanJpeg(photo('gps.jpg'))
    const tail = Uint8Array.from('<script>alert(1)</script>', (letter) => letter.charCodeAt(0))
    const polyglot = new Uint8Array([...clean, ...tail])
    expect(cleanJpeg(polyglot)).toEqual(clean)
  })

  it('does not call half a photo clean', () => {
    expect(() => cleanJpeg(photo('gps.jpg').slice(0, 80_000))).toThrow(RangeError)
  })
})

describe('when a photo was taken', () => {
  it.each<[PhotoName, string | undefined]>([
    ['gps.jpg', '2008-10-22T16:28:39'],
    ['iphone-hdr.jpg', '2015-04-10T20:12:23'],
    ['iphone.heic', '2021-04-11T15:47:53'],
    ['orientation-1.jpg', undefined],
    ['invalid-exif.jpg', undefined],
  ])('%s says %s', (name, time) => {
    expect(takenAt(photo(name))).toBe(time)
  })

  it('ignores times that no clock shows', () => {
    const source = Buffer.from(photo('iphone-hdr.jpg'))
    for (const wrong of ['0000:00:00 00:00:00', '2015:02:30 10:00:00', '2015:04:10 25:00:00']) {
      const changed = Buffer.from(source.toString('latin1').replaceAll('2015:04:10 20:12:23', wrong), 'latin1')
      expect(takenAt(new Uint8Array(changed))).toBeUndefined()
    }
  })
})
