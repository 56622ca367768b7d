import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import type { Seed } from '../../../src/simulator/cloud/seed.ts'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator.ts'
import { http } from '../../support/http.ts'
import { type Answer, startGateway } from '../../support/start-gateway.ts'
import {
  CREATE,
  type Created,
  extensionsOf,
  lateWritesDone,
  NO_BREAKER,
  PAST_FAULTS,
  type Shown,
} from './create-support.ts'

/** Properties that run at once, each with a gateway and a cloud of its own and as many runs: together at least 2,000. */
const LANES = 8
const RUNS_PER_LANE = 260
/** Each run has an instance of its own, so that no fault of one hits another; shrinking needs some more. */
const INSTANCES = 750
const LATEST_MS = 8
/** Of creations whose POSTs meet a fault four times in five. */
const MOST_UNKNOWN = 0.15

/** Waits in these tests are for the faults; on an idle machine an answer takes some milliseconds. */
const LIMITS = { ...NO_BREAKER, headersMs: 250, bodyMs: 250, inFlightPerCaller: 32, queueMs: 10_000 }

const instanceId = (number: number): string => `instance-${number}`

function seed(): Seed {
  const { projects, limits, ...rest } = sandboxSeed()
  const [project] = projects
  const instances = Array.from({ length: INSTANCES }, (_, number) => ({
    id: instanceId(number),
    name: instanceId(number),
    product: 'apig' as const,
    projectId: project.id,
    vpcNameModifiable: false,
  }))
  return {
    ...rest,
    projects,
    instances,
    channels: [],
    limits: { ...limits, apigChannelsPerUser: INSTANCES * 2 },
  }
}

const systemError = (code: string) => ({ error_code: code, error_msg: 'System error' })
const latency = fc.integer({ min: 0, max: LATEST_MS })

/** What can become of a POST, the rare first of them rarer: they cost a time limit each. */
const postFault: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(null) },
  {
    weight: 12,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'reset-after-body' },
      { kind: 'cut-json' },
      { kind: 'empty' },
      { kind: 'garbage-2xx' },
      { kind: '500-after-write' },
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'error-under-200' },
      { kind: 'answer', status: 500, body: systemError('APIG.9999') },
      { kind: 'answer', status: 500, body: systemError('APIG.3500') },
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'refuse' },
      { kind: 'reset-before-body' },
      { kind: 'reset-during-body' },
      { kind: 'html', status: 502 },
      { kind: 'html', status: 200 },
      { kind: 'answer', status: 500 },
      { kind: 'answer', status: 503 },
      { kind: 'answer', status: 504 },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Fault>(
      { kind: '429' },
      { kind: '401-once' },
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(latency, fc.constantFrom(undefined, 201, 302, 500, 502, 503, 504))
      .map(([ms, status]): Fault => ({ kind: 'late-write', ms, ...(status !== undefined && { status }) })),
  },
  { weight: 2, arbitrary: latency.map((ms): Fault => ({ kind: 'delay', ms })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'stall-headers' },
      { kind: 'stall-body' },
      { kind: 'drip-body', everyMs: 2 },
    ),
  },
)

const getFault: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'reset-before-body' },
      { kind: 'reset-after-body' },
      { kind: 'cut-json' },
      { kind: 'garbage-2xx' },
      { kind: 'error-under-200' },
      { kind: 'html', status: 502 },
      { kind: 'answer', status: 503 },
      { kind: 'answer', status: 500, body: systemError('APIG.9999') },
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
    ),
  },
)

const host = fc.integer({ min: 1, max: 250 }).map((last) => `192.168.7.${last}`)
const weight = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined })

/** A channel of servers, in all that the cloud completes in its own ways. */
const content = fc
  .record({
    port: fc.integer({ min: 1, max: 65_535 }),
    groups: fc.uniqueArray(fc.constantFrom('blue', 'green', 'red'), { maxLength: 3 }),
    groupWeight: weight,
    remark: fc.constantFrom(undefined, null, '', 'remark'),
    members: fc.uniqueArray(
      fc.record(
        {
          host,
          port: fc.integer({ min: 1, max: 65_535 }),
          weight,
          isBackup: fc.boolean(),
          status: fc.constantFrom('AVAILABLE', 'UNAVAILABLE'),
        },
        { requiredKeys: ['host'] },
      ),
      { maxLength: 4, selector: (member) => member.host },
    ),
    healthCheck: fc.option(
      fc.record(
        {
          protocol: fc.constantFrom('TCP', 'HTTP', 'HTTPS'),
          method: fc.constantFrom('GET', 'HEAD'),
          port: fc.integer({ min: 1, max: 65_535 }),
          enableClientSsl: fc.boolean(),
        },
        { requiredKeys: ['protocol'] },
      ),
      { nil: undefined },
    ),
    balanceStrategy: fc.constantFrom('WEIGHTED_ROUND_ROBIN', 'SOURCE_HASH', 'URI_HASH'),
  })
  .map(({ groups, groupWeight, remark, members, healthCheck, ...rest }) => ({
    ...rest,
    memberType: 'IP',
    memberGroups: groups.map((name) => ({ name, weight: groupWeight, remark })),
    members: members.map((member, index) => ({
      ...member,
      memberGroupName: groups[index % Math.max(1, groups.length)],
    })),
    ...(healthCheck && {
      healthCheck: {
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        intervalSeconds: 10,
        timeoutSeconds: 5,
        ...(healthCheck.protocol !== 'TCP' && { path: '/health', httpCodes: '200' }),
        ...healthCheck,
      },
    }),
  }))

const plan = fc.record({
  input: content,
  posts: fc.tuple(postFault, postFault),
  gets: fc.array(getFault, { maxLength: 8 }),
  /** Whether somebody has taken the name before. */
  taken: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

const told = { runs: 0, SUCCESS: 0, NOT_APPLIED: 0, UNKNOWN: 0, POSTs: 0 }

const NAME = 'VPC_random'
const STRANGER = { name: NAME, port: 7, balance_strategy: 2, member_type: 'ip', type: 2, members: [] }

test('whatever becomes of a creation and of its look-up, what the caller is told is true', {
  timeout: 180_000,
}, async () => {
  const lane = async () => {
    await using simulator = await startSimulator({ seed: seed() })
    await using gateway = await startGateway({
      upstream: simulator.url,
      projectId: simulator.projectId,
      limits: LIMITS,
    })
    const cloud = cloudOf(simulator)
    let used = 0
    await fc.assert(
      fc.asyncProperty(plan, async ({ input, posts, gets, taken }) => {
        const instance = instanceId(used++)
        if (taken) await cloud.create(instance, STRANGER)
        for (const [skip, fault] of posts.entries()) cloud.fail(fault, 'POST', instance, skip)
        for (const [skip, fault] of gets.entries()) cloud.fail(fault, 'GET', instance, skip)

        const sentAt = performance.now()
        const answer = await gateway.send<Created, object>(
          CREATE,
          { input: { ...input, name: NAME, instanceId: instance } },
          { 'x-auth-token': cloud.token },
        )
        const tookMs = performance.now() - sentAt
        await lateWritesDone(LATEST_MS)
        const channels = await cloud.channels(instance)
        const sent = cloud.posts(instance)
        count(answer, sent)

        expect(channels.length).toBeLessThanOrEqual(1)
        expect(sent).toBeLessThanOrEqual(2)
        const [channel] = channels
        if (answer.data) {
          expect(channel?.id).toBe(answer.data.createVpcChannel.vpcChannel.id)
          expectContent(channel, input)
          expect(taken).toBe(false)
          return
        }
        const { effect, retry } = extensionsOf(answer)
        expect(['NOT_APPLIED', 'UNKNOWN']).toContain(effect)
        if (effect === 'UNKNOWN') {
          expect(retry.retryable).toBe(false)
          // With a look-up and a second call that go well nothing is left open; a busy machine's can run out of time.
          const wentWell = posts[1] === null && gets.every((fault) => fault === null)
          expect(wentWell && tookMs < LIMITS.headersMs).toBe(false)
        }
        // A stranger's channel is left as it was; where nothing was applied there is no other.
        if (effect === 'NOT_APPLIED' || taken) expect(channel?.port).toBe(taken ? STRANGER.port : undefined)
      }),
      { numRuns: RUNS_PER_LANE },
    )
  }

  await Promise.all(Array.from({ length: LANES }, lane))
  process.stdout.write(`create-property: ${JSON.stringify(told)}\n`)
  expect(told.runs).toBeGreaterThanOrEqual(2_000)
  expect(told.UNKNOWN / told.runs).toBeLessThan(MOST_UNKNOWN)
})

function count(answer: Answer<Created>, sent: number): void {
  told.runs += 1
  told.POSTs += sent
  if (answer.data) told.SUCCESS += 1
  else told[extensionsOf(answer).effect as 'NOT_APPLIED' | 'UNKNOWN'] += 1
}

/** The simulator, as the test sees and steers it: its own calls pass by the faults. */
function cloudOf(simulator: Simulator) {
  const token = simulator.issueToken()
  const call = async (method: string, instance: string, tail: string, body?: object): Promise<Shown> => {
    const { text } = await http(
      `${simulator.url}/v2/${simulator.projectId}/apigw/instances/${instance}/vpc-channels${tail}`,
      {
        method,
        headers: { 'x-auth-token': token, 'content-type': 'application/json', ...PAST_FAULTS },
        ...(body && { body: JSON.stringify(body) }),
      },
    )
    return JSON.parse(text)
  }
  return {
    token,
    create: (instance: string, body: object) => call('POST', instance, '', body),
    fail: (fault: Fault | null, method: string, instance: string, skip: number) => {
      if (fault !== null) simulator.failNext(fault, { match: { method, path: `/${instance}/` }, skip })
    },
    channels: async (instance: string): Promise<readonly Shown[]> => {
      const { vpc_channels: listed } = await call('GET', instance, '?limit=500')
      return Promise.all(listed.map(({ id }: Shown) => call('GET', instance, `/${id}`)))
    },
    /** POSTs of the gateway that have reached an instance. */
    posts: (instance: string): number =>
      simulator.calls.filter(
        ({ method, path, headers }) =>
          method === 'POST' && path.includes(`/${instance}/`) && !('x-simulator-fault' in headers),
      ).length,
  }
}

/** The cloud has what the input said, by the words of the REST pages. */
function expectContent(channel: Shown, input: Shown): void {
  expect(channel).toMatchObject({ name: NAME, port: input.port, member_type: 'ip', type: 2 })
  expect(channel.member_groups.map((group: Shown) => group.member_group_name).sort()).toEqual(
    input.memberGroups.map(({ name }: Shown) => name).sort(),
  )
  const servers = input.members.map((member: Shown) =>
    [member.host, member.port ?? input.port, member.isBackup ?? false, member.memberGroupName ?? ''].join(),
  )
  const found = channel.members.map((member: Shown) =>
    [member.host, member.port, member.is_backup, member.member_group_name].join(),
  )
  expect(found.sort()).toEqual(servers.sort())
  expect(channel.vpc_health_config?.protocol?.toUpperCase()).toBe(input.healthCheck?.protocol)
}
