import { expect, test } from 'vitest'
import { startProcess } from '../../support/start-process.ts'

test('the settings of the front reach it', async () => {
  await using gateway = startProcess({
    NODE_ENV: 'production',
    SANDBOX: 'true',
    INTROSPECTION: 'true',
    CORS_ORIGINS: 'https://console.example',
    MAX_BODY_BYTES: '1024',
    MAX_TOKENS: '60',
    MAX_DEPTH: '2',
    MAX_ALIASES: '1',
    MAX_DIRECTIVES: '1',
    MAX_ROOT_FIELDS: '3',
    MAX_HEADER_BYTES: '2048',
  })
  const url = await gateway.url()
  const send = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, said: /"message":"([^"]*)"/.exec(text)?.[1] }
  }
  const shown = await send('{ __schema { __typename } }', { origin: 'https://console.example' })
  expect(shown.said).toBeUndefined()
  expect(shown.headers.get('access-control-allow-origin')).toBe('https://console.example')

  expect((await send(`{ __typename } ${'#'.repeat(1_024)}`)).status).toBe(413)
  expect((await send('{ __typename }', { 'x-long': 'a'.repeat(3_000) })).status).toBe(431)
  expect((await send(`{ ${'__typename '.repeat(60)} }`)).said).toContain('more than 60 tokens')
  const CHANNELS = 'projectVpcChannels { nodes { name'
  expect((await send(`{ ${CHANNELS} } } }`)).said).toContain('more levels of fields than 2')
  expect((await send('{ a: __typename b: __typename }')).said).toContain('aliases and repeated fields than 1')
  expect((await send('{ __typename @skip(if: false) @include(if: true) }')).said).toContain(
    'directives than 1',
  )
  const FOUR =
    '__typename _service { sdl } __schema { __typename } vpcChannel(instanceId: "i", id: "c") { id }'
  expect((await send(`{ ${FOUR} }`)).said).toContain('more fields at its root than 3')
})

test('FEDERATION_SDL=false turns off what composition asks, and nothing else', async () => {
  await using gateway = startProcess({ NODE_ENV: 'production', SANDBOX: 'true', FEDERATION_SDL: 'false' })
  const url = await gateway.url()
  const send = async (query: string) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    return response.json()
  }
  for (const query of ['{ _service { sdl } }', '{ ...F } fragment F on Query { a: _service { sdl } }']) {
    expect(await send(query)).toMatchObject({
      errors: [
        {
          message: 'The field _service is turned off.',
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        },
      ],
    })
  }
  expect(await send('{ _entities(representations: []) { __typename } }')).toEqual({ data: { _entities: [] } })
})
