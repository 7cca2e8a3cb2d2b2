/** Builds what is compared: the pages of pages/ in production mode, the seeding script, and the app. */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build as bundle } from 'esbuild'
import { build } from 'vite'
import { form } from './pages/form'

const here = import.meta.dirname
export const pagesFolder = join(here, 'dist')
export const appFolder = join(here, 'dist/app')

export async function buildPages(): Promise<void> {
  await build({
    root: join(here, 'pages'),
    configFile: false,
    logLevel: 'warn',
    plugins: [vue(), { name: 'plain-form', transformIndexHtml: (html) => html.replace('<!--form-->', plainForm()) }],
    build: {
      outDir: pagesFolder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rollupOptions: { input: ['empty', 'plain', 'vue'].map((name) => join(here, 'pages', `${name}.html`)) },
    },
  })
  await bundle({
    entryPoints: [join(here, 'seed.ts')],
    outfile: join(pagesFolder, 'seed.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
  await writeFile(join(pagesFolder, 'seed.html'), '<!doctype html><title>seed</title><script type="module" src="/seed.js"></script>')
}

/** Always anew, and not into dist/: what is measured are these sources, and a server may be running on the other one. */
export function buildApp(): void {
  const args = ['vite', 'build', '--outDir', appFolder, '--emptyOutDir', '--logLevel', 'error']
  const { status } = spawnSync('npx', args, { stdio: 'inherit', cwd: join(here, '../..') })
  if (status !== 0) throw new Error('The app could not be built')
}

function plainForm(): string {
  const field = ([name, label]: readonly [string, string]) => `<label>${label}<input data-field="${name}"></label>`
  const tables = form.tables.map(({ name, label, rows, columns }) => {
    const row = `<div class="row">${columns.map(field).join('')}</div>`
    return `<fieldset data-table="${name}"><legend>${label}</legend>${row.repeat(rows)}<button type="button">添加一行</button></fieldset>`
  })
  const [name, label] = form.long
  return `<main><h1>无锡市企业首席技师申报表</h1><div id="single">${form.single.map(field).join('')}
    <label>${label}<textarea data-field="${name}" rows="12"></textarea></label></div>${tables.join('')}
    <div id="pictures"></div><input id="pick" type="file" accept="image/*" multiple></main>`
}
