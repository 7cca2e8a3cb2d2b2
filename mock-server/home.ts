/** The addresses that a machine has at home: private, shared, link-local and loopback networks. */
import { BlockList, isIP } from 'node:net'

export const homeNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const
export const homeNames = ['localhost', 'local'] as const

const networks = new BlockList()
for (const [address, prefix] of homeNetworks) networks.addSubnet(address, prefix, family(address))

/** Whether a certificate of the local authority may name this host. */
export function isHome(host: string): boolean {
  if (isIP(host)) return networks.check(host, family(host))
  return homeNames.some((name) => host === name || host.endsWith(`.${name}`))
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}
