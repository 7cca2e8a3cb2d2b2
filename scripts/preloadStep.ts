import type { Plugin } from 'vite'

/**
 * The page names the parts of a form step in its head, so that they are fetched beside the entry instead of after it:
 * most visits lead there, and a round trip on a phone's network costs more than the bytes.
 */
export function preloadStep(): Plugin {
  return {
    name: 'preload-step',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk: entry }) {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === 'chunk')
        const step = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/StepPage.vue'))
        if (!step || !entry) return []
        const wanted = new Set<string>()
        const take = (fileName: string) => {
          if (wanted.has(fileName) || fileName === entry.fileName) return
          wanted.add(fileName)
          for (const next of chunks.find((one) => one.fileName === fileName)?.imports ?? []) take(next)
        }
        take(step.fileName)
        return [...wanted]
          .map((fileName) => `/${fileName}`)
          .filter((href) => !html.includes(`"${href}"`))
          .map((href) => ({ tag: 'link', attrs: { rel: 'modulepreload', href, crossorigin: true }, injectTo: 'head' as const }))
      },
    },
  }
}
