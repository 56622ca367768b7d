import { isAscii } from 'node:buffer'
import fc from 'fast-check'
import type { ResponseReader } from '../../../../src/upstream/http/response-reader.ts'
import { anyText } from './any-text.ts'

type Framing = 'LENGTH' | 'CHUNKED' | 'UNTIL_CLOSE'

/** A response, and the bytes that it is sent as. */
export interface AnyResponse {
  readonly framing: Framing
  readonly status: number
  readonly body: string
  /** Bytes before its own head: those of interim responses. */
  readonly before: Buffer
  readonly head: Buffer
  readonly after: Buffer
}

export const bytesOf = ({ before, head, after }: AnyResponse): Buffer => Buffer.concat([before, head, after])

const text = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  anyText({ maxLength: 60 }),
  fc.constantFrom('', '{"a":1}', '0\r\n\r\n', '\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', '\ufeff{}'),
)

const interim = fc
  .array(
    fc.constantFrom(
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\ncontent-length: 7\r\n\r\n',
      'HTTP/1.0 199\r\ntransfer-encoding: chunked\r\n\r\n',
    ),
    { maxLength: 2 },
  )
  .map((heads) => Buffer.from(heads.join('')))

const field: fc.Arbitrary<string> = fc.constantFrom(
  'server: x',
  'X-Obs: \xe4\xff',
  'x-empty:',
  'x-content-length: 3',
  'etag: "a:b"',
)

/** Where to cut something into pieces, in thousandths of it. */
const cuts = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 12 })

/** The pieces of some bytes that are cut so, none of them empty. */
export function piecesOf(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = at.map((thousandths) => Math.floor((bytes.length * thousandths) / 1000))
  const ends = [...new Set([...places, bytes.length])].filter((end) => end > 0).toSorted((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

interface ChunkStyle {
  readonly zeros: string
  readonly isUpperCase: boolean
  readonly extension: string
}

const chunkStyle: fc.Arbitrary<ChunkStyle> = fc.record({
  zeros: fc.constantFrom('', '', '0', '000'),
  isUpperCase: fc.boolean(),
  extension: fc.constantFrom('', '', ';', ';a', ';a=b', ';a="b; c"', ' ;a=\xff', ';\ta = 1;b'),
})

function chunkedOf(pieces: readonly Buffer[], styles: readonly ChunkStyle[], trailers: readonly string[]) {
  const style = (index: number): ChunkStyle => styles[index % styles.length]!
  const chunks = pieces.map((piece, index) => {
    const { zeros, isUpperCase, extension } = style(index)
    const digits = piece.length.toString(16)
    const size = zeros + (isUpperCase ? digits.toUpperCase() : digits)
    const line = Buffer.from(`${size}${extension}\r\n`, 'latin1')
    return Buffer.concat([line, piece, Buffer.from('\r\n')])
  })
  const { zeros, extension } = style(pieces.length)
  const last = `${zeros}0${extension}\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`
  return Buffer.concat([...chunks, Buffer.from(last, 'latin1')])
}

export const anyResponse = (bodyText: fc.Arbitrary<string> = text): fc.Arbitrary<AnyResponse> =>
  fc
    .record({
      framing: fc.constantFrom<Framing>('LENGTH', 'CHUNKED', 'UNTIL_CLOSE'),
      status: fc.constantFrom(200, 201, 302, 404, 500, 999),
      body: bodyText,
      before: interim,
      fields: fc.array(field, { maxLength: 3 }),
      place: fc.nat({ max: 3 }),
      chunksAt: cuts,
      styles: fc.array(chunkStyle, { minLength: 1, maxLength: 5 }),
      trailers: fc.array(fc.constantFrom('x-sum: 1', 'content-length: 3', 'x-obs: \xff'), { maxLength: 2 }),
    })
    .map(({ framing, status, body, before, fields, place, chunksAt, styles, trailers }) => {
      const bytes = Buffer.from(body, 'utf8')
      const length = {
        LENGTH: [`Content-Length: ${bytes.length}`],
        CHUNKED: ['Transfer-Encoding: chunked'],
        UNTIL_CLOSE: [],
      }[framing]
      const lines = [`HTTP/1.1 ${status} Any`, ...fields.toSpliced(place, 0, ...length)]
      const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
      const after = framing === 'CHUNKED' ? chunkedOf(piecesOf(bytes, chunksAt), styles, trailers) : bytes
      return { framing, status, body, before, head, after }
    })

/** A response, and how it arrives. */
export const arrivingResponse = fc.tuple(anyResponse(), cuts)

/** Reads as a connection does: piece by piece, up to the end of the response. */
export function readPieces(reader: ResponseReader, pieces: readonly Buffer[]) {
  let read = 0
  for (const piece of pieces) {
    read += piece.length
    const isFollowed = reader.read(piece.toString('latin1'), isAscii(piece))
    if (reader.body !== undefined) return { read, isFollowed }
    if (isFollowed) throw new Error('followed before it ended')
  }
  return { read, isFollowed: false }
}
