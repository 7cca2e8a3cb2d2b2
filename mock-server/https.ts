/** HTTPS for a phone in the same network: certificates of ours, or an authority made once on this machine. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { makeCertificate } from './certificate'
import { isHome } from './home'

export interface HttpsFiles {
  /** PEM of the server's certificate and its private key. */
  cert: string
  key: string
  /** What a phone has to trust; absent with a certificate of your own. */
  ca?: { pem: string; der: Buffer; file: string }
}

const DAY = 24 * 60 * 60 * 1000
/** Browsers refuse server certificates that live longer than 398 days. */
const SERVER_DAYS = 397
const CA_DAYS = 3650
/** Renewed this long before the end, so that a server that runs for weeks doesn't expire under its users. */
const RENEW_DAYS = 60
const CA_NAME = '匠申 本机证书'

/**
 * Gives the server what HTTPS needs.
 * @param options.cert @param options.key paths of PEM files of your own; both or none.
 * @param options.addresses the IP addresses and names under which a phone finds this machine; localhost is added.
 * @throws when only one of the two paths is given, or a file can't be read.
 */
export async function prepareHttps(options: {
  dataDir: string
  cert?: string | undefined
  key?: string | undefined
  addresses: readonly string[]
  now?: Date
}): Promise<HttpsFiles> {
  if (options.cert || options.key) {
    if (!options.cert || !options.key) throw new Error('--cert and --key belong together: give both, or none')
    return { cert: await readFile(options.cert, 'utf8'), key: await readFile(options.key, 'utf8') }
  }
  const now = options.now ?? new Date()
  const folder = join(options.dataDir, 'https')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', ...options.addresses])].sort()
  const ca = await authority(folder, hosts.filter((host) => !isHome(host)), now)
  const server = await serverCertificate(folder, ca, hosts, now)
  return { ...server, ca: { pem: ca.pem, der: ca.certificate.raw, file: join(folder, 'ca.crt') } }
}

interface Authority {
  pem: string
  certificate: X509Certificate
  privateKey: KeyObject
}

/** Made once. Only a machine outside of the usual private networks gets another one when its address changes. */
async function authority(folder: string, beyond: readonly string[], now: Date): Promise<Authority> {
  const listed = join(folder, 'ca.json')
  const allowed = existsSync(listed) ? (JSON.parse(await readFile(listed, 'utf8')) as string[]) : []
  const found = await readPair(folder, 'ca')
  if (found && isCurrent(found.certificate, now) && beyond.every((host) => allowed.includes(host)))
    return { ...found, pem: found.cert, privateKey: createPrivateKey(found.key) }
  const { privateKey, publicKey } = newKeys()
  const der = makeCertificate({
    commonName: CA_NAME,
    publicKey,
    issuer: { commonName: CA_NAME, privateKey },
    from: new Date(now.getTime() - DAY),
    to: new Date(now.getTime() + CA_DAYS * DAY),
    beyond,
  })
  const { pem } = await writePair(folder, 'ca', der, privateKey)
  await writeFile(listed, JSON.stringify(beyond))
  return { pem, certificate: new X509Certificate(der), privateKey }
}

async function serverCertificate(folder: string, ca: Authority, hosts: readonly string[], now: Date) {
  const found = await readPair(folder, 'server')
  const isOurs = found?.certificate.verify(createPublicKey(ca.privateKey))
  if (found && isOurs && isCurrent(found.certificate, now) && covers(found.certificate, hosts)) return { cert: found.cert, key: found.key }
  const { privateKey, publicKey } = newKeys()
  const der = makeCertificate({
    commonName: 'jiangshen',
    publicKey,
    issuer: { commonName: CA_NAME, privateKey: ca.privateKey },
    from: new Date(now.getTime() - DAY),
    to: new Date(now.getTime() + (SERVER_DAYS - 1) * DAY),
    hosts,
  })
  const { pem, key } = await writePair(folder, 'server', der, privateKey)
  return { cert: pem, key }
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

function isCurrent(certificate: X509Certificate, now: Date): boolean {
  return new Date(certificate.validTo).getTime() - now.getTime() > RENEW_DAYS * DAY && new Date(certificate.validFrom) <= now
}

function covers(certificate: X509Certificate, hosts: readonly string[]): boolean {
  return hosts.every((host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)))
}

async function readPair(folder: string, name: string) {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)]
  if (!existsSync(certFile) || !existsSync(keyFile)) return null
  const cert = await readFile(certFile, 'utf8')
  return { cert, key: await readFile(keyFile, 'utf8'), certificate: new X509Certificate(cert) }
}

/** The key first: a crash in between leaves no certificate without one. */
async function writePair(folder: string, name: string, der: Buffer, privateKey: KeyObject): Promise<{ pem: string; key: string }> {
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const pem = new X509Certificate(der).toString()
  const keyFile = join(folder, `${name}.key`)
  await writeFile(keyFile, key, { mode: 0o600 })
  await chmod(keyFile, 0o600)
  await writeFile(join(folder, `${name}.crt`), pem)
  return { pem, key }
}
