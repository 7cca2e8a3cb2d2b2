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
        const styles = chunks.filter(({ fileName }) => wanted.has(fileName)).flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
        const links = [
          ...[...wanted].map((fileName) => ({ rel: 'modulepreload', href: `/${fileName}` })),
          ...[...new Set(styles)].map((fileName) => ({ rel: 'preload', as: 'style', href: `/${fileName}` })),
        ]
        return links
          .filter(({ href }) => !html.includes(`"${href}"`))
          .map((attrs) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' as const }))
      },
    },
  }
}
