import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HttpRequest, requestMessage } from '../../../../src/upstream/http/request-message.ts'
import { anyText } from './any-text.ts'

const GET: HttpRequest = { method: 'GET', path: '/', headers: {} }
const withValue = (value: string) => () =>
  requestMessage('h', { ...GET, headers: { before: 'a', 'x-id': value, after: 'b' } })
const withPath = (path: string) => () => requestMessage('h', { ...GET, path })

describe('a request as it is sent', () => {
  test('GET', () => {
    const request = {
      method: 'GET',
      path: '/v2/p1/apigw/instances/i1/vpc-channels?limit=500&offset=0',
      headers: { accept: 'application/json', 'x-auth-token': 'a token, "quoted"\tand ~all' },
    } as const
    expect(requestMessage('apig.example:8443', request)).toEqual({
      text:
        'GET /v2/p1/apigw/instances/i1/vpc-channels?limit=500&offset=0 HTTP/1.1\r\n' +
        'host: apig.example:8443\r\n' +
        'connection: keep-alive\r\n' +
        'accept: application/json\r\n' +
        'x-auth-token: a token, "quoted"\tand ~all\r\n' +
        '\r\n',
      encoding: 'latin1',
    })
  })

  test.each(['POST', 'PUT'] as const)('%s', (method) => {
    const request = {
      method,
      path: '/',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"x"}',
    }
    expect(requestMessage('127.0.0.1', request)).toEqual({
      text:
        `${method} / HTTP/1.1\r\n` +
        'host: 127.0.0.1\r\n' +
        'connection: keep-alive\r\n' +
        'content-type: application/json\r\n' +
        'content-length: 12\r\n' +
        '\r\n' +
        '{"name":"x"}',
      encoding: 'latin1',
    })
  })

  test('a write without a body says so', () => {
    expect(requestMessage('h', { ...GET, method: 'PUT' }).text).toBe(
      'PUT / HTTP/1.1\r\nhost: h\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n',
    )
  })

  test.each([
    ['', 0, 'latin1'],
    ['{}\r\n', 4, 'latin1'],
    ['\0\x7f', 2, 'latin1'],
    ['ä', 2, 'utf8'],
    ['€', 3, 'utf8'],
    ['a\u{1f600}b', 6, 'utf8'],
    // Half of a character is sent as U+FFFD.
    ['\ud83d', 3, 'utf8'],
  ] as const)('a body of %j has %i bytes', (body, bytes, encoding) => {
    const message = requestMessage('h', { ...GET, method: 'POST', body })
    expect(message).toEqual({
      text: `POST / HTTP/1.1\r\nhost: h\r\nconnection: keep-alive\r\ncontent-length: ${bytes}\r\n\r\n${body}`,
      encoding,
    })
    const sent = Buffer.from(message.text, message.encoding)
    expect(sent.length - sent.indexOf('\r\n\r\n') - 4).toBe(bytes)
  })

  test('a header may be empty', () => {
    expect(withValue('')().text).toContain('\r\nx-id: \r\n')
  })
})

describe('what would not be one request is refused', () => {
  test.each([
    '\r',
    '\n',
    '\r\n',
    'a\r\nx-injected: b',
    'a\r\n\r\nGET /stolen HTTP/1.1',
    'a\n',
    '\0',
    '\x1b',
    '\x7f',
    '\x80',
    'ä',
    '\u0100',
    // In latin1 they would be sent as line breaks.
    '\u010a',
    '\u010d',
    '\u2028',
    '\u{1f600}',
    '\ud83d',
  ])('%j in the value of a header', (value) => {
    expect(withValue(value)).toThrow(TypeError)
    expect(withValue(`a${value}b`)).toThrow(TypeError)
  })

  test.each([
    '\r',
    '\n',
    '\r\n',
    ' HTTP/1.1\r\nx-injected: b',
    '\n',
    ' ',
    '\t',
    '\0',
    '\x7f',
    '\x80',
    'ä',
    '\u010a',
    '\u0120',
    '\u{1f600}',
  ])('%j in the path', (part) => {
    expect(withPath(`/${part}`)).toThrow(TypeError)
    expect(withPath(`/a${part}b`)).toThrow(TypeError)
  })

  test.each(['', 'a', '*', '?a', '#a', ' /', 'http://elsewhere.example/', '\\', '.'])(
    'the path %j, which does not begin with a slash',
    (path) => {
      expect(withPath(path)).toThrow(TypeError)
    },
  )

  test('its error does not show the value: it may be a token', () => {
    expect(withValue('secret\n')).toThrow(/^not a value of the header field x-id$/)
  })
})

test('whatever is accepted, it has as many lines as there are headers, and ends where it should', () => {
  const ascii = fc.string({ unit: 'binary-ascii', maxLength: 20 })
  const text = fc.oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: 20 }) },
    ascii,
    anyText({ maxLength: 20 }),
    fc.constantFrom('\r\n', 'a\r\nb: c', '\r\n\r\n', '\u010d\u010a'),
  )
  const body = fc.option(anyText({ maxLength: 50 }), { nil: undefined })
  let accepted = 0
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, body, (values, rest, sentBody) => {
      const headers = Object.fromEntries(values.map((value, index) => [`x-${index}`, value]))
      const request: HttpRequest = { method: 'PUT', path: `/${rest}`, headers, body: sentBody }
      try {
        const { text, encoding } = requestMessage('h', request)
        accepted += 1
        const sent = Buffer.from(text, encoding).toString('latin1')
        const end = sent.indexOf('\r\n\r\n')
        const lines = sent.slice(0, end).split(/\r\n|\r|\n/)
        expect(lines).toHaveLength(4 + values.length)
        expect(lines[0]).toBe(`PUT /${rest} HTTP/1.1`)
        for (const [index, value] of values.entries()) expect(lines[3 + index]).toBe(`x-${index}: ${value}`)
        const after = Buffer.from(sent.slice(end + 4), 'latin1').toString('utf8')
        expect(after).toBe(sentBody ?? '')
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
      }
    }),
    { numRuns: 500 },
  )
  expect(accepted).toBeGreaterThan(50)
})
