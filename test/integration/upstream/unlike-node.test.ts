import { expect, test } from 'vitest'
import { bothClients, type Outcome } from './both-clients.ts'

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`
const ABC: Outcome = [200, 'abc']
const ABC_IN_CHUNKS = '3\r\nabc\r\n0\r\n\r\n'

type Row = readonly [what: string, response: string, node: Outcome, ours: Outcome]

/** Nobody sends such things who means well, and what a response says twice may be understood in two ways. */
const ONLY_NODE_READS: readonly Row[] = [
  ['a coding before chunked', `${OK}transfer-encoding: gzip, chunked\r\n\r\n${ABC_IN_CHUNKS}`, ABC, 'FAILED'],
  ['a coding after chunked', `${OK}transfer-encoding: chunked, gzip\r\n\r\nabc`, ABC, 'FAILED'],
  ['a coding alone', `${OK}transfer-encoding: gzip\r\n\r\nabc`, ABC, 'FAILED'],
  ['the coding that is none', `${OK}transfer-encoding: identity\r\n\r\nabc`, ABC, 'FAILED'],
  ['chunked twice', `${OK}transfer-encoding: chunked, chunked\r\n\r\n${ABC_IN_CHUNKS}`, ABC, 'FAILED'],
  ['chunked in a list', `${OK}transfer-encoding: ,chunked\r\n\r\n${ABC_IN_CHUNKS}`, ABC, 'FAILED'],
  ['chunked with a parameter', `${OK}transfer-encoding: chunked;q=1\r\n\r\nabc`, ABC, 'FAILED'],
  ['a length of 16 digits', `${OK}content-length: 0000000000000003\r\n\r\nabc`, ABC, 'FAILED'],
  ['the size of a chunk in 9 digits', `${CHUNKED}000000003\r\nabc\r\n0\r\n\r\n`, ABC, 'FAILED'],
  ['a control character in the reason', 'HTTP/1.1 200 O\0K\r\n\r\nabc', ABC, 'FAILED'],
  ['a line break before the status line', `\r\n${OK}\r\nabc`, ABC, 'FAILED'],
  ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\nabc', [99, 'abc'], 'FAILED'],
  ['an older version', 'HTTP/0.9 200 OK\r\n\r\nabc', ABC, 'FAILED'],
  ['a newer version', 'HTTP/2.0 200 OK\r\n\r\nabc', ABC, 'FAILED'],
  ['another protocol to go on with', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', [101, ''], 'FAILED'],
]

/** They are valid, or what is wrong with them is never read: neither the body nor the next response depends on it. */
const ONLY_WE_READ: readonly Row[] = [
  ['bytes after a length', `${OK}content-length: 3\r\n\r\nabcd`, 'FAILED', ABC],
  ['bytes after chunks', `${CHUNKED}${ABC_IN_CHUNKS}d`, 'FAILED', ABC],
  ['a wrong length of no body', 'HTTP/1.1 204 No Content\r\ncontent-length: x\r\n\r\n', 'FAILED', [204, '']],
  [
    'a length and chunks of no body',
    'HTTP/1.1 304 Not Modified\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n',
    'FAILED',
    [304, ''],
  ],
  ['an interim response of HTTP/1.0', `HTTP/1.0 100 Continue\r\n\r\n${OK}\r\nabc`, 'FAILED', ABC],
  ['a space after the size of a chunk', `${CHUNKED}3 \r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['a space before an extension', `${CHUNKED}3 ;a\r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['a tab in an extension', `${CHUNKED}3;\ta\r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['bytes beyond ASCII in an extension', `${CHUNKED}3;a=\xe4\r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['an empty extension', `${CHUNKED}3;\r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['an extension that is none', `${CHUNKED}3;"=;;(\r\nabc\r\n0\r\n\r\n`, 'FAILED', ABC],
  ['a length as a trailer', `${CHUNKED}3\r\nabc\r\n0\r\ncontent-length: 3\r\n\r\n`, 'FAILED', ABC],
  ['a trailer that is no field', `${CHUNKED}3\r\nabc\r\n0\r\nx-sum\r\n\r\n`, 'FAILED', ABC],
  ['a control character in a trailer', `${CHUNKED}3\r\nabc\r\n0\r\nx-sum: \0\r\n\r\n`, 'FAILED', ABC],
  ['a trailer in two lines', `${CHUNKED}3\r\nabc\r\n0\r\nx-sum: 1\r\n 2\r\n\r\n`, 'FAILED', ABC],
]

/** White space after a value is no part of it (RFC 9112, section 5.1). */
const OTHERWISE: readonly Row[] = [
  [
    'a tab after chunked',
    `${OK}transfer-encoding: chunked\t\r\n\r\n${ABC_IN_CHUNKS}`,
    [200, ABC_IN_CHUNKS],
    ABC,
  ],
]

test.each([...ONLY_NODE_READS, ...ONLY_WE_READ, ...OTHERWISE])(
  '%s is not what node makes of it',
  async (_what, response, node, ours) => {
    await using clients = await bothClients()
    const pieces = [Buffer.from(response, 'latin1')]
    expect(await clients.read({ pieces, closes: true })).toEqual({ node, ours })
  },
)

test.each([
  ['a length and chunks', `${OK}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n${ABC_IN_CHUNKS}`],
  ['chunks and a length', `${OK}transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n${ABC_IN_CHUNKS}`],
  ['one length twice', `${OK}content-length: 3\r\ncontent-length: 3\r\n\r\nabc`],
  ['one length twice in a list', `${OK}content-length: 3, 3\r\n\r\nabc`],
  ['a signed length', `${OK}content-length: +3\r\n\r\nabc`],
  ['a no-break space before a length', `${OK}content-length: \xa03\r\n\r\nabc`],
  ['a no-break space after a length', `${OK}content-length: 3\xa0\r\n\r\nabc`],
  ['an empty coding', `${OK}transfer-encoding:\r\n\r\nabc`],
  ['line feeds alone', 'HTTP/1.1 200 OK\ncontent-length: 3\n\nabc'],
  ['a line feed alone after a field', `HTTP/1.1 200 OK\r\ncontent-length: 3\n\r\nabc`],
  ['a line feed alone after the head', `HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\nabc`],
  ['a value in two lines', `${OK}x-long: a\r\n b\r\ncontent-length: 3\r\n\r\nabc`],
  ['a space before the colon', `${OK}content-length : 3\r\n\r\nabc`],
  ['NUL in a value', `${OK}x-id: a\0b\r\n\r\nabc`],
  ['a carriage return in a value', `${OK}x-id: a\rb\r\n\r\nabc`],
  ['a head of more than 16 KB', `${OK}x-long: ${'a'.repeat(16_384)}\r\n\r\nabc`],
  ['a line feed alone after the size of a chunk', `${CHUNKED}3\nabc\r\n0\r\n\r\n`],
  ['a line feed alone after a chunk', `${CHUNKED}3\r\nabc\n0\r\n\r\n`],
  ['a line feed alone after the last chunk', `${CHUNKED}3\r\nabc\r\n0\r\n\n`],
])('%s is refused by both', async (_what, response) => {
  await using clients = await bothClients()
  const pieces = [Buffer.from(response, 'latin1')]
  expect(await clients.read({ pieces, closes: true })).toEqual({ node: 'FAILED', ours: 'FAILED' })
})
