import { createHash, createHmac } from 'node:crypto'

interface Signing {
  readonly method: string
  readonly url: string
  readonly access: string
  readonly secret: string
  readonly projectId?: string
  readonly securityToken?: string
  readonly body?: string
  readonly at?: Date
}

/**
 * The headers of the vendor's Python SDK (core, `signer.py` and `credentials.py`), which signs every header it sends.
 * Written out here on its own, so that a mistake of the simulator's verifier cannot hide in shared code.
 */
export function signLikeTheSdk(signing: Signing): Record<string, string> {
  const { pathname, searchParams, host } = new URL(signing.url)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'huaweicloud-usdk-python/3.0',
    ...(signing.projectId && { 'x-project-id': signing.projectId }),
    ...(signing.securityToken && { 'x-security-token': signing.securityToken }),
    'x-sdk-date': (signing.at ?? new Date()).toISOString().replace(/[-:]|\.\d{3}/g, ''),
    host,
  }
  const names = Object.keys(headers).sort()
  const quote = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const query = [...searchParams]
    .map(([name, value]) => `${quote(name)}=${quote(value)}`)
    .sort()
    .join('&')
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const canonical = `${signing.method}\n${pathname}/\n${query}\n${lines}\n${names.join(';')}\n${sha256(signing.body ?? '')}`
  const toSign = `SDK-HMAC-SHA256\n${headers['x-sdk-date']}\n${sha256(canonical)}`
  const signature = createHmac('sha256', signing.secret).update(toSign).digest('hex')
  const authorization = `SDK-HMAC-SHA256 Access=${signing.access}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}
