import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { isIP, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { beforeEach, describe, expect, it } from 'vitest'
import { prepareHttps, type HttpsFiles } from '../../mock-server/https'
import { trustPage } from '../../mock-server/trust'

const DAY = 24 * 60 * 60 * 1000
let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jiangshen-https-'))
})

/** What a phone that trusts `ca` finds when it looks for `host` at this server. */
async function visit(files: HttpsFiles, ca: string | undefined, host: string): Promise<string> {
  const server = createServer({ cert: files.cert, key: files.key }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket: TLSSocket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', servername: '', ca })
  try {
    await once(socket, 'secureConnect')
    const certificate = new X509Certificate(socket.getPeerCertificate().raw)
    return (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) ? 'trusted' : 'another address'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
  } finally {
    socket.destroy()
    server.close()
  }
}

describe('HTTPS for a phone in the same network', () => {
  it('is trusted by a phone that installed the authority, under every address of the machine', async () => {
    const files = await prepareHttps({ dataDir, addresses: ['192.168.1.20', 'fd00::12'] })
    for (const host of ['192.168.1.20', 'fd00::12', 'localhost', '127.0.0.1'])
      expect(await visit(files, files.ca?.pem, host)).toBe('trusted')
    expect(await visit(files, files.ca?.pem, '192.168.1.99')).toBe('another address')
  })

  it('is refused by a phone that did not', async () => {
    const files = await prepareHttps({ dataDir, addresses: ['192.168.1.20'] })
    expect(await visit(files, undefined, '192.168.1.20')).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  it('vouches for an unusual address too, but never for another one than the machine had', async () => {
    const first = await prepareHttps({ dataDir, addresses: ['203.0.113.5'] })
    expect(await visit(first, first.ca?.pem, '203.0.113.5')).toBe('trusted')
    const moved = await prepareHttps({ dataDir, addresses: ['198.51.100.9'] })
    expect(await visit(moved, moved.ca?.pem, '198.51.100.9')).toBe('trusted')
    expect(await visit(moved, first.ca?.pem, '198.51.100.9')).not.toBe('trusted')
  })

  it('keeps authority and certificate over restarts, and their keys to the owner', async () => {
    const first = await prepareHttps({ dataDir, addresses: ['192.168.1.20'] })
    const second = await prepareHttps({ dataDir, addresses: ['192.168.1.20'] })
    expect(second.cert).toBe(first.cert)
    expect(second.ca?.pem).toBe(first.ca?.pem)
    for (const name of ['ca.key', 'server.key']) expect((await stat(join(dataDir, 'https', name))).mode & 0o777).toBe(0o600)
  })

  it('renews the certificate, never the authority, when the machine moves to another address', async () => {
    const first = await prepareHttps({ dataDir, addresses: ['192.168.1.20'] })
    const moved = await prepareHttps({ dataDir, addresses: ['10.0.0.7'] })
    expect(moved.ca?.pem).toBe(first.ca?.pem)
    expect(await visit(moved, first.ca?.pem, '10.0.0.7')).toBe('trusted')
  })

  it('renews before the certificate ends, and never lasts longer than browsers allow', async () => {
    const now = new Date()
    const first = await prepareHttps({ dataDir, addresses: [], now })
    const { validFrom, validTo } = new X509Certificate(first.cert)
    expect((Date.parse(validTo) - Date.parse(validFrom)) / DAY).toBeLessThanOrEqual(398)
    const later = await prepareHttps({ dataDir, addresses: [], now: new Date(now.getTime() + 350 * DAY) })
    expect(later.cert).not.toBe(first.cert)
    expect(later.ca?.pem).toBe(first.ca?.pem)
  })

  it('takes a certificate of your own, and both of its files or none', async () => {
    const [cert, key] = [join(dataDir, 'own.crt'), join(dataDir, 'own.key')]
    await writeFile(cert, 'certificate')
    await writeFile(key, 'key')
    expect(await prepareHttps({ dataDir, cert, key, addresses: [] })).toEqual({ cert: 'certificate', key: 'key' })
    await expect(prepareHttps({ dataDir, cert, addresses: [] })).rejects.toThrow('--cert and --key')
  })

  it('tells the phone where the app is once the authority is installed', () => {
    expect(trustPage('https://192.168.1.20:4000/')).toContain('href="https://192.168.1.20:4000/"')
  })
})
