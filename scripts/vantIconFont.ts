import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const cached = resolve(dirname(fileURLToPath(import.meta.url)), '../node_modules/.cache/jiangshen/vant-icon.woff2')

/**
 * Vant's icon stylesheet carries its font as base64 (25 kB in the first load) and falls back to a foreign address.
 * This writes the same bytes to a file of ours, which a browser fetches only when an icon is drawn.
 */
export function vantIconFont(): Plugin {
  return {
    name: 'vant-icon-font',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant\/(es|lib)\/icon\/index\.css/.test(id)) return null
      const font = /url\(data:font\/woff2;charset=utf-8;base64,([^)]+)\)/.exec(code)?.[1]
      if (!font) throw new Error("Vant's icon stylesheet has changed its form; mend scripts/vantIconFont.ts")
      mkdirSync(dirname(cached), { recursive: true })
      writeFileSync(cached, Buffer.from(font, 'base64'))
      const face = code.replace(/src:url\(data:[^)]+\)[^}]*/, `font-display:block;src:url(${cached}) format("woff2")`)
      return { code: face.replace('font-display:auto;', ''), map: null }
    },
  }
}
