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
  'access-control-request-headers': 'content-type,x-evil',
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
      'access-control-expose-headers': 'x-request-id, x-gateway-mode',
    })
    expect(vary).toBe('origin')
  })

  test('a page of a listed origin may read refusals', async () => {
    const { status, cors } = await asked({ origin: LISTED, 'content-type': 'text/plain' }, { production })
    expect(status).toBe(415)
    expect(cors['access-control-allow-origin']).toBe(LISTED)
  })

  test('its preflight is answered with what it needs, not with what it asks for', async () => {
    const { status, cors, vary } = await asked(
      { origin: LISTED, ...PREFLIGHT },
      { production, method: 'OPTIONS' },
    )
    expect(status).toBe(204)
    expect(cors).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id, x-gateway-mode',
      'access-control-allow-methods': production ? 'POST' : 'GET, POST',
      'access-control-allow-headers':
        'content-type, accept-language, authorization, x-auth-token, x-api-key, x-project-id, x-request-id, traceparent',
      'access-control-max-age': '600',
    })
    expect(vary).toBe('origin')
  })

  test.each(UNLISTED)('an origin that is not listed is told nothing: %s', async (origin) => {
    expect((await asked({ origin }, { production })).cors).toEqual({})
    const preflight = await asked({ origin, ...PREFLIGHT }, { production, method: 'OPTIONS' })
    expect([preflight.status, preflight.cors, preflight.calls]).toEqual([204, {}, 0])
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

test('who is no page is served as ever', async () => {
  await using gateway = await startGateway({ production: true, corsOrigins: ORIGINS })
  expect((await ask(gateway.url, { body: bodyOf('{ __typename }') })).json).toEqual({
    data: { __typename: 'Query' },
  })
})
