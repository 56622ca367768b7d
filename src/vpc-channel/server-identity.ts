import type { MemberType } from './codes.ts'

/** The fields that identify a backend server, in inputs and answers. */
export interface ServerFields {
  readonly host?: string | null | undefined
  readonly ecsId?: string | null | undefined
  readonly port?: number | null | undefined
  readonly memberGroupName?: string | null | undefined
}

export interface ServerIdentity {
  /** `192.168.0.5:22` or `<cloud server id>:22`. */
  readonly address: string
  /** The name of the group; `""` for none. */
  readonly group: string
}

/**
 * The cloud identifies a server by group, address and port: one address can be in several groups and have several ports.
 * A server without a port, or with port 0, has the port of the channel.
 */
export function serverIdentity(
  memberType: MemberType,
  server: ServerFields,
  channelPort: number | null,
): ServerIdentity {
  const name = memberType === 'IP' ? normalHost(server.host ?? '') : (server.ecsId ?? '').trim().toLowerCase()
  return {
    address: `${name}:${server.port || (channelPort ?? 0)}`,
    group: (server.memberGroupName ?? '').trim(),
  }
}

const IPV6 = /^\[?[0-9a-f:.]+\]?$/i

/** A host in one spelling: lower case, no blanks, an IPv6 address in its shortest form. */
export function normalHost(host: string): string {
  const plain = host.trim().toLowerCase()
  if (!plain.includes(':') || !IPV6.test(plain)) return plain
  const url = URL.parse(`http://[${plain.replaceAll(/[[\]]/g, '')}]`)
  return url === null ? plain : url.hostname.slice(1, -1)
}
