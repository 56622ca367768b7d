import { describe, expect, test } from 'vitest'
import { sandboxSeed } from '../../src/simulator/cloud/sandbox-seed.ts'
import type { Fault } from '../../src/simulator/faults/fault.ts'
import { APIG_INSTANCE, startSandbox } from '../integration/simulator/sandbox.ts'
import { CREATE, channelInput, PAST_FAULTS, type Shown } from '../integration/writes/create-support.ts'
import {
  INSTANCES,
  ORDERS,
  PLAN,
  SEEN_ORDERS,
  seenChannels,
  UPSERT,
} from '../integration/writes/upsert-pair.ts'
import { startBalancer } from '../support/start-balancer.ts'
import { startProcess } from '../support/start-process.ts'

const SHOW = `query Show($id: ID!) {
  vpcChannel(instanceId: "${APIG_INSTANCE}", id: $id) { name port }
}`
const FIND = `query Find($name: String!) {
  vpcChannels(instanceId: "${APIG_INSTANCE}", filter: { name: $name, preciseSearch: true }) { nodes { name } }
}`
const POST = { match: { method: 'POST' } }
const POLL = { interval: 5, timeout: 60_000 }

/** Two replicas behind a balancer, before one cloud. */
async function startReplicas() {
  await using starting = new AsyncDisposableStack()
  const seed = sandboxSeed()
  const cloud = starting.use(
    await startSandbox({ seed: { ...seed, limits: { ...seed.limits, apigChannelsPerUser: 10_000 } } }),
  )
  const settings = {
    APIG_ENDPOINT: cloud.url,
    ROMA_ENDPOINT: cloud.url,
    HW_PROJECT_ID: cloud.projectId,
    NODE_ENV: 'production',
  }
  const replicas = [startProcess(settings), startProcess(settings)] as const
  for (const replica of replicas) starting.use(replica)
  const balancer = starting.use(await startBalancer(await Promise.all(replicas.map(({ url }) => url()))))
  const tokens = Array.from({ length: 8 }, () => cloud.issueToken())
  const stack = starting.move()
  return {
    cloud,
    replicas,
    balancer,
    /** Sends through the balancer, and tells which replica answered: `undefined` where none did. */
    send: async (query: string, variables: object, caller = 0) => {
      const response = await fetch(balancer.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': tokens[caller % 8] ?? '' },
        body: JSON.stringify({ query, variables }),
      })
      const by = response.headers.get('x-served-by')
      const text = await response.text()
      const { data, errors }: Shown = by === null ? {} : JSON.parse(text)
      return { by: by === null ? undefined : Number(by), data, errors }
    },
    /** The status of each creation that has reached the cloud; `null` until it is done. */
    posts: () => cloud.calls.filter(({ method }) => method === 'POST').map(({ status }) => status),
    names: async (): Promise<readonly string[]> => {
      const { body } = await cloud.send('GET', `${cloud.apig}?limit=500`, undefined, PAST_FAULTS)
      return body.vpc_channels.map(({ name }: Shown) => name)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

test('replicas share nothing but the cloud: one client’s operations go to either', async () => {
  await using both = await startReplicas()
  const created = await both.send(CREATE, { input: channelInput('made-by-one') })
  const shown = await both.send(SHOW, { id: created.data.createVpcChannel.vpcChannel.id })
  expect(shown.data).toEqual({ vpcChannel: { name: 'made-by-one', port: 80 } })

  const input = { ...ORDERS, instanceIds: INSTANCES.slice(0, 3) }
  const planned = await both.send(PLAN, { input })
  const { planId } = planned.data.planProjectVpcChannels
  const upserted = await both.send(UPSERT, { input, planId })
  expect(upserted.errors).toBeUndefined()
  expect(await seenChannels(both.cloud, 'orders')).toEqual(
    new Map(INSTANCES.slice(0, 3).map((id) => [id, SEEN_ORDERS])),
  )

  const again = await both.send(UPSERT, { input, planId })
  const outcomes = again.data.upsertProjectVpcChannels.results.map(
    ({ outcome }: { outcome: string }) => outcome,
  )
  expect(outcomes).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED'])
  expect([created, shown, planned, upserted, again].map(({ by }) => by)).toEqual([0, 1, 0, 1, 0])
})

describe('a creation that is repeated by the other replica never makes two channels', () => {
  test('after an answer of UNKNOWN', async () => {
    await using both = await startReplicas()
    both.cloud.failNext({ kind: 'reset-after-body' }, POST)
    const input = channelInput('unknown')
    // What has become of it cannot be seen either.
    both.cloud.failNext(
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005' } },
      { match: { method: 'GET' } },
    )
    const first = await both.send(CREATE, { input })
    expect(first.errors?.[0].extensions.effect).toBe('UNKNOWN')
    const second = await both.send(CREATE, { input })
    expect(second.errors?.[0].extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'CHANNEL_NAME_TAKEN',
      effect: 'NOT_APPLIED',
    })
    expect([first.by, second.by]).toEqual([0, 1])
    expect(both.posts()).toEqual([201, 400])
    expect((await both.names()).filter((name) => name === 'unknown')).toHaveLength(1)
  })

  test.each<[when: string, fault: Fault, posts: readonly number[], code: string | undefined]>([
    // The cloud goes on with what it has received, and refuses it when its turn comes.
    ['before the cloud has done it', { kind: 'delay', ms: 3_000 }, [400, 201], undefined],
    ['after the cloud has done it', { kind: 'stall-headers' }, [201, 400], 'CONFLICT'],
  ])('after a crash %s', async (_when, fault, posts, code) => {
    await using both = await startReplicas()
    both.cloud.failNext(fault, POST)
    const input = channelInput('crashed')
    const first = both.send(CREATE, { input })
    await expect.poll(both.posts, POLL).toHaveLength(1)
    both.replicas[0].stop('SIGKILL')
    expect((await first).by).toBeUndefined()
    const second = await both.send(CREATE, { input })
    expect([second.by, second.errors?.[0].extensions.code]).toEqual([1, code])
    await expect.poll(both.posts, POLL).toEqual(posts)
    expect((await both.names()).filter((name) => name === 'crashed')).toHaveLength(1)
  })
})

test('a replica is stopped under load: every operation is answered, every write is done once', async () => {
  await using both = await startReplicas()
  const { cloud, balancer, replicas } = both
  const LANES = 8
  const PER_LANE = 25
  cloud.failNext({ kind: 'delay', ms: 10 }, { ...POST, times: 100_000 })
  const done: string[] = []
  let unanswered = 0
  let stopping = false

  const isThere = async (name: string, caller: number): Promise<boolean> => {
    const { by, data } = await both.send(FIND, { name }, caller)
    return by === undefined ? isThere(name, caller) : data.vpcChannels.nodes.length > 0
  }
  const create = async (name: string, caller: number): Promise<void> => {
    const { by, data, errors } = await both.send(CREATE, { input: channelInput(name) }, caller)
    expect(errors).toBeUndefined()
    if (by !== undefined) {
      expect(data.createVpcChannel.vpcChannel.name).toBe(name)
      done.push(name)
      return
    }
    // What the page for whoever is on call says: look, then decide.
    unanswered += 1
    if (await isThere(name, caller)) done.push(name)
    else await create(name, caller)
  }
  const lane = async (caller: number): Promise<void> => {
    for (let number = 0; number < PER_LANE; number += 1) {
      await create(`lane-${caller}-${number}`, caller)
      if (done.length >= 60 && !stopping) {
        stopping = true
        replicas[0].stop('SIGTERM')
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, caller) => lane(caller)))

  expect(await replicas[0].exited).toBe(0)
  expect(replicas[0].errors).toEqual([])
  expect(done).toHaveLength(LANES * PER_LANE)
  const names = (await both.names()).filter((name) => name.startsWith('lane-'))
  expect(names.toSorted()).toEqual(done.toSorted())
  expect(balancer.left(0)).toMatch(/^(not ready|connection: close|connection refused)$/)
  expect(balancer.left(1)).toBeUndefined()
  expect(balancer.served(0)).toBeGreaterThan(20)
  expect(balancer.served(1)).toBeGreaterThan(balancer.served(0))
  process.stdout.write(`replicas: left since "${balancer.left(0)}", ${unanswered} unanswered\n`)
})

test('writes in flight are answered by the replica that stops, and say that it does', async () => {
  await using both = await startReplicas()
  const { balancer, replicas } = both
  both.cloud.failNext({ kind: 'delay', ms: 800 }, { ...POST, times: 8 })
  const writes = Array.from({ length: 8 }, (_, caller) =>
    both.send(CREATE, { input: channelInput(`in-flight-${caller}`) }, caller),
  )
  await expect.poll(both.posts, POLL).toHaveLength(8)
  replicas[0].stop('SIGTERM')
  await expect.poll(() => balancer.left(0), POLL).toBeDefined()
  const later = await both.send(FIND, { name: 'payments' })
  expect(later.by).toBe(1)
  const answers = await Promise.all(writes)
  expect(answers.map(({ by, errors }) => [by, errors])).toEqual(
    Array.from({ length: 8 }, (_, index) => [index % 2, undefined]),
  )
  expect([balancer.closing(0), balancer.closing(1)]).toEqual([4, 0])
  expect(await replicas[0].exited).toBe(0)
})
