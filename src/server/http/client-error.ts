import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { type HttpRefusal, refusalBody } from './http-refusal.ts'

/** A request that Node has refused before the gateway saw it: Node knows neither its path nor its headers. */
export interface RefusedHead {
  readonly requestId: string
  readonly status: number
  /** Node's code, e.g. `HPE_HEADER_OVERFLOW`. */
  readonly cause: string | undefined
}

/**
 * Answers what Node cannot parse, or does not wait for, in the shape of all errors, and closes the connection.
 *
 * @returns what was refused; `undefined` where the connection is lost, carries another answer, or has sent nothing (browsers
 * open connections ahead)
 */
export function answerClientError(
  { code }: NodeJS.ErrnoException,
  socket: Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null },
  headerBytes: number,
): RefusedHead | undefined {
  if (!socket.writable || code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
    socket.destroy()
    return undefined
  }
  const refusal = refusalOf(code, headerBytes)
  const requestId = randomUUID()
  const body = refusalBody(refusal, requestId)
  const head = [
    `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  // Not `end`: a client that sends on would hold the connection.
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  return socket.bytesRead === 0 ? undefined : { requestId, status: refusal.status, cause: code }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

function refusalOf(code: string | undefined, headerBytes: number): HttpRefusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, message: `The headers have more than ${headerBytes} bytes.` }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'The request did not arrive in time.' }
    default:
      return { status: 400, message: 'The request is not HTTP/1.1.' }
  }
}
