import { describe, expect, test } from 'vitest'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import { startSimulator } from '../../../src/simulator/start-simulator.ts'
import { SIMULATOR_MAIN, startProcess } from '../../support/start-process.ts'
import { APIG_INSTANCE, BARE_CHANNEL, ROMA_TEST1, ROMA_TEST2, startSandbox } from './sandbox.ts'

test('every call is recorded as it came', async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('GET', `${sandbox.apig}?name=${encodeURIComponent('订单')}&limit=5`)
  await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  await sandbox.send('POST', sandbox.apig, '{no json')
  expect(sandbox.calls).toMatchObject([
    { method: 'GET', path: sandbox.apig, query: { name: '订单', limit: '5' }, status: 200 },
    { method: 'POST', path: sandbox.apig, query: {}, body: BARE_CHANNEL, status: 201 },
    { method: 'POST', body: '{no json', status: 400 },
  ])
  expect(sandbox.calls[0]!.body).toBeUndefined()
  expect(sandbox.calls[0]!.headers).toHaveProperty('x-auth-token')
})

test('a reset brings back the seed, and tokens stay good', async () => {
  await using sandbox = await startSandbox()
  const before = (await sandbox.send('GET', sandbox.apig)).body.vpc_channels.length
  await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  sandbox.failNext({ kind: '429' }, { times: 5 })
  sandbox.reset()
  expect(sandbox.calls).toHaveLength(0)
  expect((await sandbox.send('GET', sandbox.apig)).body).toMatchObject({ total: before })
})

test('each answer has its request id, shaped uuid-timestamp-hostname', async () => {
  await using sandbox = await startSandbox({ now: () => new Date(1_795_301_658_000) })
  const ids = []
  for (const path of [sandbox.apig, '/nowhere', '/v3/projects']) {
    ids.push((await sandbox.send('GET', path)).headers.get('x-request-id'))
  }
  for (const id of ids) {
    expect(id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}-1795301658-[a-z0-9-]+$/,
    )
  }
  expect(new Set(ids).size).toBe(3)
})

describe('a path that nobody serves', () => {
  test.each([
    ['GET', '/'],
    ['PATCH', '/v3/auth/tokens'],
    ['DELETE', '/v2/p/apic/vpc-channels'],
    ['GET', '/v2/p/apig/instances/i/vpc-channels'],
    ['GET', '/v2/p/apigw/instances/%zz/../vpc-channels/a/b/c'],
  ])('%s %s', async (method, path) => {
    await using sandbox = await startSandbox()
    const reply = await sandbox.send(method, path)
    expect(reply).toMatchObject({ status: 404, body: { error_code: 'APIGW.0101' } })
  })
})

test('a path may be escaped: its parameters, and what it is made of', async () => {
  await using sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  const escaped = [...body.id].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
  const path = `${sandbox.apig.replace('vpc-channels', 'vpc%2Dchannels')}/${escaped}`
  expect(await sandbox.send('GET', path)).toMatchObject({ status: 200, body: { id: body.id } })
})

test('a channel is found in its own instance alone', async () => {
  await using sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.roma, BARE_CHANNEL)
  const elsewhere = `${sandbox.roma.replace(ROMA_TEST1, ROMA_TEST2)}/${body.id}`
  for (const method of ['GET', 'DELETE']) {
    expect(await sandbox.send(method, elsewhere)).toMatchObject({ status: 404 })
  }
  expect(await sandbox.send('GET', `${sandbox.roma}/${body.id}`)).toMatchObject({ status: 200 })
})

test('more than 12 MB are too much', async () => {
  await using sandbox = await startSandbox()
  const reply = await sandbox.send('POST', sandbox.apig, 'x'.repeat(12 * 1024 * 1024 + 1))
  expect(reply).toMatchObject({ status: 413, body: { error_code: 'APIGW.0201' } })
})

test('a simulator may have its own project and its own seed', async () => {
  await using mine = await startSandbox({ projectId: 'my-project' })
  expect(mine.projectId).toBe('my-project')
  expect(
    (await mine.send('GET', `/v2/my-project/apigw/instances/${APIG_INSTANCE}/vpc-channels`)).status,
  ).toBe(200)

  const seed = { ...sandboxSeed(), channels: [] }
  await using empty = await startSandbox({ seed })
  expect((await empty.send('GET', empty.apig)).body).toEqual({ size: 0, total: 0, vpc_channels: [] })
})

test('a port that is taken is an error at the start', async () => {
  await using sandbox = await startSandbox()
  const port = Number(new URL(sandbox.url).port)
  await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE')
})

test('closing ends calls that would never end, and may be done twice', async () => {
  const sandbox = await startSandbox()
  sandbox.failNext({ kind: 'stall-headers' })
  const stalled = sandbox.send('GET', sandbox.apig).catch((error) => error)
  await expect.poll(() => sandbox.calls[0]?.status).toBe(200)
  await sandbox.close()
  await sandbox.close()
  expect(await stalled).toBeInstanceOf(Error)
})

test('run by itself it prints what a person needs, and ends cleanly when told to', async () => {
  await using simulator = startProcess({}, SIMULATOR_MAIN)
  await expect.poll(() => simulator.lines.join('\n')).toContain(' npm start')
  const text = simulator.lines.join('\n')
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? []
  expect(text).toContain(APIG_INSTANCE)
  expect(text).toMatch(/Password: {3}\S{24}\n/)

  const token = /MII\S+/.exec(text)?.[0] ?? ''
  const [project] = /(?<=Project: )\S+/.exec(text) ?? []
  const path = `/v2/${project}/apigw/instances/${APIG_INSTANCE}/vpc-channels`
  const response = await fetch(`${url}${path}`, { headers: { 'x-auth-token': token } })
  expect(response.status).toBe(200)

  simulator.stop('SIGTERM')
  expect(await simulator.exited).toBe(0)
})

test.each([
  [[], 400],
  [['--edition', 'current'], 200],
])('run with %j it answers a limit of 0 with %i', async (args, status) => {
  await using simulator = startProcess({}, SIMULATOR_MAIN, [], 'pipe', args)
  await expect.poll(() => simulator.lines.join('\n')).toContain(' npm start')
  const text = simulator.lines.join('\n')
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? []
  const [project] = /(?<=Project: )\S+/.exec(text) ?? []
  const token = /MII\S+/.exec(text)?.[0] ?? ''
  const path = `/v2/${project}/apigw/instances/${APIG_INSTANCE}/vpc-channels?limit=0`
  expect((await fetch(`${url}${path}`, { headers: { 'x-auth-token': token } })).status).toBe(status)
})

test('an unknown edition is one line', async () => {
  await using simulator = startProcess({}, SIMULATOR_MAIN, [], 'pipe', ['--edition', '2025'])
  expect(await simulator.exited).toBe(1)
  expect(simulator.errors).toEqual([
    'simulator: --edition: must be pages or current, not "2025"; --help shows the options',
  ])
})
