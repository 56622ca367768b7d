import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

/** The body is longer than it may be, once decoded. */
export class DecodedTooLong extends Error {
  override readonly name = 'DecodedTooLong'
}

/** The body is not what its `content-encoding` says, or that is none of `gzip`, `br` and `deflate`. */
export class Undecodable extends Error {
  override readonly name = 'Undecodable'
}

/** Applied one after another: a server needs one. */
const MAX_CODINGS = 3

/**
 * The body without its content codings. The gateway asks for none (`accept-encoding: identity`), but servers and proxies
 * exist that compress all the same. Synchronous, so that no two decoded bodies are held at once.
 *
 * @param contentEncoding the header's value: codings in the order in which they were applied
 * @throws {DecodedTooLong} {@link Undecodable}
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined, maxBytes: number): Buffer {
  const codings = codingsOf(contentEncoding)
  if (codings.length > MAX_CODINGS) throw new Undecodable(`content-encoding of ${codings.length} codings`)
  return codings.reduceRight((encoded, coding) => decode(encoded, coding, maxBytes), body)
}

/** Whether a body has to be decoded. */
export const isEncoded = (contentEncoding: string | undefined): boolean =>
  contentEncoding !== undefined && codingsOf(contentEncoding).length > 0

const codingsOf = (contentEncoding = ''): string[] =>
  contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')

function decode(body: Buffer, coding: string, maxOutputLength: number): Buffer {
  const decoder = DECODERS.get(coding)
  if (decoder === undefined) throw new Undecodable('content-encoding is none of gzip, br, deflate')
  // A response without a body may name a coding.
  if (body.length === 0) return body
  try {
    return decoder(body, { maxOutputLength })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new DecodedTooLong('too long once decoded', { cause: error })
    throw new Undecodable(`content-encoding ${coding}: the body is not ${coding} (${code})`, { cause: error })
  }
}

type Decoder = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer

/** RFC 9110 means zlib's format; some servers send what is inside it. */
const inflateEither: Decoder = (body, options) =>
  ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, options) : inflateRawSync(body, options)

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['br', brotliDecompressSync],
  ['deflate', inflateEither],
])
