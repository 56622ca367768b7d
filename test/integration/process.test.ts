import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SIMULATOR_MAIN, startProcess } from '../support/start-process.ts'
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

describe('without any setting', () => {
  let gateway: ReturnType<typeof startProcess>
  beforeAll(() => {
    gateway = startProcess({})
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  test('it runs on the simulator, says so first and in every response', async () => {
    expect(await gateway.firstLine).toContain('SANDBOX')
    const response = await send(await gateway.url(), CREATE)
    expect(response.headers.get('x-gateway-mode')).toBe('sandbox')
    expect(await response.json()).toEqual({
      data: { createVpcChannel: { vpcChannel: { id: expect.stringMatching(/^[0-9a-f]{32}$/) } } },
    })
  })

  test('it logs the simulator’s address, which takes faults', async () => {
    const url = await gateway.url()
    const address = () => /Simulator: (http:\S+);/.exec(gateway.lines.join('\n'))?.[1]
    await expect.poll(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const planned = await fetch(`${address()}/_simulator/faults`, {
      method: 'POST',
      body: '{"fault":{"kind":"answer","status":403,"body":{"error_code":"APIG.3109"}}}',
    })
    expect(planned.status).toBe(204)
    expect(await (await send(url, CREATE)).json()).toMatchObject({
      errors: [{ extensions: { reason: 'CHANNEL_QUOTA', effect: 'NOT_APPLIED' } }],
    })
  })

  test('it takes the token of a real login, and its simulator’s as the caller’s', async () => {
    const url = await gateway.url()
    const read = '{ vpcChannels(instanceId: "eddc4d25480b4cd6b512f270a1b8b341") { totalCount } }'
    const ask = async (token: string) => (await send(url, read, { 'x-auth-token': token })).json()
    const data = { vpcChannels: { totalCount: expect.any(Number) } }
    for (let time = 0; time < 2; time += 1) expect(await ask('MIIEkgYJ-of-a-real-login')).toEqual({ data })
    const written = () => gateway.lines.join('\n')
    await expect.poll(written).toContain('SANDBOX: a request has an X-Auth-Token')
    const issued = () => /REST APIs, X-Auth-Token: ([^"]+)/.exec(written())?.[1]
    await expect.poll(issued).toBeDefined()
    expect(await ask(issued() ?? '')).toEqual({ data })
    expect(await ask('two words')).toMatchObject({ errors: [{ extensions: { reason: 'TOKEN_INVALID' } }] })
    expect(written().match(/SANDBOX: a request has/g)).toHaveLength(1)
    expect(written()).not.toContain('of-a-real-login')
  })

  test('it tells that it is alive and ready', async () => {
    const base = (await gateway.url()).replace('/graphql', '')
    expect((await fetch(`${base}/health`)).status).toBe(200)
    expect((await fetch(`${base}/ready`)).status).toBe(200)
  })
})

describe('in production as a sandbox', () => {
  let gateway: ReturnType<typeof startProcess>
  beforeAll(() => {
    gateway = startProcess({ NODE_ENV: 'production', SANDBOX: 'true', METRICS_PORT: '0' })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  test('it tells so in its first line, at /ready and in its metrics', async () => {
    expect(await gateway.firstLine).toContain('SANDBOX')
    const url = await gateway.url()
    expect(await (await fetch(url.replace('/graphql', '/ready'))).json()).toMatchObject({ mode: 'sandbox' })
    await expect.poll(() => gateway.lines.join('\n')).toMatch(/Metrics: http/)
    const metricsUrl = /Metrics: (http[^"]+)/.exec(gateway.lines.join('\n'))?.[1] ?? ''
    expect(await (await fetch(metricsUrl)).text()).toMatch(/build_info\{[^}]*mode="sandbox"\} 1/)
  })

  test('there is no GraphiQL, and the log is JSON', async () => {
    const page = await fetch(await gateway.url(), { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type') ?? '').not.toContain('text/html')
    expect(() => gateway.lines.map((line) => JSON.parse(line))).not.toThrow()
  })
})

test('a simulator of its own prints a line that starts a gateway in front of it', async () => {
  await using simulator = startProcess({}, SIMULATOR_MAIN)
  const line = () => simulator.lines.find((one) => one.endsWith(' npm start'))
  await expect.poll(line).toBeDefined()
  const words = line()?.split(' ').slice(0, -2) ?? []
  const settings = Object.fromEntries(
    words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )
  expect(settings).toMatchObject({
    APIG_ENDPOINT: settings['ROMA_ENDPOINT'],
    HW_PROJECT_ID: expect.any(String),
  })
  await using gateway = startProcess(settings)
  expect(await (await send(await gateway.url(), CREATE)).json()).toEqual({
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

test('in production it does not start without an endpoint, and names what may be one that is mistyped', async () => {
  await using gateway = startProcess({ NODE_ENV: 'production', HW_REGION: 'cn-north-4', HW_AUTH_URL: 'x' })
  expect(await gateway.exited).toBe(1)
  expect(gateway.lines).toEqual([])
  expect(gateway.errors).toEqual([
    'HW_REGION_NAME: there is no endpoint with NODE_ENV=production; set HW_REGION_NAME or the endpoints, or SANDBOX=true for a simulated cloud',
    'HW_REGION is no setting of this gateway: is HW_REGION_NAME meant?',
  ])
})

test('variables that look like settings are named at the start, and their values are not', async () => {
  await using gateway = startProcess({
    APIG_ENDPOINT: 'http://127.0.0.1:9',
    ROMA_ENDPONT: 'planted-value',
    NODE_ENV: 'planted-value',
    TF_VAR_region: 'x',
  })
  await gateway.url()
  const warned = () => gateway.lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40)
  await expect
    .poll(() => warned().map(({ msg }) => msg))
    .toEqual([
      'ROMA_ENDPONT is no setting of this gateway: is ROMA_ENDPOINT meant?',
      'NODE_ENV is not exactly "production": the profile is that of development',
    ])
  expect([...gateway.lines, ...gateway.errors].join()).not.toContain('planted-value')
})

test('probes have a listener of their own where one is asked for', async () => {
  await using gateway = startProcess({ PROBE_PORT: '0' })
  await expect.poll(() => gateway.lines.join('\n')).toMatch(/Probes: http/)
  const probes = /Probes: (http[^"]+)/.exec(gateway.lines.join('\n'))?.[1] ?? ''
  expect((await fetch(`${probes}/health`)).status).toBe(200)
  expect(await (await fetch(`${probes}/ready`)).json()).toMatchObject({ status: 'ready', mode: 'sandbox' })
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
