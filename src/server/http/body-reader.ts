import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { withoutByteOrderMark } from '../../lib/byte-order-mark.ts'
import { TurnBatch } from '../../lib/turn-batch.ts'
import { tooLarge } from './admission.ts'
import type { HttpRefusal } from './http-refusal.ts'

/** The text of a body, or why it is refused. */
export type ReadBody = { readonly text: string } | { readonly refused: HttpRefusal }

/**
 * Reads the whole body of a request, or up to the limit: what comes after that is not kept. Bodies that have come in one turn
 * of the event loop are all read before the first of their requests goes on. Of a client that leaves before it has sent the whole
 * body the promise never ends.
 */
export function bodyReader(maxBytes: number): (request: IncomingMessage) => Promise<ReadBody> {
  const arrived = new TurnBatch<{ readonly body: ReadBody; readonly resolve: (body: ReadBody) => void }>(
    'AFTER_IO',
    [({ body, resolve }) => resolve(body)],
    () => undefined,
  )
  return (request) =>
    new Promise((resolve) => readBody(request, maxBytes, (body) => arrived.add({ body, resolve })))
}

function readBody(request: IncomingMessage, maxBytes: number, done: (body: ReadBody) => void): void {
  let first: Buffer | undefined
  let rest: Buffer[] | undefined
  let bytes = 0
  let isDone = false
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (isDone) return
    if (bytes > maxBytes) {
      isDone = true
      rest = undefined
      done({ refused: tooLarge(maxBytes) })
    } else if (first === undefined) first = chunk
    else {
      rest ??= [first]
      rest.push(chunk)
    }
  })
  request.on('end', () => {
    if (isDone) return
    const body = rest === undefined ? (first ?? NOTHING) : Buffer.concat(rest)
    done(isUtf8(body) ? { text: withoutByteOrderMark(body.toString('utf8')) } : { refused: NOT_UTF8 })
  })
}

const NOTHING = Buffer.alloc(0)

const NOT_UTF8: HttpRefusal = { status: 400, message: 'The body is not UTF-8.' }
