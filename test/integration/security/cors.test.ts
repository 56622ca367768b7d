import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { ask, bodyOf, type Headers, WRITE } from './requests.ts'

const LISTED = 'https://console.example'
const ORIGINS = [LISTED, 'http://localhost:5173']
const UNLISTED = [
  'https://evil.example',
  'http://console.example',
  'https://console.example:8443',
  'https://console.example.evil.example',
  'https://evil.console.example',
  'https://CONSOLE.example',
  'https://console.example/',
  'null',
  '*',
  'file://',
]
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  // Those of Apollo Client with a name, of Sentry and of OpenTelemetry.
  'access-control-request-headers':
    'apollographql-client-name,apollographql-client-version,baggage,content-type,sentry-trace,traceparent,tracestate',
}

async function asked(headers: Headers, { method = 'POST', production = true, corsOrigins = ORIGINS } = {}) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production, corsOrigins })
  const body = method === 'POST' ? { body: WRITE } : {}
  const { status, headers: answered } = await ask(gateway.url, { method, headers, ...body })
  const cors = [...answered].filter(([name]) => name.startsWith('access-control-'))
  return { status, cors: Object.fromEntries(cors), vary: answered.get('vary'), calls: upstream.calls.length }
}

describe.each([
  ['production', true],
  ['development', false],
] as const)('in %s', (_name, production) => {
  test('a page of a listed origin may read answers, with credentials', async () => {
    const { status, cors, vary } = await asked({ origin: LISTED }, { production })
    expect(status).toBe(200)
    expect(cors).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id, x-gateway-mode, retry-after',
    })
    expect(vary).toBe('origin')
  })

  test('a page of a listed origin may read refusals', async () => {
    const { status, cors } = await asked({ origin: LISTED, 'content-type': 'text/plain' }, { production })
    expect(status).toBe(415)
    expect(cors['access-control-allow-origin']).toBe(LISTED)
  })

  test('its preflight allows what it asks for', async () => {
    const { status, cors, vary } = await asked(
      { origin: LISTED, ...PREFLIGHT },
      { production, method: 'OPTIONS' },
    )
    expect(status).toBe(204)
    expect(cors).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id, x-gateway-mode, retry-after',
      'access-control-allow-methods': production ? 'POST' : 'GET, POST',
      'access-control-allow-headers': PREFLIGHT['access-control-request-headers'],
      'access-control-max-age': '600',
    })
    expect(vary).toBe('origin, access-control-request-headers')
  })

  test.each(UNLISTED)('an origin that is not listed is told nothing: %s', async (origin) => {
    expect((await asked({ origin }, { production })).cors).toEqual({})
    const preflight = await asked({ origin, ...PREFLIGHT }, { production, method: 'OPTIONS' })
    expect([preflight.status, preflight.cors, preflight.calls]).toEqual([204, {}, 0])
    expect(preflight.vary).toBe('origin, access-control-request-headers')
  })

  test('where none is listed, none is told anything', async () => {
    for (const origin of [LISTED, ...UNLISTED]) {
      expect((await asked({ origin }, { production, corsOrigins: [] })).cors).toEqual({})
      const preflight = await asked(
        { origin, ...PREFLIGHT },
        { production, corsOrigins: [], method: 'OPTIONS' },
      )
      expect([preflight.status, preflight.cors]).toEqual([204, {}])
    }
  })
})

const preflight = (names: string) =>
  asked(
    {
      origin: LISTED,
      'access-control-request-method': 'POST',
      ...(names !== '' && { 'access-control-request-headers': names }),
    },
    { method: 'OPTIONS' },
  )

describe('the names of headers in a preflight', () => {
  test.each(['x-a', 'X-A, x_b', "x-!#$%&'*+.^`|~", Array(40).fill('x-header').join(',')])(
    'come back: %s',
    async (names) => {
      expect((await preflight(names)).cors['access-control-allow-headers']).toBe(names)
    },
  )

  test.each([
    ['none', ''],
    ['a line in a name', 'x-a: b'],
    ['a quoted name', '"x-a"'],
    ['markup', '<script>'],
    ['letters that no name has', 'x-é'],
    ['very many', Array(1_000).fill('x-a').join(',')],
  ])('allow nothing else: %s', async (_name, names) => {
    const { status, cors } = await preflight(names)
    expect([status, cors['access-control-allow-origin']]).toEqual([204, LISTED])
    expect(cors).not.toHaveProperty('access-control-allow-headers')
  })
})

test.each([
  ['a path where nothing is', '/nope', { body: WRITE }, 404],
  ['a method that is not taken', '', { method: 'PUT', body: WRITE }, 405],
  ['OPTIONS that asks for nothing', '', { method: 'OPTIONS' }, 405],
  ['a type that there is no answer of', '', { body: WRITE, headers: { accept: 'image/png' } }, 406],
  ['a body that is too long', '', { body: 'x'.repeat(1_001) }, 413],
  ['no JSON', '', { body: '{' }, 400],
] as const)('a page of a listed origin reads why it was refused: %s', async (_name, path, sent, status) => {
  await using gateway = await startGateway({ corsOrigins: ORIGINS, bodyBytes: 1_000 })
  const headers = 'headers' in sent ? sent.headers : {}
  const answer = await ask(`${new URL(path || '/graphql', gateway.url)}`, {
    ...sent,
    headers: { ...headers, origin: LISTED },
  })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('access-control-allow-origin')).toBe(LISTED)
  expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id')
  expect(answer.json.errors[0].extensions.requestId).toBe(answer.headers.get('x-request-id'))
})

test.each(['text/event-stream', 'multipart/mixed'])(
  'a page of a listed origin may read %s',
  async (accept) => {
    const { status, cors } = await asked({ origin: LISTED, accept })
    expect([status, cors['access-control-allow-origin']]).toEqual([200, LISTED])
    expect((await asked({ origin: 'https://evil.example', accept })).cors).toEqual({})
  },
)

test('OPTIONS of no page is 405', async () => {
  const { status, cors } = await asked(PREFLIGHT, { method: 'OPTIONS' })
  expect([status, cors]).toEqual([405, {}])
})

test('who is no page is served as ever', async () => {
  await using gateway = await startGateway({ production: true, corsOrigins: ORIGINS })
  expect((await ask(gateway.url, { body: bodyOf('{ __typename }') })).json).toEqual({
    data: { __typename: 'Query' },
  })
})
