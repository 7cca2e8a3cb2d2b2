// The built app loads nothing from elsewhere: fails when dist names a foreign address. XML namespaces are names, not addresses.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const NAMESPACES = new Set(['www.w3.org', 'schemas.openxmlformats.org', 'schemas.microsoft.com', 'purl.org', 'purl.oclc.org', 'ns.adobe.com', 'www.aiim.org'])
const OWN = new Set(['localhost', '127.0.0.1'])

const found = []
for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(entry.name)) continue
  const file = join(entry.parentPath, entry.name)
  const text = await readFile(file, 'utf8')
  for (const [address, scheme, host] of text.matchAll(/(https?|wss?):\/\/([\w.-]+\.\w+|localhost)[^\s"'`)\\]{0,60}/g))
    if (!OWN.has(host) && !(scheme === 'http' && NAMESPACES.has(host))) found.push(`${file}: ${address}`)
  // Without a scheme, as Vant's icon font had it.
  for (const [address] of text.matchAll(/(?:url\(|(?:src|href)=)["']?\/\/[\w.-]+/g)) found.push(`${file}: ${address}`)
}

for (const one of found) console.error(one)
console.log(found.length === 0 ? 'No foreign address in dist' : `${found.length} foreign addresses in dist`)
process.exitCode = found.length === 0 ? 0 : 1
