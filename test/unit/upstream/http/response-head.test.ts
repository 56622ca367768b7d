import { describe, expect, test } from 'vitest'
import { ResponseFault, readResponseHead } from '../../../../src/upstream/http/response-head.ts'

/** A head of these lines, each with its end. */
const read = (...lines: string[]) => readResponseHead(lines.map((line) => `${line}\r\n`).join(''))
const readFields = (...fields: string[]) => read('HTTP/1.1 200 OK', ...fields)

describe('the status line', () => {
  test.each([
    ['HTTP/1.1 200 OK', 200],
    ['HTTP/1.0 404 Not Found', 404],
    ['HTTP/1.1 201 ', 201],
    ['HTTP/1.1 503', 503],
    ['HTTP/1.1 999 No such status', 999],
    ['HTTP/1.1 500 Fehler \xfcber\tFehler: "500"', 500],
  ])('%j has the status %i', (line, status) => {
    expect(read(line).status).toBe(status)
  })

  test.each([
    '',
    'HTTP/1.1',
    'HTTP/1.1 ',
    'HTTP/1.1 OK',
    'HTTP/1.1 20 OK',
    'HTTP/1.1 2000 OK',
    'HTTP/1.1 2x0 OK',
    'HTTP/1.1 099 OK',
    'HTTP/1.1 -20 OK',
    'HTTP/1.1  200 OK',
    'HTTP/1.1\t200 OK',
    'HTTP/1.1 200\tOK',
    'HTTP/1.1 200 O\0K',
    'HTTP/1.1 200 O\x7fK',
    'HTTP/1.1 200 O\rK',
    'HTTP/1.1 200 O\nK',
    ' HTTP/1.1 200 OK',
    '\r\nHTTP/1.1 200 OK',
    'http/1.1 200 OK',
    'HTTP/1.2 200 OK',
    'HTTP/0.9 200 OK',
    'HTTP/2.0 200 OK',
    'HTTP/2 200 OK',
    'HTTP/11 200 OK',
    'ICY 200 OK',
    'SSH-2.0-OpenSSH_9.6',
    'GET / HTTP/1.1',
  ])('%j is refused', (line) => {
    expect(() => read(line)).toThrow(ResponseFault)
  })

  test.each(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK\r', 'HTTP/1.1 200 OK\n', ''])(
    '%j, with no end or half an end of the line, is refused',
    (text) => {
      expect(() => readResponseHead(text)).toThrow(ResponseFault)
    },
  )
})

describe('header fields', () => {
  test.each<readonly [what: string, fields: readonly string[], value: string | undefined]>([
    ['a value', ['x-id: abc'], 'abc'],
    ['a name in any case', ['X-Id: Abc'], 'Abc'],
    ['spaces and tabs around a value', ['x-id: \t abc def \t '], 'abc def'],
    ['no space before a value', ['x-id:abc'], 'abc'],
    ['an empty value', ['x-id:'], ''],
    ['a value of spaces', ['x-id: \t '], ''],
    ['a value with a colon', ['x-id: a:b: c'], 'a:b: c'],
    ['a repeated field', ['x-id: a', 'other: b', 'X-ID:  c', 'x-id:'], 'a, c, '],
    ['characters beyond ASCII, a byte each', ['x-id: \xe4\xf6\xff\x80'], '\xe4\xf6\xff\x80'],
    ['a name of all signs', ['x-id: a', "!#$%&'*+-.^_`|~09azAZ: b"], 'a'],
    ['a field that is not there', ['x-ids: a', 'my-x-id: b', 'x: x-id: c'], undefined],
  ])('%s', (_what, fields, value) => {
    expect(readFields(...fields).headers.get('x-id')).toBe(value)
  })

  test('nothing but spaces and tabs is whitespace around a value', () => {
    expect(readFields('x-id: \xa0abc\xa0').headers.get('x-id')).toBe('\xa0abc\xa0')
  })

  test.each(['content-length: \xa05', 'content-length: 5\xa0', 'transfer-encoding: chunked\xa0'])(
    '%j is no length: the head is refused',
    (line) => {
      expect(() => readFields(line)).toThrow(ResponseFault)
    },
  )

  test('what a reason says is no field', () => {
    const head = read('HTTP/1.1 200 content-length: 7', 'content-length: 5')
    expect(head.headers.get('content-length')).toBe('5')
  })

  test.each([
    ['an empty line', ''],
    ['no colon', 'x-id'],
    ['no name', ': abc'],
    ['a space before the colon', 'x-id : abc'],
    ['a tab before the colon', 'x-id\t: abc'],
    ['a space before the name', ' x-id: abc'],
    ['a space within the name', 'x id: abc'],
    ['a name beyond ASCII', 'x-\xefd: abc'],
    ['a name in quotes', '"x-id": abc'],
    ['a value that goes on in the next line', 'x-id: abc\r\n def'],
    ['a value that goes on in the next line after a tab', 'x-id: abc\r\n\tdef'],
    ['an end of line without its carriage return', 'x-id: abc\nother: def'],
    ['an end of line without its line feed', 'x-id: abc\rother: def'],
    ['two carriage returns', 'x-id: abc\r'],
    ['NUL', 'x-id: a\0bc'],
    ['a control character', 'x-id: a\x1bbc'],
    ['DEL', 'x-id: a\x7fbc'],
  ])('%s: the head is refused', (_what, line) => {
    expect(() => readFields(line)).toThrow(ResponseFault)
    expect(() => readFields('before: 1', line, 'after: 2')).toThrow(ResponseFault)
  })

  test('the longest head is read, and as long a line that is no field refused, in no time', () => {
    const fields = Array.from({ length: 4_000 }, () => 'a:')
    expect(readFields(...fields).headers.get('b')).toBeUndefined()
    expect(() => readFields(...fields, 'a')).toThrow(ResponseFault)
    expect(readFields(`a:${' '.repeat(16_000)}`).headers.get('a')).toBe('')
  })
})
