import { expect, test } from 'vitest'
import { startProcess } from '../support/start-process.ts'
import { startUpstream } from '../support/start-upstream.ts'
import { head, openSocket } from './security/requests.ts'

const send = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })

const CREATE = `mutation {
  createVpcChannel(input: { instanceId: "eddc4d25480b4cd6b512f270a1b8b341", name: "VPC_demo", port: 22, memberType: IP }) {
    vpcChannel { id }
  }
}`

test('without any setting it runs on the simulator, says so first and in every response', async () => {
  await using gateway = startProcess({})
  expect(await gateway.firstLine).toContain('SANDBOX')
  const response = await send(await gateway.url(), CREATE)
  expect(response.headers.get('x-gateway-mode')).toBe('sandbox')
  expect(await response.json()).toEqual({
    data: { createVpcChannel: { vpcChannel: { id: expect.stringMatching(/^[0-9a-f]{32}$/) } } },
  })
})

test('with an endpoint set it calls that endpoint, and only with a token of the caller', async () => {
  await using upstream = await startUpstream({ status: 201, body: { id: 'c1', name: 'VPC_demo' } })
  await using gateway = startProcess({ APIG_ENDPOINT: upstream.url, HW_PROJECT_ID: 'p1' })
  const url = await gateway.url()

  const refused = await send(url, CREATE)
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  expect(refused.headers.has('x-gateway-mode')).toBe(false)
  expect(upstream.calls).toHaveLength(0)

  const created = await send(url, CREATE, { 'x-auth-token': 'token-of-a-caller' })
  expect(await created.json()).toEqual({ data: { createVpcChannel: { vpcChannel: { id: 'c1' } } } })
  expect(upstream.calls.map((call) => [call.path, call.headers['x-auth-token']])).toEqual([
    ['/v2/p1/apigw/instances/eddc4d25480b4cd6b512f270a1b8b341/vpc-channels', 'token-of-a-caller'],
  ])
})

test('where a process may make no code of text, known operations are answered all the same', async () => {
  await using upstream = await startUpstream({ status: 201, body: { id: 'c1', name: 'VPC_demo' } })
  const settings = { APIG_ENDPOINT: upstream.url, HW_PROJECT_ID: 'p1' }
  await using gateway = startProcess(settings, undefined, ['--disallow-code-generation-from-strings'])
  const url = await gateway.url()
  for (let count = 0; count < 3; count += 1) {
    const response = await send(url, CREATE, { 'x-auth-token': 'token-of-a-caller' })
    expect(await response.json()).toEqual({ data: { createVpcChannel: { vpcChannel: { id: 'c1' } } } })
  }
})

test('a base URL may have a path of its own', async () => {
  await using upstream = await startUpstream({ status: 201, body: { id: 'c1', name: 'VPC_demo' } })
  await using gateway = startProcess({ APIG_ENDPOINT: `${upstream.url}/proxied/`, HW_PROJECT_ID: 'p1' })
  await send(await gateway.url(), CREATE, { 'x-auth-token': 'token-of-a-caller' })
  expect(upstream.calls[0]!.path).toMatch(/^\/proxied\/v2\/p1\/apigw\//)
})

test('settings that are wrong stop the start, and every fault is named at once', async () => {
  await using gateway = startProcess({
    PORT: '70000',
    LOG_LEVEL: 'loud',
    APIG_ENDPOINT: 'apig.example',
    HW_ACCESS_KEY: 'AK',
    VALIDATION: 'none',
  })
  expect(await gateway.exited).toBe(1)
  expect(gateway.lines).toEqual([])
  const named = gateway.errors.map((line) => line.split(':')[0])
  expect(named.toSorted()).toEqual([
    'APIG_ENDPOINT',
    'HW_ACCESS_KEY',
    'HW_SECRET_KEY',
    'LOG_LEVEL',
    'PORT',
    'VALIDATION',
  ])
})

test('it tells that it is alive and ready', async () => {
  await using gateway = startProcess({})
  const base = (await gateway.url()).replace('/graphql', '')
  expect((await fetch(`${base}/health`)).status).toBe(200)
  expect((await fetch(`${base}/ready`)).status).toBe(200)
})

test('SIGTERM lets a write in flight end, answers it, and exits 0', async () => {
  const received = Promise.withResolvers<() => void>()
  await using upstream = await startUpstream((_call, { response }) => {
    received.resolve(() => response.writeHead(201).end('{"id":"c1","name":"VPC_demo"}'))
    return undefined
  })
  await using gateway = startProcess({ APIG_ENDPOINT: upstream.url, HW_PROJECT_ID: 'p1' })
  const answer = send(await gateway.url(), CREATE, { 'x-auth-token': 'token-of-a-caller' })
  const answerUpstream = await received.promise
  gateway.stop('SIGTERM')
  await expect.poll(() => gateway.lines.join('\n')).toContain('SIGTERM')
  answerUpstream()
  expect(await (await answer).json()).toEqual({ data: { createVpcChannel: { vpcChannel: { id: 'c1' } } } })
  expect(await gateway.exited).toBe(0)
})

test('SIGTERM ends idle connections and half-received requests at once, and waits for whole ones', async () => {
  const received = Promise.withResolvers<() => void>()
  await using upstream = await startUpstream((_call, { response }) => {
    received.resolve(() => response.writeHead(201).end('{"id":"c1","name":"VPC_demo"}'))
    return undefined
  })
  await using gateway = startProcess({
    APIG_ENDPOINT: upstream.url,
    HW_PROJECT_ID: 'p1',
    // Whatever waits for one of these waits for longer than the test does.
    DEADLINE_MS: '600000',
    CLIENT_HEADERS_TIMEOUT_MS: '600000',
    CLIENT_REQUEST_TIMEOUT_MS: '600000',
    CLIENT_KEEP_ALIVE_MS: '600000',
  })
  const url = await gateway.url()
  const answer = send(url, CREATE, { 'x-auth-token': 'token-of-a-caller' })
  const answerUpstream = await received.promise
  const typed = { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' }
  const body = JSON.stringify({ query: '{ __typename }' })
  const whole = head({ ...typed, 'content-length': String(body.length) }) + body
  const halves = [
    '',
    'POST /graphql HTTP/1.1\r\nHost: loc',
    head({ ...typed, 'content-length': '1000' }),
    `${head({ ...typed, 'transfer-encoding': 'chunked' })}5\r\n{"que`,
    whole,
    `${whole}POST /graphql HTTP/1.1\r\n`,
  ]
  const sockets = halves.map(() => openSocket(url))
  await Promise.all(sockets.map((socket, index) => socket.write(halves[index]!)))
  for (const socket of sockets.slice(-2)) await expect.poll(() => socket.received).toContain('"Query"')
  gateway.stop('SIGTERM')
  await Promise.all(sockets.map(({ closed }) => closed))
  answerUpstream()
  expect(await (await answer).json()).toEqual({ data: { createVpcChannel: { vpcChannel: { id: 'c1' } } } })
  expect(await gateway.exited).toBe(0)
})

test('in production there is no GraphiQL, and the log is JSON', async () => {
  await using gateway = startProcess({ NODE_ENV: 'production' })
  const page = await fetch(await gateway.url(), { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type') ?? '').not.toContain('text/html')
  expect(() => gateway.lines.map((line) => JSON.parse(line))).not.toThrow()
})
