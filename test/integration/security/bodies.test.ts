import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { ask, bodyOf, expectRefusal, head, JSON_TYPE, openSocket, WRITE } from './requests.ts'

const LIMIT = 256 * 1024
const WRITING = { 'content-type': JSON_TYPE, 'x-auth-token': TOKEN }
/** A write of exactly so many bytes. */
const writeOf = (bytes: number): string => WRITE + ' '.repeat(bytes - WRITE.length)

async function startPair(options = {}) {
  const upstream = await startWillingUpstream()
  const gateway = await startGateway({ upstream: upstream.url, production: true, ...options })
  return {
    url: gateway.url,
    upstream,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

/** A body of chunks, whose length nobody has said. */
function inChunks(text: string): Readable {
  const bytes = Buffer.from(text)
  const count = Math.ceil(bytes.length / 16_000)
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * 16_000, (index + 1) * 16_000)),
  )
}

describe('a body of more than 256 KB is 413 before it is parsed', () => {
  test('256 KB are taken', async () => {
    await using pair = await startPair()
    expect((await ask(pair.url, { body: writeOf(LIMIT) })).status).toBe(200)
    expect((await ask(pair.url, { body: inChunks(writeOf(LIMIT)) })).status).toBe(200)
    expect(pair.upstream.calls).toHaveLength(2)
  })

  test('one byte more is not, be its length declared', async () => {
    await using pair = await startPair()
    expectRefusal(await ask(pair.url, { body: writeOf(LIMIT + 1) }), 413)
    expect(pair.upstream.calls).toEqual([])
  })

  test('one byte more is not, be its length unknown', async () => {
    await using pair = await startPair()
    expectRefusal(await ask(pair.url, { body: inChunks(writeOf(LIMIT + 1)) }), 413)
    expect(pair.upstream.calls).toEqual([])
  })

  test('bytes count, not letters', async () => {
    await using pair = await startPair()
    const letters = bodyOf('{ __typename }', { operationName: '信'.repeat(LIMIT / 3) })
    expect(letters.length).toBeLessThan(LIMIT)
    expectRefusal(await ask(pair.url, { body: letters }), 413)
  })

  test('a declared length is refused before a byte of the body has come, and no more is waited for', async () => {
    await using pair = await startPair()
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'content-length': '99999999999' }))
    const answer = await socket.closed
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch(/^connection: close\r$/im)
    expect(answer).toContain('"code":"BAD_REQUEST"')
  })

  test('a client that goes on sending gets the answer all the same, and is cut off', async () => {
    await using pair = await startPair()
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'transfer-encoding': 'chunked' }))
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    let open = true
    void socket.closed.then(() => {
      open = false
    })
    while (open) {
      await Promise.race([socket.write(chunk), socket.closed])
      await turn()
    }
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"BAD_REQUEST"/)
  })

  test('a client that reads nothing before it has sent all gets the answer all the same', async () => {
    await using pair = await startPair()
    const socket = connect(Number(new URL(pair.url).port), '127.0.0.1').pause()
    socket.on('error', () => {})
    socket.write(head({ ...WRITING, 'content-length': String(LIMIT * 8) }))
    for (let sent = 0; sent < 8; sent++) {
      await new Promise((resolve) => socket.write(Buffer.alloc(LIMIT, ' '), resolve))
      await turn()
    }
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"BAD_REQUEST"/)
  })

  test('the limit is a setting', async () => {
    await using pair = await startPair({ bodyBytes: 2_000 })
    expect((await ask(pair.url, { body: writeOf(2_000) })).status).toBe(200)
    expectRefusal(await ask(pair.url, { body: writeOf(2_001) }), 413)
  })

  test('what is no JSON is not parsed for its size either: 413, not 400', async () => {
    await using pair = await startPair()
    expectRefusal(await ask(pair.url, { body: '{'.repeat(LIMIT + 1) }), 413)
  })
})

describe('a body that is not one operation in JSON is 400, and nothing of it comes back', () => {
  const SECRET = 'hunter2'
  test.each([
    ['cut short', `{"query":"{ __typename }","variables":{"password":"${SECRET}"`],
    ['no JSON', `password=${SECRET}`],
    ['empty', ''],
    ['a batch', `[${bodyOf('{ __typename }', { variables: { password: SECRET } })}]`],
    ['a batch of ten', JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ __typename }' })))],
    ['an empty batch', '[]'],
    ['a text', `"${SECRET}"`],
    ['null', 'null'],
    ['of no query', `{"variables":{"password":"${SECRET}"}}`],
    ['of a query that is a list', bodyOf([SECRET])],
    ['of variables that are a list', bodyOf('{ __typename }', { variables: [SECRET] })],
    ['of variables that are a text', bodyOf('{ __typename }', { variables: SECRET })],
    ['of extensions that are a list', bodyOf('{ __typename }', { extensions: [SECRET] })],
    ['of an operation name that is a number', bodyOf('{ __typename }', { operationName: 1 })],
    ['not in UTF-8', Buffer.from(WRITE.replace('vpc_demo', 'vpc\u00ff'), 'latin1')],
    ['in UTF-16', new Uint8Array(Buffer.from(`\ufeff${bodyOf('{ __typename }')}`, 'utf16le'))],
  ] as const)('%s', async (_name, body) => {
    await using pair = await startPair()
    const answer = await ask(pair.url, { body })
    expect(answer.status).toBe(400)
    expect(answer.json.errors).toHaveLength(1)
    expect(answer.text).not.toContain('"data"')
    expect(answer.text + JSON.stringify(pair.gateway.logged)).not.toContain(SECRET)
  })

  test.each([
    ['an unknown key', { [SECRET]: 1 }],
    ['a map of files, as of a multipart upload', { map: { 0: ['variables.file'] } }],
  ])('%s is ignored', async (_what, more) => {
    await using pair = await startPair()
    const answer = await ask(pair.url, { body: bodyOf('{ __typename }', more) })
    expect(answer.json).toEqual({ data: { __typename: 'Query' } })
    expect(JSON.stringify(pair.gateway.logged)).not.toContain(SECRET)
  })

  test('nothing comes back of an operation name that no operation has', async () => {
    await using pair = await startPair()
    const body = bodyOf('{ __typename }', { operationName: SECRET.repeat(20_000) })
    const answer = await ask(pair.url, { body })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] })
    expect(answer.text + JSON.stringify(pair.gateway.logged)).not.toContain(SECRET)
  })

  test('keys that are null count as left out', async () => {
    await using pair = await startPair()
    const nothing = { operationName: null, variables: null, extensions: null, id: null }
    expect((await ask(pair.url, { body: bodyOf('{ __typename }', nothing) })).json).toEqual({
      data: { __typename: 'Query' },
    })
  })

  test('a refusal has a line in the log, and an id', async () => {
    await using pair = await startPair()
    await ask(pair.url, { body: '{', headers: { 'x-request-id': 'mine-1' } })
    expect(pair.gateway.logged).toEqual([
      expect.objectContaining({ level: 40, requestId: 'mine-1', kind: 'request', errors: ['BAD_REQUEST'] }),
    ])
  })
})

test('a client that leaves in the middle of its body has nothing executed', async () => {
  await using pair = await startPair()
  {
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'content-length': String(WRITE.length + 10) }) + WRITE)
  }
  expect((await ask(pair.url, { body: bodyOf('{ __typename }') })).status).toBe(200)
  expect(pair.upstream.calls).toEqual([])
})
