import { isIP } from 'node:net'

/** Whether a request's header lines name no more than one host (RFC 9112, 3.2). */
export function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts <= 1
}

/** A name or an address, an IPv6 address in brackets, and a port. */
const AUTHORITY = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+?)\.?)(?::\d{1,5})?$/i

const OF_TARGET = /^https?:\/\/([^/?#]*)/i

/**
 * Whether a request names a host that is served. A page of a foreign site can make a browser's name server answer this
 * gateway's address for the site's own name (DNS rebinding), and then call it from a victim's machine. Its name comes along
 * in the `Host` header. Addresses are always served: no name server was asked for one.
 */
export function isAllowedHost(
  target: string | undefined,
  header: string | undefined,
  allowed: ReadonlySet<string>,
): boolean {
  const authority = OF_TARGET.exec(target ?? '')?.[1] ?? header
  // Browsers always send one.
  if (authority === undefined) return true
  const [, address, given] = AUTHORITY.exec(authority) ?? []
  if (address !== undefined) return isIP(address) === 6
  const name = given?.toLowerCase()
  if (name === undefined) return false
  return isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || allowed.has(name)
}
