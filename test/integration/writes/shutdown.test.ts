import { expect, test } from 'vitest'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { startProcess } from '../../support/start-process.ts'
import { startSandbox } from '../simulator/sandbox.ts'
import { CREATE, channelInput, PAST_FAULTS, type Shown } from './create-support.ts'
import { INSTANCES, ORDERS, UPSERT } from './upsert-pair.ts'

/** A simulated cloud with room for many channels, and the gateway before it as a process of its own. */
async function startBoth(settings: Readonly<Record<string, string>> = {}) {
  const seed = sandboxSeed()
  const cloud = await startSandbox({
    seed: { ...seed, limits: { ...seed.limits, apigChannelsPerUser: 10_000 } },
  })
  const gateway = startProcess({ APIG_ENDPOINT: cloud.url, HW_PROJECT_ID: cloud.projectId, ...settings })
  const url = await gateway.url()
  const tokens = Array.from({ length: 8 }, () => cloud.issueToken())
  return {
    cloud,
    gateway,
    posts: () => cloud.calls.filter(({ method }) => method === 'POST').length,
    create: async (name: string, caller: number) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': tokens[caller % 8] ?? '' },
        body: JSON.stringify({ query: CREATE, variables: { input: channelInput(name) } }),
      })
      return { connection: response.headers.get('connection'), body: (await response.json()) as Shown }
    },
    names: async (): Promise<readonly string[]> => {
      const { body } = await cloud.send('GET', `${cloud.apig}?limit=500`, undefined, PAST_FAULTS)
      return body.vpc_channels.map(({ name }: Shown) => name)
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await cloud[Symbol.asyncDispose]()
    },
  }
}

test('SIGTERM under load: every write in flight is answered, and every one that is acknowledged exists', async () => {
  // Tokens that the cloud has not accepted yet share one caller's part.
  await using both = await startBoth({ MAX_IN_FLIGHT_PER_CALLER: '32' })
  const WRITES = 32
  both.cloud.failNext({ kind: 'delay', ms: 1_000 }, { match: { method: 'POST' }, times: WRITES })
  const answers = Array.from({ length: WRITES }, (_, index) => both.create(`in-flight-${index}`, index))
  await expect.poll(both.posts).toBe(WRITES)
  both.gateway.stop('SIGTERM')
  for (const { connection, body } of await Promise.all(answers)) {
    expect(body.errors).toBeUndefined()
    expect(connection).toBe('close')
  }
  expect(await both.gateway.exited).toBe(0)
  const names = await both.names()
  for (let index = 0; index < WRITES; index += 1) expect(names).toContain(`in-flight-${index}`)
  expect(both.gateway.errors).toEqual([])
})

test('writes that wait for a place, and those whose fate is looked up, are in flight too', async () => {
  await using both = await startBoth({ MAX_IN_FLIGHT: '4' })
  const FAULTS: readonly Fault[] = [
    { kind: 'delay', ms: 200 },
    { kind: '500-after-write' },
    { kind: 'reset-before-body' },
    { kind: 'reset-after-body' },
    { kind: 'delay', ms: 200 },
    { kind: 'html' },
  ]
  for (const fault of FAULTS) both.cloud.failNext(fault, { match: { method: 'POST' } })
  const answers = Array.from({ length: 12 }, (_, index) => both.create(`queued-${index}`, index))
  await expect.poll(both.posts, { interval: 1 }).toBeGreaterThanOrEqual(4)
  both.gateway.stop('SIGTERM')
  const settled = await Promise.allSettled(answers)
  expect(await both.gateway.exited).toBe(0)
  const names = await both.names()
  let acknowledged = 0
  for (const [index, answer] of settled.entries()) {
    const isAcknowledged = answer.status === 'fulfilled' && answer.value.body.errors === undefined
    if (isAcknowledged) acknowledged += 1
    // Nobody sends anything else: what was not answered never began, so it is not there.
    expect(names.includes(`queued-${index}`)).toBe(isAcknowledged)
    expect(names.filter((name) => name === `queued-${index}`).length).toBeLessThanOrEqual(1)
  }
  expect(acknowledged).toBeGreaterThanOrEqual(4)
})

test('clients that go on writing lose none that was begun', async () => {
  await using both = await startBoth()
  both.cloud.failNext({ kind: 'delay', ms: 5 }, { match: { method: 'POST' }, times: 100_000 })
  const acknowledged: string[] = []
  const refused: string[] = []
  const lost: string[] = []
  let stopped = false
  const lane = async (caller: number) => {
    for (let number = 0; !stopped; number += 1) {
      const name = `lane-${caller}-${number}`
      try {
        const { body } = await both.create(name, caller)
        ;(body.errors === undefined ? acknowledged : refused).push(name)
      } catch {
        lost.push(name)
        return
      }
    }
  }
  const lanes = Array.from({ length: 8 }, (_, caller) => lane(caller))
  await expect.poll(() => acknowledged.length).toBeGreaterThan(40)
  both.gateway.stop('SIGTERM')
  expect(await both.gateway.exited).toBe(0)
  stopped = true
  await Promise.all(lanes)
  const names = new Set(await both.names())
  process.stdout.write(`shutdown: ${acknowledged.length} acknowledged, ${lost.length} never begun\n`)
  expect(acknowledged.filter((name) => !names.has(name))).toEqual([])
  expect(lost.filter((name) => names.has(name))).toEqual([])
  expect(refused).toEqual([])
})

test('a write whose client has left is not cut either', async () => {
  await using both = await startBoth()
  both.cloud.failNext({ kind: 'delay', ms: 300 }, { match: { method: 'POST' } })
  const leaving = new AbortController()
  const url = await both.gateway.url()
  const sent = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': both.cloud.issueToken() },
    body: JSON.stringify({ query: CREATE, variables: { input: channelInput('left') } }),
    signal: leaving.signal,
  })
  await expect.poll(both.posts).toBe(1)
  leaving.abort()
  await expect(sent).rejects.toThrow()
  both.gateway.stop('SIGTERM')
  expect(await both.gateway.exited).toBe(0)
  expect(await both.names()).toContain('left')
  const post = both.cloud.calls.find(({ method }) => method === 'POST')
  expect(post?.status).toBe(201)
  // The answer was waited for, and written down.
  const lines = both.gateway.lines.join('\n')
  expect(lines).toContain('"operation":"createVpcChannel"')
})

test('a batch whose client has left goes on to its last chunk', async () => {
  await using cloud = await startSandbox()
  await using gateway = startProcess({
    ROMA_ENDPOINT: cloud.url,
    HW_PROJECT_ID: cloud.projectId,
    PROJECT_VPC_OPERATOR_NUM_LIMIT: '1',
    MAX_IN_FLIGHT: '1',
  })
  const puts = () => cloud.calls.filter(({ method }) => method === 'PUT').length
  cloud.failNext({ kind: 'delay', ms: 50 }, { match: { method: 'PUT' }, times: 100 })
  const leaving = new AbortController()
  const sent = fetch(await gateway.url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': cloud.issueToken() },
    body: JSON.stringify({ query: UPSERT, variables: { input: { ...ORDERS, instanceIds: INSTANCES } } }),
    signal: leaving.signal,
  })
  await expect.poll(puts, { interval: 1 }).toBe(1)
  leaving.abort()
  await expect(sent).rejects.toThrow()
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  expect(puts()).toBe(INSTANCES.length)
})
