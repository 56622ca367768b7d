export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** A request as it is sent. */
export interface RequestMessage {
  readonly text: string
  /** `latin1` where each character is one byte: then nothing has to be encoded. */
  readonly encoding: 'latin1' | 'utf8'
}

/** What can stand in a request line, and in a header field: no end of a line, behind which something else could begin. */
const TARGET = /^\/[\x21-\x7e]*$/
const VALUE = /^[\t\x20-\x7e]*$/

/**
 * The whole of a request, for one write.
 *
 * @param host of the URL, as the header `Host` has it
 * @throws {TypeError} for what would not be one request
 */
export function requestMessage(host: string, { method, path, headers, body }: HttpRequest): RequestMessage {
  if (!TARGET.test(path)) throw new TypeError('not the target of a request')
  let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`
  for (const name in headers) {
    const value = headers[name] ?? ''
    if (!VALUE.test(value)) throw new TypeError(`not a value of the header field ${name}`)
    text += `${name}: ${value}\r\n`
  }
  if (body === undefined && method === 'GET') return { text: `${text}\r\n`, encoding: 'latin1' }
  const sent = body ?? ''
  const bytes = Buffer.byteLength(sent)
  return {
    text: `${text}content-length: ${bytes}\r\n\r\n${sent}`,
    encoding: bytes === sent.length ? 'latin1' : 'utf8',
  }
}
