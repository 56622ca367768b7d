import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import type { HttpRequest } from '../../support/http.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { ask, bodyOf, expectRefusal, GRAPHQL_TYPE, head, JSON_TYPE, openSocket, WRITE } from './requests.ts'

const PROFILES = [
  ['production', true],
  ['development', false],
] as const

async function sent(production: boolean, init: HttpRequest, path = '') {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production })
  const answer = await ask(new URL(path, gateway.url).href, init)
  return { answer, calls: upstream.calls.length }
}

describe.each(PROFILES)('in %s', (_name, production) => {
  test.each([
    [
      'a form',
      'application/x-www-form-urlencoded',
      new URLSearchParams({ query: 'mutation { __typename }' }).toString(),
    ],
    ['a form with JSON in it', 'application/x-www-form-urlencoded', WRITE],
    ['text', 'text/plain', WRITE],
    ['text in UTF-8', 'text/plain;charset=UTF-8', WRITE],
    ['application/graphql', 'application/graphql', 'mutation { __typename }'],
    ['application/graphql+json', 'application/graphql+json', WRITE],
    [
      'a multipart upload',
      'multipart/form-data; boundary=-',
      `---\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${WRITE}\r\n-----\r\n`,
    ],
    ['HTML', 'text/html', WRITE],
    ['two types', 'application/json, text/plain', WRITE],
    ['a type that begins alike', 'application/jsonp', WRITE],
    ['JSON in another encoding', 'application/json; charset=latin1', WRITE],
    ['JSON in another encoding, quoted', 'application/json; charset="utf-16"', WRITE],
    ['JSON in two encodings', 'application/json; charset=utf-8; charset=latin1', WRITE],
    ['two types in one quote', 'text/plain; x="; application/json"', WRITE],
    ['no type', '', WRITE],
  ])('%s is 415: a page of a foreign site could send it', async (_what, type, body) => {
    const { answer, calls } = await sent(production, { body, headers: { 'content-type': type } })
    expectRefusal(answer, 415)
    expect(calls).toBe(0)
  })

  test.each(['gzip', 'br', 'deflate'])('a body in %s is 415', async (encoding) => {
    const { answer, calls } = await sent(production, {
      body: WRITE,
      headers: { 'content-encoding': encoding },
    })
    expectRefusal(answer, 415)
    expect(calls).toBe(0)
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;Charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json;charset="UTF-8"',
    'application/json; charset=utf8',
    'application/json; charset=UTF8 ; x=y',
    'application/json;',
    'application/json; charset=utf-8; charset="UTF8"',
    'application/json; profile="a;charset=latin1,b"',
  ])('%s is taken', async (type) => {
    const { answer, calls } = await sent(production, { body: WRITE, headers: { 'content-type': type } })
    expect([answer.status, calls]).toEqual([200, 1])
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])('%s is 405', async (method) => {
    const body = method === 'HEAD' || method === 'OPTIONS' ? {} : { body: WRITE }
    const { answer, calls } = await sent(production, { method, ...body })
    if (method === 'HEAD') expect(answer.status).toBe(405)
    else expectRefusal(answer, 405)
    expect(answer.headers.get('allow')).toBe(production ? 'POST' : 'GET, POST')
    expect(calls).toBe(0)
  })

  test('TRACE is 405', async () => {
    await using gateway = await startGateway({ production })
    using socket = openSocket(gateway.url)
    await socket.write(head({ connection: 'close' }, 'TRACE /graphql HTTP/1.1'))
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 405 /)
  })

  test.each([
    'mutation { __typename }',
    'mutation M { createVpcChannel(input: {instanceId: "i", name: "abc", port: 22}) { vpcChannel { id } } }',
  ])('a mutation by GET is 405: %s', async (query) => {
    const { answer, calls } = await sent(production, {}, `?${new URLSearchParams({ query })}`)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
    expect(answer.json.errors[0].extensions.code).toBe('BAD_REQUEST')
    expect(calls).toBe(0)
  })

  test.each([
    'image/png',
    'text/html',
    'application/xml',
    '*',
    'nonsense',
    'application/json;charset=latin1',
    `${GRAPHQL_TYPE}; charset=utf-16`,
    'application/json;q=0',
    'application/json; q=0.000, text/html',
    '*/*;q=0',
    'text/event-stream;q=0',
    'multipart/mixed;q=0, application/*;q=0',
  ])('who reads nothing but %s is refused before a write, not after', async (accept) => {
    const { answer, calls } = await sent(production, { body: WRITE, headers: { accept } })
    expectRefusal(answer, 406)
    expect(calls).toBe(0)
  })

  test.each([
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [JSON_TYPE, JSON_TYPE],
    [GRAPHQL_TYPE, GRAPHQL_TYPE],
    [`${GRAPHQL_TYPE}, ${JSON_TYPE}`, GRAPHQL_TYPE],
    [`${JSON_TYPE}, ${GRAPHQL_TYPE}`, JSON_TYPE],
    [
      'text/html, application/json;charset=latin1, application/graphql-response+json; charset=UTF-8',
      GRAPHQL_TYPE,
    ],
    ['text/event-stream, application/json', JSON_TYPE],
    ['application/json;charset="utf-8"', JSON_TYPE],
    ['application/json;charset=utf8', JSON_TYPE],
    [`${JSON_TYPE};q=0.9, ${GRAPHQL_TYPE}`, GRAPHQL_TYPE],
    [`${JSON_TYPE};q=0, */*`, GRAPHQL_TYPE],
    [`*/*, ${GRAPHQL_TYPE};q=0`, JSON_TYPE],
    ['application/json;q=0, text/event-stream', 'text/event-stream'],
    ['application/*;q=0, */*', 'text/event-stream'],
    ['text/event-stream, multipart/mixed', 'text/event-stream'],
    ['multipart/mixed, text/event-stream', 'multipart/mixed'],
    ['text/event-stream;q=0.5, multipart/mixed;boundary="a,b;c"', 'multipart/mixed'],
    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0', 'multipart/mixed'],
    ['text/event-stream', 'text/event-stream'],
    ['multipart/mixed', 'multipart/mixed'],
    ['text/*', 'text/event-stream'],
  ])('who accepts %s is answered in %s', async (accept, type) => {
    const { answer, calls } = await sent(production, { body: WRITE, headers: { accept } })
    expect([answer.status, calls]).toEqual([200, 1])
    expect(answer.headers.get('content-type')).toContain(type)
    const refused = await sent(production, { body: '{', headers: { accept } })
    expect(refused.answer.status).toBe(400)
    expect(refused.answer.headers.get('content-type')).toContain(type === GRAPHQL_TYPE ? type : JSON_TYPE)
  })

  test.each([
    '/',
    '/graphql/',
    '/graphql/x',
    '/graphiql',
    '/playground',
    '/console',
    '/altair',
    '/v1/graphql',
    '/GraphQL',
    '/%67raphql',
    '/..',
    '/.env',
  ])('%s is 404', async (path) => {
    const { answer, calls } = await sent(production, { body: WRITE }, path)
    expectRefusal(answer, 404)
    expect(calls).toBe(0)
  })

  test('what a target or a host is made of does not matter further in', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, production })
    const body = bodyOf('{ __typename }')
    const answers = ['[', 'a b:99999999', '', 'evil.example:x'].flatMap((host) =>
      ['/graphql', '/graphql?x=1', 'http://evil.example/graphql?', 'http://[/graphql', '/graphql?%'].map(
        async (target) => {
          using socket = openSocket(gateway.url)
          const headers = `Host: ${host}\r\nConnection: close\r\nContent-Type: ${JSON_TYPE}\r\nX-Auth-Token: ${TOKEN}\r\n`
          await socket.write(
            `POST ${target} HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`,
          )
          return await socket.closed
        },
      ),
    )
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"data":\{"__typename":"Query"\}\}$/)
    }
  })

  test('answers are not kept, and not taken for anything but what they are', async () => {
    for (const body of [WRITE, '{']) {
      const { answer } = await sent(production, { body })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})

describe('GET', () => {
  const query = '{ __typename }'

  test.each([
    ['a query', { query }],
    [
      'a query and variables',
      { query: 'query Q($a: Boolean!) { __typename @include(if: $a) }', variables: '{"a":true}' },
    ],
    ['nothing', {}],
  ])('in production: %s is 405', async (_name, parameters: Record<string, string>) => {
    const { answer } = await sent(true, {}, `?${new URLSearchParams(parameters)}`)
    expectRefusal(answer, 405)
    expect(answer.headers.get('allow')).toBe('POST')
  })

  test('in development runs queries, with variables and names', async () => {
    const { answer } = await sent(
      false,
      {},
      `?${new URLSearchParams({
        query: 'query A { __typename } query B($a: Boolean!) { b: __typename @include(if: $a) }',
        operationName: 'B',
        variables: '{"a":true}',
        extensions: '{}',
      })}`,
    )
    expect(answer.json).toEqual({ data: { b: 'Query' } })
  })

  test.each([
    ['variables that are no JSON', { query, variables: '{' }],
    ['variables that are a list', { query, variables: '[]' }],
    ['extensions that are no JSON', { query, extensions: 'x' }],
    ['no query', { variables: '{}' }],
    ['an empty query', { query: '' }],
  ])('in development refuses %s', async (_name, parameters: Record<string, string>) => {
    const { answer } = await sent(false, {}, `?${new URLSearchParams(parameters)}`)
    expectRefusal(answer, 400)
  })
})

test('what is refused by JSON is refused by nothing but its shape: the same body is taken as JSON', async () => {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production: true })
  const { json } = await ask(gateway.url, { headers: { 'content-type': JSON_TYPE }, body: WRITE })
  expect(json).toEqual({
    data: { createVpcChannel: { vpcChannel: { name: expect.any(String) } } },
  })
})
