import type { ServerResponse } from 'node:http'
import type { Answer } from './exchange.ts'

export function writeAnswer(response: ServerResponse, answer: Answer): void {
  const body = writeHead(response, answer)
  response.end(body)
}

/** Sends the status line and the headers, and returns the body that they announce. */
export function writeHead(response: ServerResponse, { status, headers, body }: Answer): Buffer {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const bytes = Buffer.from(text)
  const contentType: Record<string, string> =
    typeof body === 'object' ? { 'content-type': 'application/json;charset=UTF-8' } : {}
  // A 204 carries no body and so no length.
  const contentLength: Record<string, number> = status === 204 ? {} : { 'content-length': bytes.length }
  response.writeHead(status, { ...contentType, ...headers, ...contentLength })
  return bytes
}
