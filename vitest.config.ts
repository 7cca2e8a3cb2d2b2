import vue from '@vitejs/plugin-vue'
import { VantResolver } from '@vant/auto-import-resolver'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

const components = () => Components({ dts: false, dirs: [], resolvers: [VantResolver()] })

/** Rules, documents and the server run in Node; whatever a phone runs gets a document and an IndexedDB. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // Everything that isn't named below, so that no test is left out silently.
          include: ['test/**/*.test.ts'],
          exclude: ['test/{app,data,photos,ui,features,mock-server,security,e2e,sync}/**'],
        },
      },
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['test/{mock-server,security}/**/*.test.ts'],
          globalSetup: ['test/support/server.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Histories run in processes of their own, with a database of their own.
        test: { name: 'sync', environment: 'node', include: ['test/sync/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 120_000 },
      },
      {
        plugins: [vue(), components()],
        test: {
          name: 'phone',
          environment: 'jsdom',
          include: ['test/{app,data,photos,ui,features}/**/*.test.ts'],
          setupFiles: ['test/support/phoneSetup.ts'],
          testTimeout: 15_000,
          css: false,
          server: { deps: { inline: ['vant'] } },
        },
      },
    ],
  },
})
