import { describe, expect, test } from 'vitest'
import { ChunkedBody } from '../../../../src/upstream/http/chunked-body.ts'
import { ResponseFault } from '../../../../src/upstream/http/response-head.ts'

/** All of a text, and the same character by character. */
const read = (text: string): ChunkedBody => {
  const whole = new ChunkedBody()
  whole.read(text)
  return whole
}
const readByCharacter = (text: string): ChunkedBody => {
  const body = new ChunkedBody()
  for (const character of text) body.read(character)
  return body
}

test.each([
  ['nothing', '0\r\n\r\n', ''],
  ['one chunk', '3\r\nabc\r\n0\r\n\r\n', 'abc'],
  ['sizes in hex of any case', 'a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n', '01234567890123456789a'],
  ['zeros before a size, and for the last', '00000003\r\nabc\r\n00000000\r\n\r\n', 'abc'],
  ['line breaks within a chunk', '4\r\n\r\n\r\n\r\n0\r\n\r\n', '\r\n\r\n'],
  ['extensions', '3;a\r\nabc\r\n1 ; b="c;d"\r\nd\r\n0;e\r\n\r\n', 'abcd'],
  ['trailers', '1\r\na\r\n0\r\nx-sum: 1\r\nx-more: 2\r\n\r\n', 'a'],
])('%s: the body is read', (_what, text, body) => {
  for (const chunks of [read(text), readByCharacter(text)])
    expect([chunks.isWhole, chunks.body]).toEqual([true, body])
})

test('it tells how much was its own', () => {
  expect(new ChunkedBody().read('1\r\na\r\n0\r\n\r\nHTTP/1.1 200 OK')).toBe(11)
})

describe('what is no chunk is a fault', () => {
  test.each([
    ['no size', '\r\n'],
    ['no size, but an extension', ';a\r\n'],
    ['a size that is no hex', 'g\r\n'],
    ['a size with a sign', '+3\r\nabc\r\n'],
    ['a negative size', '-3\r\nabc\r\n'],
    ['a size with a prefix', '0x3\r\nabc\r\n'],
    ['a space before a size', ' 3\r\nabc\r\n'],
    ['two sizes', '3 3\r\nabc\r\n'],
    ['a size in commas', '1,000\r\n'],
    ['a size beyond 32 bits', '100000003\r\nabc\r\n'],
    ['a size beyond 64 bits', '10000000000000003\r\nabc\r\n'],
    ['a line feed alone after a size', '3\nabc\r\n'],
    ['a carriage return alone after a size', '3\rabc\r\n'],
    ['a line feed alone in an extension', '3;a\nb\r\nabc\r\n'],
    ['NUL in an extension', '3;a\0\r\nabc\r\n'],
    ['no line break after a chunk', '3\r\nabc0\r\n\r\n'],
    ['a chunk that is longer than told', '3\r\nabcd\r\n0\r\n\r\n'],
    ['a line feed alone after a chunk', '3\r\nabc\n0\r\n\r\n'],
    ['a space after a chunk', '3\r\nabc \r\n0\r\n\r\n'],
    ['a line feed alone after the last chunk', '0\r\n\n'],
    ['a line feed alone after a trailer', '0\r\nx-sum: 1\n\r\n'],
  ])('%s', (_what, text) => {
    expect(() => read(text)).toThrow(ResponseFault)
    expect(() => readByCharacter(text)).toThrow(ResponseFault)
  })

  test.each([
    ['an extension', '1;', 'a', '\r\n'],
    ['a size', '', '0', '1\r\n'],
    ['a trailer', '0\r\nx-long: ', 'a', '\r\n\r\n'],
    ['trailers', '0\r\n', 'a:b\r\n', '\r\n'],
    ['the end of a chunk', '1\r\na', 'a', '\r\n'],
  ])('%s that does not end', (_what, start, again, end) => {
    const long = again.repeat(16_400)
    expect(() => read(start + long)).toThrow(ResponseFault)
    expect(() => read(start + long + end)).toThrow(ResponseFault)
    expect(() => readByCharacter(start + long)).toThrow(ResponseFault)
  })
})

test.each([
  ['4 MB in chunks of 1 KB', 1_024, 4_096],
  ['12 MB in chunks of 4 KB', 4_096, 3_072],
  ['4 KB in chunks of one byte', 1, 4_096],
])('%s are read', (_what, size, count) => {
  const data = 'x'.repeat(size)
  const chunks = new ChunkedBody()
  for (let index = 0; index < count; index += 1) chunks.read(`${size.toString(16)}\r\n${data}\r\n`)
  chunks.read('0\r\n\r\n')
  expect([chunks.isWhole, chunks.body.length]).toEqual([true, size * count])
})
