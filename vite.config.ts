import { fileURLToPath } from 'node:url'
import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { manifest } from './src/app/manifest.ts'
import { plainMentions } from './scripts/plainMentions.ts'
import { preloadStep } from './scripts/preloadStep.ts'
import { vantIconFont } from './scripts/vantIconFont.ts'

export default defineConfig({
  define: {
    // Every component here and in Vant has a setup function.
    __VUE_OPTIONS_API__: false,
  },
  resolve: {
    // Dexie's build for today's browsers; the default one carries what IE needed.
    alias: [{ find: /^dexie$/, replacement: fileURLToPath(new URL('node_modules/dexie/dist/modern/dexie.mjs', import.meta.url)) }],
  },
  plugins: [
    vue(),
    // Vant's types come from its own package (tsconfig `types`), so no declaration file has to be generated.
    Components({ dts: false, dirs: [], resolvers: [VantResolver()] }),
    vantIconFont(),
    plainMentions(),
    preloadStep(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      injectManifest: {
        rollupFormat: 'iife',
        buildPlugins: { vite: [plainMentions()] },
        // Manifest and icons are added by the plugin.
        globPatterns: ['**/*.{html,js,css,woff2}'],
        // The HEIC decoder comes with its first use; workbox's own limit would leave a large chunk out silently.
        globIgnores: ['**/*heif*', '**/libheif*'],
        maximumFileSizeToCacheInBytes: 1_000_000,
      },
    }),
  ],
  build: {
    target: 'es2022',
    // Files have names by content: an old one may stay beside the new ones while its page is open.
    assetsInlineLimit: (file) => (/\.(woff2?|wasm)$/.test(file) ? false : undefined),
    rolldownOptions: {
      output: {
        // The names that the bundler gives to shared chunks list every page that needs them.
        chunkFileNames: ({ name }) => `assets/${name.startsWith('shared') ? 'shared' : '[name]'}-[hash].js`,
        assetFileNames: ({ names: [name = ''] }) => `assets/${name.startsWith('shared') ? 'shared' : '[name]'}-[hash][extname]`,
        codeSplitting: {
          groups: [
            // Everything that the first key needs, in one request; the phone's network pays for each with a round trip.
            {
              name: 'form',
              priority: 2,
              test: new RegExp(
                [
                  'node_modules/dexie/',
                  '/src/data/(codec|database|door|draftState|failure|flush|live|outbox|phone|place|read|serverInfo|syncStatus|wake|wire|write)\\.',
                  '/src/domain/(answers|sync|calls/[^/]+|forms/(index|kinds|lists|normalise|progress|shared|studio|technician)|forms/(studio|technician)/[^/]+|rules/(dates|deadline|idNumber|mask|words))\\.ts',
                  '/src/ui/(ActionBar|AppButton|AppIcon|AppPage|ErrorSummary|GroupField|StateLine|StepProgress|icons|saveState|settings|fields/(?!AddressField|ChoicesField|DateField|DateSheet|DeclarationField|LongTextField|NumberField|RowsField|RowCard|YesNoField|laterFields|stable)[^/]+)\\.(vue|ts)',
                  '/src/features/apply/(StepPage|StepItems|DraftStateLine|useDraftEditing|usePlace)\\.',
                ].join('|'),
              ),
            },
            { name: 'vue', test: /node_modules\/(@vue|vue|vue-router|pinia)\/|plugin-vue_export-helper/ },
            // Dozens of small chunks cost more than they save: those that the same pages need travel together.
            { name: 'shared', test: /\/src\/(data|ui|domain|photos)\//, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 8000 },
          ],
        },
      },
    },
    // Chunks are loaded when needed; a warning at 500 kB says nothing that scripts/size.mjs doesn't.
    chunkSizeWarningLimit: 2000,
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.API ?? 'http://127.0.0.1:5174', changeOrigin: false } },
  },
  worker: { format: 'es', plugins: () => [plainMentions()] },
})
