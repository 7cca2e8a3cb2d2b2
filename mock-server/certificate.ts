/** X.509 certificates on P-256 keys (RFC 5280), written out by hand: Node reads them but can't make them. */
import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import { homeNames, homeNetworks } from './home'

export interface CertificateRequest {
  commonName: string
  publicKey: KeyObject
  /** Who vouches; for a root the same name and its own key. */
  issuer: { commonName: string; privateKey: KeyObject }
  from: Date
  to: Date
  /** DNS names and IP addresses of a server; absent for an authority. */
  hosts?: readonly string[]
  /** For an authority: single hosts beyond the networks at home that it may vouch for. */
  beyond?: readonly string[]
}

type Bytes = Uint8Array

const OID = {
  ecdsaSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  otherNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/** A DER-encoded certificate. */
export function makeCertificate(request: CertificateRequest): Buffer {
  const algorithm = sequence(oid(OID.ecdsaSha256))
  const body = sequence(
    tagged(0xa0, integer(Uint8Array.of(2))),
    // Positive, and never the same twice: browsers refuse two certificates of one issuer with one number.
    integer(Buffer.concat([Uint8Array.of(0x40), randomBytes(15)])),
    algorithm,
    name(request.issuer.commonName),
    sequence(time(request.from), time(request.to)),
    name(request.commonName),
    spki(request.publicKey),
    tagged(0xa3, sequence(...extensions(request))),
  )
  return Buffer.from(sequence(body, algorithm, bits(sign('sha256', body, request.issuer.privateKey))))
}

function extensions({ publicKey, issuer, hosts, beyond = [] }: CertificateRequest): Bytes[] {
  const subjectKey = extension(OID.subjectKey, false, octets(keyId(publicKey)))
  const authorityKey = extension(OID.authorityKey, false, sequence(tagged(0x80, keyId(createPublicKey(issuer.privateKey)))))
  if (!hosts)
    return [
      extension(OID.basicConstraints, true, sequence(tagged(0x01, Uint8Array.of(0xff)), integer(Uint8Array.of(0)))),
      // keyCertSign and cRLSign.
      extension(OID.keyUsage, true, tagged(0x03, Uint8Array.of(1, 0b0000_0110))),
      extension(OID.nameConstraints, false, sequence(tagged(0xa0, ...permitted(beyond)))),
      subjectKey,
    ]
  return [
    extension(OID.basicConstraints, true, sequence()),
    // digitalSignature.
    extension(OID.keyUsage, true, tagged(0x03, Uint8Array.of(7, 0b1000_0000))),
    extension(OID.extendedUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.otherNames, false, sequence(...hosts.map(host))),
    subjectKey,
    authorityKey,
  ]
}

/** A phone that trusts this authority trusts it for its own network only, should the key ever leak. */
function permitted(beyond: readonly string[]): Bytes[] {
  const names = [...homeNames, ...beyond.filter((one) => !isIP(one))]
  const single = beyond.filter((one) => isIP(one)).map((one) => [one, isIP(one) === 4 ? 32 : 128] as const)
  const networks = [...homeNetworks, ...single].map(([address, prefix]) => Buffer.concat([addressBytes(address), mask(address, prefix)]))
  return [...names.map((one) => tagged(0x82, Buffer.from(one))), ...networks.map((one) => tagged(0x87, one))].map((one) => sequence(one))
}

function mask(address: string, prefix: number): Bytes {
  const bitsOf = (i: number) => Math.min(8, Math.max(0, prefix - i * 8))
  return Uint8Array.from({ length: isIP(address) === 4 ? 4 : 16 }, (_, i) => 0xff & (0xff00 >> bitsOf(i)))
}

function host(address: string): Bytes {
  return isIP(address) ? tagged(0x87, addressBytes(address)) : tagged(0x82, Buffer.from(address))
}

function addressBytes(address: string): Bytes {
  return isIP(address) === 4 ? Uint8Array.from(address.split('.').map(Number)) : v6Bytes(address)
}

function v6Bytes(address: string): Bytes {
  const [head = '', tail] = address.split('::')
  const groups = (part: string) => (part ? part.split(':') : [])
  const start = groups(head)
  const end = tail === undefined ? [] : groups(tail)
  const all = [...start, ...Array.from({ length: 8 - start.length - end.length }, () => '0'), ...end]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const keyId = (key: KeyObject) => createHash('sha256').update(spki(key)).digest().subarray(0, 20)

const name = (commonName: string) =>
  sequence(tagged(0x31, sequence(oid(OID.commonName), tagged(0x0c, Buffer.from(commonName)))))
const extension = (id: string, critical: boolean, value: Bytes) =>
  sequence(oid(id), ...(critical ? [tagged(0x01, Uint8Array.of(0xff))] : []), octets(value))

/** `YYMMDDHHMMSSZ` until 2049, as RFC 5280 wants it. */
function time(at: Date): Bytes {
  const digits = at.toISOString().replace(/\.\d+/, '').replaceAll(/[-:T]/g, '')
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits))
}

function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]))
}
function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

const sequence = (...parts: Bytes[]) => tagged(0x30, ...parts)
const integer = (value: Bytes) => tagged(0x02, value)
const octets = (value: Bytes) => tagged(0x04, value)
const bits = (value: Bytes) => tagged(0x03, Uint8Array.of(0), value)

/** Tag, length, content (X.690). */
function tagged(tag: number, ...parts: Bytes[]): Bytes {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Uint8Array.of(tag, ...head), content])
}
