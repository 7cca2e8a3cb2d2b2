/**
 * Each counts as one: Han, kana and Hangul, full-width marks (also the dashes, quotes, dots, circled numbers and
 * square units that Chinese sets full-width), emoji.
 */
const WIDE =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Bopo}\\p{ExtPict}' +
  '\\u00B7\\u2014-\\u201F\\u2025-\\u2027\\u2103\\u2460-\\u24FF\\u3001-\\u33FF\\uFE10-\\uFE1F\\uFE30-\\uFE4F\\uFF01-\\uFFEF'

/** A wide character, or a run of anything else that isn't white space. */
const PIECES = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+`, 'gu')

/** What only changes the look of its neighbour: joiners, variation selectors, skin colours, other invisible signs. */
const SILENT = /[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]/gu

/** 字数 as a word processor counts: each Chinese character or full-width mark 1, each run of Latin letters or digits 1. */
export function countWords(text: string): number {
  return text.replace(SILENT, '').match(PIECES)?.length ?? 0
}
