import type { ServerResponse } from 'node:http'
import type { RequestContext } from '../request-context.ts'
import type { JsonType } from './media-types.ts'

const CONTENT_TYPES: Readonly<Record<JsonType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
}

export interface JsonHead {
  readonly status: number
  readonly type: JsonType
  /** Headers that not every response has. */
  readonly headers: Readonly<Record<string, string>> | undefined
}

/** Sends a response of one JSON text. `isLast`: and ends it. */
export function sendJson(
  response: ServerResponse,
  { responseHeaders }: RequestContext,
  { status, type, headers }: JsonHead,
  text: string,
  isLast = true,
): void {
  const bytes = Buffer.byteLength(text)
  const lines = ['content-type', CONTENT_TYPES[type], 'content-length', String(bytes)]
  for (const name in responseHeaders) lines.push(name, responseHeaders[name] ?? '')
  for (const name in headers) lines.push(name, headers[name] ?? '')
  // Where each character is one byte nothing has to be encoded, and head and body leave in one piece.
  const encoding = bytes === text.length ? 'latin1' : 'utf8'
  response.writeHead(status, lines)
  if (isLast) response.end(text, encoding)
  else response.write(text, encoding)
}
