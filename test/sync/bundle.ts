/** The client as one function of its environment: every global that a history controls is read from `env`. */
import { build, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './mutants'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const globals = [
  'globalThis', 'self', 'window', 'document', 'navigator', 'location', 'indexedDB', 'IDBKeyRange', 'localStorage', 'caches', 'crypto',
  'Date', 'Promise', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'addEventListener', 'removeEventListener',
  'XMLHttpRequest', 'fetch', 'BroadcastChannel', 'Math.random', 'console',
]

/** A planted bug replaces one piece of one file; it is an error where that piece is no longer there. */
export function planted(mutant: Mutant | null): Plugin {
  return {
    name: 'planted',
    setup(build) {
      if (!mutant) return
      build.onLoad({ filter: new RegExp(`/${mutant.file.replaceAll('.', '\\.')}$`) }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        const changed = text.replace(mutant.from, () => mutant.to)
        if (changed === text) throw new Error(`Mutant ${mutant.name}: nothing to replace in ${mutant.file}`)
        return { contents: changed, loader: 'ts' }
      })
    },
  }
}

/** The code of a function body with the parameter `env` that returns the exports of client.ts. */
export async function bundleClient(mutant: Mutant | null = null): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('client.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    platform: 'browser',
    target: 'es2022',
    define: {
      ...Object.fromEntries(globals.map((name) => [name, `env.${name === 'Math.random' ? 'random' : name}`])),
      'import.meta.env': '{}',
      'process.env.NODE_ENV': '"production"',
      __VUE_PROD_DEVTOOLS__: 'false',
    },
    plugins: [
      planted(mutant),
      {
        name: 'photos-stub',
        setup: (build) => build.onResolve({ filter: /^\.\.\/photos$/ }, () => ({ path: here('photosStub.ts') })),
      },
    ],
    logLevel: 'error',
  })
  return `${outputFiles[0]?.text ?? ''}\nreturn client`
}
