import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { CREATE, startWillingUpstream } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'

const SANE = /^[\x21-\x7e]{1,128}$/
const json = { 'content-type': 'application/json', 'x-auth-token': TOKEN }
const create = JSON.stringify({ query: CREATE, variables: { input: leastInput('APIG') } })
const createWith = (more: object): string =>
  JSON.stringify({ query: CREATE, variables: { input: { ...leastInput('APIG'), ...more } } })

interface Request {
  readonly name: string
  readonly status: number
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const REQUESTS: readonly Request[] = [
  { name: 'a success', status: 200, body: create },
  { name: 'a refused input', status: 200, body: createWith({ name: 'a' }) },
  { name: 'a value of the wrong type', status: 200, body: createWith({ port: 'x' }) },
  {
    name: 'a value of the wrong type, by the newer media type',
    status: 400,
    headers: { ...json, accept: 'application/graphql-response+json' },
    body: createWith({ port: 'x' }),
  },
  { name: 'no token', status: 200, headers: { 'content-type': 'application/json' }, body: create },
  {
    name: 'malformed JSON',
    status: 400,
    headers: { ...json, accept: 'application/graphql-response+json' },
    body: '{"query',
  },
  {
    name: 'an unknown operation',
    status: 200,
    body: JSON.stringify({ query: CREATE, operationName: 'Nope' }),
  },
  { name: 'a path that is not there', status: 404, path: '/nowhere', body: create },
  { name: 'a method that is not allowed', status: 405, method: 'PUT', body: create },
  {
    name: 'a mutation by GET',
    status: 405,
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent('mutation { __typename }')}`,
  },
  { name: 'a body that is too large', status: 413, body: createWith({ name: 'a'.repeat(300_000) }) },
  {
    name: 'a body that is no JSON',
    status: 415,
    headers: { ...json, 'content-type': 'text/plain' },
    body: create,
  },
  {
    name: 'an answer in a form that there is none of',
    status: 406,
    headers: { ...json, accept: 'image/png' },
    body: '{"query":"{ __typename }"}',
  },
]

async function sent({ path = '/graphql', method = 'POST', headers = json, body }: Request, id?: string) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url })
  const response = await fetch(new URL(path, gateway.url), {
    method,
    headers: id === undefined ? headers : { ...headers, 'x-request-id': id },
    ...(method !== 'GET' && body !== undefined && { body }),
  })
  return {
    status: response.status,
    id: response.headers.get('x-request-id'),
    text: await response.text(),
    logged: [...gateway.logged],
  }
}

describe('every response has an x-request-id', () => {
  test.each(REQUESTS)('$name: $status', async (request) => {
    const { status, id } = await sent(request)
    expect(status).toBe(request.status)
    expect(id).toMatch(SANE)
  })

  test('of its own', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => sent({ name: '', status: 200, body: create })))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3)
  })

  test.each(REQUESTS)(
    'that of the caller, if there is one, in header, error and log: $name',
    async (request) => {
      const { id, text: body, logged } = await sent(request, 'Trace_01.a-b')
      expect(id).toBe('Trace_01.a-b')
      for (const [, told] of body.matchAll(/"requestId":"([^"]*)"/g)) expect(told).toBe(id)
      if (body.includes('"errors"')) expect(body).toContain('"requestId":"Trace_01.a-b"')
      for (const line of logged) expect(line['requestId']).toBe(id)
    },
  )
})

describe('a request id that is not sane is replaced', () => {
  test.each([
    ['too long', 'a'.repeat(129)],
    ['much too long', 'a'.repeat(5_000)],
    ['blanks inside', 'two words'],
    ['a line of its own', 'id%0d%0aset-cookie: a=b'],
    ['quotes', '","level":60,"msg":"'],
    ['angle brackets', '<script>alert(1)</script>'],
    ['Latin-1', 'é'],
    ['a path', '../../etc/passwd'],
    ['a format', '\u0024{jndi:ldap://x}'],
    ['empty', ''],
  ])('%s', async (_name, given) => {
    const {
      id,
      text: body,
      logged,
    } = await sent({ name: '', status: 200, body: createWith({ name: 'a' }) }, given)
    expect(id).toMatch(SANE)
    expect(id).not.toBe(given)
    expect(body).toContain(`"requestId":"${id}"`)
    if (given !== '') expect(body + JSON.stringify(logged)).not.toContain(given)
  })

  test('as long as it may be, it is kept', async () => {
    const longest = 'a'.repeat(64)
    expect((await sent({ name: '', status: 200, body: create }, longest)).id).toBe(longest)
  })

  test.each([
    ['UTF-8', 'X-Request-Id: 请求\r\n'],
    ['two of them', 'X-Request-Id: one\r\nX-Request-Id: two\r\n'],
  ])('written to the socket: %s', async (_name, header) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    socket.end(
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${header}Content-Length: 2\r\n\r\n{}`,
    )
    const answer = await text(socket)
    expect(/^x-request-id: (.*)$/im.exec(answer)?.[1]?.trim()).toMatch(/^[0-9a-f-]{36}$/)
  })
})
