import type { IncomingMessage } from 'node:http'
import type { Call } from './exchange.ts'
import { Refusal } from './refusal.ts'

/** The front gateway's limit on a request body. */
const MAX_BODY_BYTES = 12 * 1024 * 1024

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) {
      throw new Refusal(413, { error_code: 'APIGW.0201', error_msg: 'Request entity too large' })
    }
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const { path, query } = splitTarget(request.url ?? '/')
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    bytes,
    body: bytes.toString('utf8'),
  }
}

/** Not `new URL`, which would resolve `..` and hide what was really sent. */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?')
  if (mark === -1) return { path: target, query: new URLSearchParams() }
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) }
}
