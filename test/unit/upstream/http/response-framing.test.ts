import { describe, expect, test } from 'vitest'
import { ResponseFault, readResponseHead } from '../../../../src/upstream/http/response-head.ts'

const read = (...lines: string[]) => readResponseHead(lines.map((line) => `${line}\r\n`).join(''))
const readFields = (...fields: string[]) => read('HTTP/1.1 200 OK', ...fields)

describe('how long the body is', () => {
  test.each([100, 102, 103, 199, 204, 304])('nothing follows a %i, whatever it says', (status) => {
    const line = `HTTP/1.1 ${status} x`
    expect(read(line).body).toBe(0)
    expect(read(line, 'content-length: 5').body).toBe(0)
    expect(read(line, 'transfer-encoding: chunked').body).toBe(0)
    expect(read(line, 'content-length: 5', 'transfer-encoding: chunked').body).toBe(0)
  })

  test.each<readonly [what: string, fields: readonly string[], body: number | 'CHUNKED' | 'UNTIL_CLOSE']>([
    ['so many bytes', ['content-length: 5'], 5],
    ['none', ['Content-Length: 0'], 0],
    ['zeros before the number', ['content-length: 0005'], 5],
    ['the longest length', ['content-length: 999999999999999'], 999_999_999_999_999],
    ['chunks', ['transfer-encoding: chunked'], 'CHUNKED'],
    ['chunks in any case', ['Transfer-Encoding:\tCHUNKED '], 'CHUNKED'],
    ['all until the connection closes', [], 'UNTIL_CLOSE'],
    [
      'names that are like those of a length',
      ['x-content-length: 5', 'transfer-encodings: chunked'],
      'UNTIL_CLOSE',
    ],
  ])('%s', (_what, fields, body) => {
    expect(readFields(...fields).body).toBe(body)
    expect(read('HTTP/1.1 500 Internal Server Error', ...fields).body).toBe(body)
  })

  test.each<readonly [what: string, ...fields: string[]]>([
    ['a length and chunks', 'content-length: 5', 'transfer-encoding: chunked'],
    ['chunks and a length', 'transfer-encoding: chunked', 'content-length: 0'],
    ['two lengths', 'content-length: 5', 'content-length: 6'],
    ['one length twice', 'content-length: 5', 'content-length: 5'],
    ['one length twice in a list', 'content-length: 5, 5'],
    ['an empty length', 'content-length:'],
    ['an empty length beside another', 'content-length: 5', 'content-length:'],
    ['a negative length', 'content-length: -5'],
    ['a signed length', 'content-length: +5'],
    ['a length in hex', 'content-length: 0x5'],
    ['a length in hex digits', 'content-length: f'],
    ['a length with an exponent', 'content-length: 1e3'],
    ['a length with a fraction', 'content-length: 5.0'],
    ['a length of two numbers', 'content-length: 5 6'],
    ['a length with a unit', 'content-length: 5b'],
    ['a length in quotes', 'content-length: "5"'],
    ['a length in other digits', 'content-length: \xb2'],
    ['a huge length', 'content-length: 9007199254740993'],
    ['a length beyond 64 bits', 'content-length: 18446744073709551621'],
    ['an empty coding', 'transfer-encoding:'],
    ['chunks twice', 'transfer-encoding: chunked', 'transfer-encoding: chunked'],
    ['chunks twice in a list', 'transfer-encoding: chunked, chunked'],
    ['another coding', 'transfer-encoding: gzip'],
    ['another coding in chunks', 'transfer-encoding: gzip, chunked'],
    ['another coding after chunks', 'transfer-encoding: chunked, gzip'],
    ['another coding in a field of its own', 'transfer-encoding: gzip', 'transfer-encoding: chunked'],
    ['identity', 'transfer-encoding: identity'],
    ['something like chunks', 'transfer-encoding: xchunked'],
    ['chunks with a parameter', 'transfer-encoding: chunked;q=1'],
    ['chunks in quotes', 'transfer-encoding: "chunked"'],
  ])('%s: the head is refused', (_what, ...fields) => {
    expect(() => readFields(...fields)).toThrow(ResponseFault)
  })
})

describe('how long the server keeps the connection', () => {
  const kept = (...fields: string[]) => readFields('content-length: 0', ...fields).keptMs

  test.each<readonly [what: string, fields: readonly string[], keptMs: number]>([
    ['nothing said', [], 4_000],
    ['kept, it is not said how long', ['connection: keep-alive'], 4_000],
    ['a time, less two seconds', ['keep-alive: timeout=5'], 3_000],
    ['a time in any spelling', ['Keep-Alive: max=100, TIMEOUT=65'], 63_000],
    ['a time that is too short', ['keep-alive: timeout=1'], 0],
    ['just as short a time', ['keep-alive: timeout=2'], 0],
    ['no time', ['keep-alive: timeout=0'], 0],
    ['the longest time', ['keep-alive: timeout=602'], 600_000],
    ['more than the longest time', ['keep-alive: timeout=603'], 600_000],
    ['a huge time', ['keep-alive: timeout=999999'], 600_000],
    ['a time that is no number', ['keep-alive: timeout=long'], 4_000],
    ['something else', ['keep-alive: max=5'], 4_000],
    ['closed', ['connection: close'], 0],
    ['closed, in any case', ['Connection: CLOSE'], 0],
    ['closed, in a list', ['connection: x-hop,Close, keep-alive'], 0],
    ['closed, in a second field', ['connection: keep-alive', 'connection: close'], 0],
    ['closed, whatever time is told', ['connection: close', 'keep-alive: timeout=5'], 0],
    ['a name that only begins alike', ['connection: closed'], 4_000],
  ])('%s', (_what, fields, keptMs) => {
    expect(kept(...fields)).toBe(keptMs)
  })

  test('not at all with HTTP/1.0, whatever it says', () => {
    const fields = ['content-length: 0', 'connection: keep-alive', 'keep-alive: timeout=60']
    expect(read('HTTP/1.0 200 OK', ...fields).keptMs).toBe(0)
    expect(read('HTTP/1.0 204 No Content').keptMs).toBe(0)
  })

  test('not at all where its end is the end of the body', () => {
    expect(readFields('keep-alive: timeout=60').keptMs).toBe(0)
    expect(readFields('transfer-encoding: chunked', 'keep-alive: timeout=60').keptMs).toBe(58_000)
    expect(read('HTTP/1.1 204 No Content', 'keep-alive: timeout=60').keptMs).toBe(58_000)
  })
})
