import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { withoutByteOrderMark } from '../../lib/byte-order-mark.ts'
import { tooLarge } from './admission.ts'
import type { Refusal } from './refusal.ts'

/** A body's text, or why it is refused. */
export type ReadBody = { readonly text: string } | { readonly refused: Refusal }

/**
 * Reads a request's body whole, or up to the limit: what comes after that is not kept. Of a client that leaves before it has
 * sent all of it nothing is told.
 */
export function readBody(request: IncomingMessage, mostBytes: number, read: (body: ReadBody) => void): void {
  let first: Buffer | undefined
  let rest: Buffer[] | undefined
  let bytes = 0
  let isTold = false
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (isTold) return
    if (bytes > mostBytes) {
      isTold = true
      rest = undefined
      read({ refused: tooLarge(mostBytes) })
    } else if (first === undefined) first = chunk
    else {
      rest ??= [first]
      rest.push(chunk)
    }
  })
  request.on('end', () => {
    if (isTold) return
    const body = rest === undefined ? (first ?? NOTHING) : Buffer.concat(rest)
    read(isUtf8(body) ? { text: withoutByteOrderMark(body.toString('utf8')) } : { refused: NOT_UTF8 })
  })
}

const NOTHING = Buffer.alloc(0)

const NOT_UTF8: Refusal = { status: 400, message: 'The body is not UTF-8.' }
