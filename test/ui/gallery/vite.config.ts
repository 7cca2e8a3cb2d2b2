import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The gallery has a root of its own: nothing of it gets into the app. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  build: { outDir: '../../../node_modules/.cache/gallery', emptyOutDir: true },
  preview: { port: 4400, strictPort: true },
})
