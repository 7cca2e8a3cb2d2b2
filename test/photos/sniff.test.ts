// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { sniff } from '../../src/photos/sniff'
import { photo, type PhotoName } from '../support/photos/files'

const text = (content: string) => Uint8Array.from(content, (letter) => letter.charCodeAt(0))

describe('what a picked file is', () => {
  it.each<[PhotoName, string, number, number]>([
    ['nokia-8.3.jpg', 'jpeg', 4608, 1976],
    ['iphone-hdr.jpg', 'jpeg', 3264, 2448],
    ['gps.jpg', 'jpeg', 640, 480],
    ['invalid-exif.jpg', 'jpeg', 636, 227],
    ['orientation-6.jpg', 'jpeg', 1200, 1800],
    ['iphone.heic', 'heic', 2566, 3313],
  ])('%s is a complete %s with its size in the header', (name, format, width, height) => {
    expect(sniff(photo(name))).toMatchObject({ kind: 'picture', format, width, height, complete: true })
  })

  it('marks a photo with impossible bytes inside as damaged, and only that', () => {
    expect(sniff(photo('corrupted.jpg'))).toMatchObject({ format: 'jpeg', complete: true, damaged: true, width: 3648 })
    expect(sniff(photo('iphone-hdr.jpg'))).toMatchObject({ damaged: false })
  })

  it.each<PhotoName>(['nokia-8.3.jpg', 'gps.jpg', 'iphone.heic', 'corrupted.jpg'])('notices that %s was cut off', (name) => {
    const whole = photo(name)
    for (const part of [0.9, 0.5, 0.02])
      expect(sniff(whole.slice(0, Math.floor(whole.length * part)))).toMatchObject({ kind: 'picture', complete: false })
  })

  it('takes padding behind the picture for complete', () => {
    const padded = new Uint8Array(1_000_000)
    padded.set(photo('gps.jpg'))
    expect(sniff(padded)).toMatchObject({ format: 'jpeg', complete: true })
  })

  it('reads the sizes of PNG, GIF, BMP and WebP', () => {
    const png = text('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x02\0\0\0CRC!\0\0\0\0IENDCRC!')
    expect(sniff(png)).toMatchObject({ format: 'png', width: 1024, height: 768, complete: true })
    expect(sniff(png.slice(0, -5))).toMatchObject({ format: 'png', complete: false })
    expect(sniff(text('GIF89a\x0a\0\x14\0\0\0\0;\0\0'))).toMatchObject({ format: 'gif', width: 10, height: 20, complete: true })
    const bmp = text('BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x28\0\0\0\x10\0\0\0\xf0\xff\xff\xff\x01\0\x18\0')
    expect(sniff(bmp)).toMatchObject({ format: 'bmp', width: 16, height: 16, complete: true })
    const webp = text('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x03\0\xff\x02\0')
    expect(sniff(webp)).toMatchObject({ format: 'webp', width: 1024, height: 768, complete: true })
  })

  it.each([
    ['nothing', '', { kind: 'empty' }],
    ['a PDF', '%PDF-1.7\n', { kind: 'pdf' }],
    ['a drawing', '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg">', { kind: 'svg' }],
    ['a Windows program', 'MZ\x90\0\x03', { kind: 'other', what: '程序' }],
    ['a Linux program', '\x7fELF\x02\x01', { kind: 'other', what: '程序' }],
    ['a Word document', 'PK\x03\x04\x14\0', { kind: 'other', what: '压缩包或办公文档（如 Word、Excel）' }],
    ['a video', '\0\0\0\x18ftypmp42\0\0\0\0', { kind: 'other', what: '视频' }],
    ['a web page', '<!DOCTYPE html><title>登录</title>', { kind: 'other', what: '网页' }],
    ['a text that begins like a bitmap', 'BMW 机床说明', { kind: 'other' }],
  ])('knows %s whatever its name says', (_, content, expected) => {
    expect(sniff(text(content))).toEqual(expected)
  })

  it('tells AVIF from HEIC by what the file is compatible with', () => {
    expect(sniff(text('\0\0\0\x1cftypavif\0\0\0\0'))).toMatchObject({ format: 'avif', complete: false })
    expect(sniff(text('\0\0\0\x1cftypmif1\0\0\0\0mif1heic'))).toMatchObject({ format: 'heic' })
    expect(sniff(text('\0\0\0\x1cftypmif1\0\0\0\0mif1avif'))).toMatchObject({ format: 'avif' })
  })
})
