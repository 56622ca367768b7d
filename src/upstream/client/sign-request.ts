import { createHash, createHmac } from 'node:crypto'
import type { AccessKeyCredentials } from './credentials.ts'

const ALGORITHM = 'SDK-HMAC-SHA256'

export interface RequestToSign {
  readonly method: string
  /** As it is sent: from the first slash to the end of the query, escaped. */
  readonly path: string
  /** Names in small letters. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>
  /** Exactly what is sent. */
  readonly body: string
}

/** The headers of a request signed with an access key, the signed ones included (scheme `SDK-HMAC-SHA256`). */
export function signedHeaders(
  request: RequestToSign,
  { accessKey, secretKey, securityToken }: AccessKeyCredentials,
  now: Date,
): Record<string, string> {
  const date = signingDate(now)
  const headers = {
    ...request.headers,
    'x-sdk-date': date,
    ...(securityToken !== undefined && { 'x-security-token': securityToken }),
  }
  const names = Object.keys(headers).sort().join(';')
  const toSign = `${ALGORITHM}\n${date}\n${sha256(canonicalRequest({ ...request, headers }))}`
  const signature = createHmac('sha256', secretKey).update(toSign).digest('hex')
  return {
    ...headers,
    authorization: `${ALGORITHM} Access=${accessKey}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

function canonicalRequest({ method, path, headers, body }: RequestToSign): string {
  const [, pathname = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? []
  const lines = Object.entries(headers)
    .map(([name, value]) => [name, value.trim()] as const)
    .sort(([one], [other]) => compare(one, other))
  return [
    method,
    canonicalPath(pathname),
    canonicalQuery(query),
    ...lines.map(([name, value]) => `${name}:${value}`),
    '',
    lines.map(([name]) => name).join(';'),
    sha256(body),
  ].join('\n')
}

/** Always ends in a slash, whatever is sent. */
function canonicalPath(pathname: string): string {
  const escaped = pathname
    .split('/')
    .map((segment) => percentEncoded(decodeURIComponent(segment)))
    .join('/')
  return escaped.endsWith('/') ? escaped : `${escaped}/`
}

/** Sorted by names, and by the values of one name, as they are before they are escaped. */
const canonicalQuery = (query: string): string =>
  [...new URLSearchParams(query)]
    .sort(([name, value], [other, otherValue]) => compare(name, other) || compare(value, otherValue))
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .join('&')

/** RFC 3986: letters, digits and `-._~` alone stay as they are. */
const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** `20261123T091500Z` */
const signingDate = (date: Date): string => date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')

/** By bytes, as the scheme sorts; a locale would sort otherwise. */
const compare = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
