import { isIPv6 } from 'node:net'

/** The same host in another spelling: an IPv6 address in full and in capitals or shortened, a name in the other letter case. */
export function respellHost(host: string, seed: number): string {
  if (isIPv6(host) && !host.includes('.') && !host.includes('%')) {
    return seed % 2 === 0 ? inFull(host).toUpperCase() : new URL(`http://[${host}]`).hostname.slice(1, -1)
  }
  return seed % 2 === 0 ? host.toUpperCase() : host.toLowerCase()
}

/** All eight groups of four digits. */
function inFull(address: string): string {
  const [before = '', after] = address.split('::')
  const [head, tail] = [partsOf(before), partsOf(after ?? '')]
  const missing = after === undefined ? 0 : 8 - head.length - tail.length
  return [...head, ...Array<string>(missing).fill('0'), ...tail]
    .map((part) => part.padStart(4, '0'))
    .join(':')
}

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(':')
}
