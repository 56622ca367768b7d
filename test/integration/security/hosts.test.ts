import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { bodyOf, JSON_TYPE, openSocket } from './requests.ts'

const BODY = bodyOf('{ __typename }')
const GET = '/graphql?query=%7B__typename%7D'

/** Sends a request with exactly these header lines and answers its status and body. */
async function sent(url: string, lines: readonly string[], start = 'POST /graphql HTTP/1.1') {
  using socket = openSocket(url)
  const body = start.startsWith('POST') ? BODY : ''
  const rest = [`Content-Type: ${JSON_TYPE}`, `Content-Length: ${body.length}`, 'Connection: close']
  await socket.write([start, ...lines, ...rest, '', body].join('\r\n'))
  const [head = '', text = ''] = (await socket.closed).split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), text }
}

const statusOf = async (url: string, host: string): Promise<number> =>
  (await sent(url, [`Host: ${host}`])).status

describe('a request with more than one Host header is 400', () => {
  test.each([
    ['POST /graphql HTTP/1.1', ['Host: localhost', 'Host: localhost']],
    ['POST /graphql HTTP/1.1', ['Host: localhost', 'hOST: other.example']],
    [`GET ${GET} HTTP/1.1`, ['host: a.example', 'X-Other: a', 'HOST: b.example']],
    ['GET /health HTTP/1.1', ['Host: localhost', 'Host: localhost']],
    ['GET /ready HTTP/1.1', ['Host: localhost', 'Host: localhost']],
  ])('%s', async (start, lines) => {
    await using gateway = await startGateway()
    const { status, text } = await sent(gateway.url, lines, start)
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: 'The request has more than one Host header.',
          extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) },
        },
      ],
    })
    expect((await sent(gateway.url, lines.slice(0, 1), start)).status).toBe(200)
  })
})

describe('where hosts are checked', () => {
  const OPTIONS = { allowedHosts: ['gateway.example'], graphiql: true }

  test.each([
    'localhost',
    'LocalHost:4000',
    'localhost.',
    'console.localhost:1',
    '127.0.0.1:4000',
    '10.1.2.3',
    '[::1]:4000',
    '[fe80::1]',
    'gateway.example',
    'Gateway.Example.:443',
  ])('%s is served', async (host) => {
    await using gateway = await startGateway(OPTIONS)
    expect(await statusOf(gateway.url, host)).toBe(200)
  })

  test.each([
    'attacker.example',
    'attacker.example:4000',
    'localhost.attacker.example',
    'xlocalhost',
    'sub.gateway.example',
    'gateway.example.attacker.example',
    '127.0.0.1.attacker.example',
    '[127.0.0.1]',
    'localhost@attacker.example',
    'attacker.example#localhost',
    'localhost/',
    'localhost, attacker.example',
    'localhost:port',
    '',
  ])('%s is refused', async (host) => {
    await using gateway = await startGateway(OPTIONS)
    const { status, text } = await sent(gateway.url, [`Host: ${host}`])
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([421, 'BAD_REQUEST'])
    expect(text).not.toContain('attacker')
  })

  test('the page and operations by GET are refused too, and a whole URL is what counts', async () => {
    await using gateway = await startGateway(OPTIONS)
    const lines = ['Host: attacker.example', 'Accept: text/html, */*']
    expect((await sent(gateway.url, lines, 'GET /graphql HTTP/1.1')).status).toBe(421)
    expect((await sent(gateway.url, lines, 'GET / HTTP/1.1')).status).toBe(421)
    expect((await sent(gateway.url, lines, `GET ${GET} HTTP/1.1`)).status).toBe(421)
    const whole = (host: string) => `POST http://${host}/graphql HTTP/1.1`
    expect((await sent(gateway.url, ['Host: localhost'], whole('attacker.example'))).status).toBe(421)
    expect((await sent(gateway.url, ['Host: localhost'], whole('gateway.example:80'))).status).toBe(200)
  })

  test('an orchestrator may ask by any name', async () => {
    await using gateway = await startGateway(OPTIONS)
    expect((await sent(gateway.url, ['Host: pod.example'], 'GET /health HTTP/1.1')).status).toBe(200)
  })
})

const OWN_KEY = {
  APIG_ENDPOINT: 'http://127.0.0.1:9',
  HW_ACCESS_KEY: 'key',
  HW_SECRET_KEY: 'secret',
}

test.each([
  ['in sandbox mode', {}, [421, 200]],
  ['with ALLOW_ANY_CALLER', { ...OWN_KEY, ALLOW_ANY_CALLER: 'true' }, [421, 200]],
  ['where callers are checked', { ...OWN_KEY, CALLER_API_KEYS: 'console:0123456789abcdef' }, [200, 200]],
  ['without credentials', { APIG_ENDPOINT: 'http://127.0.0.1:9' }, [200, 200]],
])('%s, foreign names and those of ALLOWED_HOSTS are answered %#', async (_name, settings, expected) => {
  await using gateway = startProcess({ ...settings, ALLOWED_HOSTS: 'a.example, Gateway.example' })
  const url = await gateway.url()
  const hosts = ['attacker.example', 'gateway.example:4000']
  expect(await Promise.all(hosts.map((host) => statusOf(url, host)))).toEqual(expected)
})

test('a host name that is none stops the start', async () => {
  await using gateway = startProcess({ ALLOWED_HOSTS: 'gateway.example:4000' })
  expect(await gateway.exited).toBe(1)
  expect(gateway.errors.join('\n')).toContain('ALLOWED_HOSTS: must be host names')
})
