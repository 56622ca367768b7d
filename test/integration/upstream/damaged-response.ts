import fc from 'fast-check'

/** A response whose head, as latin1, has had one of its bytes changed, removed, doubled or preceded by another. */
export interface DamagedResponse {
  readonly head: string
  readonly after: string
}

const FIELDS = ['x-request-id: abc', 'server: x y', 'connection: close', 'keep-alive: timeout=5'] as const

/** Bytes that mean something in a head, and others. */
const byte = fc.oneof(
  fc.constantFrom(...'\t\n\r\0 :;,-05ab"\x7f\xa0\xff'),
  fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)),
)

const whole = fc
  .record({
    version: fc.constantFrom('1.1', '1.1', '1.1', '1.0'),
    status: fc.constantFrom('200 OK', '201 ', '204 No Content', '304 Not Modified', '404', '500 Any thing'),
    fields: fc.subarray<string>([...FIELDS]),
    framing: fc.constantFrom('LENGTH', 'CHUNKED', 'UNTIL_CLOSE'),
    body: fc.constantFrom('', 'abc', '{"a":"b"}', '\xc3\xa9', '0\r\n\r\n', 'x'.repeat(20)),
  })
  .map(({ version, status, fields, framing, body }) => {
    const chunk = body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`
    const framed = {
      LENGTH: { field: [`content-length: ${body.length}`], after: body },
      CHUNKED: { field: ['transfer-encoding: chunked'], after: `${chunk}0\r\n\r\n` },
      UNTIL_CLOSE: { field: [], after: body },
    }[framing]
    const lines = [`HTTP/${version} ${status}`, ...framed.field, ...fields]
    return { head: `${lines.join('\r\n')}\r\n\r\n`, after: framed.after }
  })

export const damagedResponse: fc.Arbitrary<DamagedResponse> = fc
  .record({ whole, at: fc.nat(), byte, how: fc.constantFrom('CHANGED', 'REMOVED', 'DOUBLED', 'PRECEDED') })
  .map(({ whole: { head, after }, at, byte, how }) => {
    const place = at % head.length
    const [start, one, rest] = [head.slice(0, place), head.charAt(place), head.slice(place + 1)]
    const instead = { CHANGED: byte, REMOVED: '', DOUBLED: one + one, PRECEDED: byte + one }[how]
    return { head: start + instead + rest, after }
  })
