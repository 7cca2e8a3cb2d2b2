/** A page over plain HTTP: a phone that doesn't trust the certificate yet gets it here, with the steps to install it. */
import { createServer, type Server } from 'node:http'

interface Trust {
  /** The authority's certificate, as `prepareHttps` returns it. */
  ca: { der: Buffer }
  /** Where the app is, e.g. `https://192.168.1.20:4000/`. */
  appUrl: string
  host: string
  port: number
}

/** Listens on its own port; close it when the server stops. */
export function serveTrust({ ca, appUrl, host, port }: Trust): Promise<Server> {
  const page = trustPage(appUrl)
  const server = createServer((request, reply) => {
    const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
    if (request.url === '/jiangshen.crt')
      return reply
        .writeHead(200, { ...headers, 'content-type': 'application/x-x509-ca-cert', 'content-disposition': 'attachment; filename="jiangshen.crt"' })
        .end(ca.der)
    if (request.url !== '/') return reply.writeHead(404, headers).end()
    reply
      .writeHead(200, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .end(page)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** The steps in plain words; `appUrl` comes from the machine's own addresses, never from a request. */
export function trustPage(appUrl: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>让手机信任本站 · 匠申</title>
<style>
:root { color-scheme: light dark }
body { font: 1.125rem/1.7 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.25rem; margin: 1.5rem 0 .5rem }
a.button { display: block; padding: 1rem; border-radius: .75rem; background: #0d4f5a; color: #fff; text-align: center; text-decoration: none }
li { margin: .4rem 0 }
</style>
<h1>让手机信任本站</h1>
<p>装好这个证书，手机没有网络时也能打开匠申，并且可以用相机。它只用于本单位内部网络里的地址，不用时可以随时删掉。</p>
<p><a class="button" href="/jiangshen.crt">第一步：下载证书</a></p>
<h2>安卓手机（华为、小米、OPPO、vivo 等）</h2>
<ol>
<li>下载后，打开手机的“设置”，在最上面搜索“证书”；</li>
<li>点“从存储设备安装”或“CA 证书”，看到提醒时选“仍然安装”；</li>
<li>在“下载”里选 jiangshen.crt。</li>
</ol>
<h2>苹果手机</h2>
<ol>
<li>请用 Safari 打开本页并下载，出现“允许”时点允许；</li>
<li>打开“设置”，点最上面的“已下载描述文件”，点“安装”；</li>
<li>再到“设置 → 通用 → 关于本机 → 证书信任设置”，打开“匠申 本机证书”。</li>
</ol>
<p><a class="button" href="${appUrl}">装好了，打开匠申</a></p>
</html>
`
}
