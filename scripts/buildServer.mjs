import { build } from 'esbuild'

/**
 * Bundles the server, so that it starts in half the time; its packages stay in node_modules.
 * @param {string} outdir the folder for main.js and, beside it, the program that looks into files
 */
export async function buildServer(outdir) {
  await build({
    entryPoints: { main: 'mock-server/main.ts', inspection: 'mock-server/inspection/main.ts' },
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  })
}
