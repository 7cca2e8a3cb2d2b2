/** Lengths and faces in Word's units. */
import type { IFontAttributesProperties, IRunOptions } from 'docx'
import type { Face, Paragraph } from '../grid'

/** Millimetres → twentieths of a point. */
export const twips = (mm: number) => Math.round((mm / 25.4) * 1440)
/** Millimetres → pixels at 96 to the inch, docx's unit for pictures. */
export const pixels = (mm: number) => Math.round((mm / 25.4) * 96)

/** 五号 */
export const BODY_SIZE = 10.5

/** Word chooses the face per script; the hint makes quotes and dashes between Chinese characters Chinese as well. */
export function fontOf(face: Face = 'song'): IFontAttributesProperties {
  const eastAsia = face === 'hei' ? '黑体' : '宋体'
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, hint: 'eastAsia' }
}

export function runStyle({ face, size = BODY_SIZE, bold }: Pick<Paragraph, 'face' | 'size' | 'bold'>): IRunOptions {
  return { font: fontOf(face), size: size * 2, bold, language: { value: 'en-US', eastAsia: 'zh-CN' } }
}
