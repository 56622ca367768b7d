import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { tooLarge } from './admission.ts'
import type { Refusal } from './refusal.ts'

/** A body's text, or why it is refused; `undefined` where the client left before it had sent all of it. */
export type ReadBody = { readonly text: string } | { readonly refused: Refusal } | undefined

/** Reads a request's body whole, or up to the limit: what comes after that is not kept. */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        resolve({ refused: tooLarge(mostBytes) })
      }
    })
    request.once('end', () => {
      const [first] = chunks
      const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)
      resolve(isUtf8(body) ? { text: body.toString('utf8') } : { refused: NOT_UTF8 })
    })
    request.once('close', () => resolve(undefined))
    // A client that leaves is no error of ours; `close` follows.
    request.once('error', () => {})
  })
}

const NOT_UTF8: Refusal = { status: 400, message: 'The body is not UTF-8.' }
