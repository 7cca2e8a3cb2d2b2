import type { ManifestOptions } from 'vite-plugin-pwa'

/** What the phone's home screen shows; read by the build, never by the app. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: '匠申 · 无锡技能人才申报',
  short_name: '匠申',
  description: '用手机申报无锡市技能大师工作室和企业首席技师，没有网络也能填写。',
  lang: 'zh-CN',
  dir: 'ltr',
  start_url: '/?from=home',
  scope: '/',
  display: 'standalone',
  orientation: 'portrait',
  background_color: '#efe9e0',
  theme_color: '#0d4f5a',
  categories: ['government', 'productivity'],
  icons: [
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
  ],
  shortcuts: [
    { name: '技能大师工作室', short_name: '工作室', url: '/check/studio', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
    { name: '企业首席技师', short_name: '首席技师', url: '/check/technician', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
  ],
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', files: [{ name: 'photos', accept: ['image/*', 'application/pdf'] }] },
  },
}
