import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fault, FaultOptions } from '../../../src/simulator/faults/fault.ts'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import {
  INSTANCES,
  MICROSERVICE_REST,
  MISSING,
  ORDERS,
  ORDERS_REST,
  type Pair,
  SEEN_ORDERS,
  type SeenChannel,
  startPair,
} from './upsert-pair.ts'

/** Runs in all, shared by as many gateways, each in front of a simulator of its own. */
const RUNS = 2_400
const INSTANCES_PER_CALL = [10, 10, 3, 1]
/** Of all results, the most that may be UNKNOWN: nearly every run has faults, many have several. */
const UNKNOWN_SHARE = 0.15

const LATE_MS = 8

interface Wanted {
  readonly input: object
  /** By hand: whether a channel is as this input wants it, whatever it had before. */
  readonly isIn: (channel: SeenChannel) => boolean
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const { members: _, ...WITHOUT_MEMBERS } = ORDERS
const { memberGroups: __, ...WITHOUT_GROUPS } = WITHOUT_MEMBERS

/** Of inputs that name no type: it stays what it is. */
const ofAnyType = (channel: SeenChannel): SeenChannel => ({ ...channel, type: SEEN_ORDERS.type })
/** Of inputs without servers: those that are there stay, with what group and weight they have. */
const ofAnyServers = (channel: SeenChannel): SeenChannel => ({ ...ofAnyType(channel), members: [] })

const WANTED: readonly Wanted[] = [
  { input: ORDERS, isIn: (channel) => same(ofAnyType(channel), SEEN_ORDERS) },
  { input: { ...ORDERS, type: 'SERVER' }, isIn: (channel) => same(channel, SEEN_ORDERS) },
  {
    input: { ...WITHOUT_MEMBERS, members: [] },
    isIn: (channel) => same(ofAnyServers(channel), { ...SEEN_ORDERS, members: [] }),
  },
  {
    input: { ...ORDERS, memberGroups: [], members: [{ host: '192.168.0.9' }] },
    isIn: (channel) =>
      same(ofAnyType(channel), { ...SEEN_ORDERS, groups: [], members: ['192.168.0.9:8080  1'] }),
  },
  // The cloud as it is simulated drops the groups that a PUT leaves out.
  {
    input: WITHOUT_GROUPS,
    isIn: (channel) => same(ofAnyServers(channel), { ...SEEN_ORDERS, groups: [], members: [] }),
  },
]

/** What an instance may have before; `null` is no channel. */
const BEFORE: readonly (object | null)[] = [
  null,
  null,
  ORDERS_REST,
  { ...ORDERS_REST, port: 81 },
  { ...ORDERS_REST, member_groups: [{ member_group_name: 'old' }], members: [{ host: '192.168.0.7' }] },
  { ...ORDERS_REST, member_groups: [], members: [] },
  MICROSERVICE_REST,
]

const coded = (status: number, error_code: string): Fault => ({
  kind: 'answer',
  status,
  body: { error_code, error_msg: 'no' },
})

const FAULTS: readonly Fault[] = [
  { kind: 'refuse' },
  { kind: 'reset-before-body' },
  { kind: 'reset-during-body' },
  { kind: 'reset-after-body' },
  { kind: 'reset-after-body' },
  { kind: 'cut-json' },
  { kind: 'html' },
  { kind: 'html', status: 500 },
  { kind: 'html', status: 503 },
  { kind: 'html', status: 504 },
  { kind: 'empty' },
  { kind: 'garbage-2xx' },
  { kind: 'error-under-200' },
  { kind: '500-after-write' },
  { kind: '500-after-write' },
  { kind: 'late-write', ms: 0 },
  { kind: 'late-write', ms: LATE_MS },
  { kind: 'late-write', ms: LATE_MS, status: 500 },
  { kind: 'late-write', ms: LATE_MS, status: 502 },
  { kind: 'late-write', ms: LATE_MS, status: 504 },
  { kind: 'late-write', ms: LATE_MS, status: 202 },
  { kind: 'leave-out-one' },
  { kind: 'leave-out-one' },
  { kind: '429' },
  { kind: '401-once' },
  { kind: 'delay', ms: 2 },
  coded(500, 'APIG.9999'),
  coded(500, 'APIG.3500'),
  coded(500, 'APIG.9008'),
  coded(400, 'APIG.2011'),
  coded(403, 'APIG.1005'),
  coded(403, 'APIG.3109'),
  coded(403, 'APIG.3471'),
  coded(404, 'APIG.3030'),
  coded(409, 'APIG.3718'),
  coded(412, 'APIG.3458'),
]

const onPut = fc.record({
  fault: fc.constantFrom(...FAULTS),
  options: fc.record({ match: fc.constant({ method: 'PUT' }), skip: fc.integer({ min: 0, max: 2 }) }),
})
/** Reads are repeated, and so a fault of three reads in a row is one that a look does not get over. */
const onGet = fc.record({
  fault: fc.constantFrom<Fault>(
    { kind: 'reset-after-body' },
    { kind: 'cut-json' },
    coded(403, 'APIG.1005'),
    coded(500, 'APIG.9999'),
  ),
  options: fc.record({
    match: fc.constant({ method: 'GET' }),
    skip: fc.integer({ min: 0, max: 3 }),
    times: fc.constantFrom(1, 3),
  }),
})

const FREE = INSTANCES.slice(0, 6)
const scenario = fc.record({
  wanted: fc.constantFrom(...WANTED),
  instances: fc.uniqueArray(
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc.record({ id: fc.constantFrom(...FREE), before: fc.constantFrom(...BEFORE) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          id: fc.constantFrom(ROMA_FULL, ROMA_NAME_MODIFIABLE, MISSING),
          before: fc.constant(null),
        }),
      },
    ),
    { minLength: 1, maxLength: 4, selector: ({ id }) => id },
  ),
  faults: fc
    .tuple(fc.array(onPut, { maxLength: 3 }), fc.array(onGet, { maxLength: 1 }))
    .map(([puts, gets]): { fault: Fault; options: FaultOptions }[] => [...puts, ...gets]),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

interface Count {
  results: number
  unknown: number
  /** UNKNOWN of runs with a single fault. */
  unknownAfterOne: number
  overloaded: number
}

async function check(pair: Pair, { wanted, instances, faults }: Scenario, count: Count): Promise<void> {
  pair.sandbox.reset()
  for (const { id, before } of instances) if (before !== null) await pair.have([id], before)
  const before = await pair.seen()
  for (const { fault, options } of faults) pair.sandbox.failNext(fault, options)

  const instanceIds = instances.map(({ id }) => id)
  const { data, errors } = await pair.upsert({ ...wanted.input, instanceIds })
  if (faults.some(({ fault }) => fault.kind === 'late-write')) await delay(LATE_MS + 4)
  const after = await pair.seen()

  const [error] = errors ?? []
  const results =
    data?.upsertProjectVpcChannels.results ??
    instanceIds.map((instanceId) => ({
      instanceId,
      outcome: error?.extensions.effect === 'NOT_APPLIED' ? 'FAILED' : 'UNKNOWN',
      vpcChannel: null,
      error: error?.extensions,
    }))
  if (!data) expect(error?.extensions.effect).toMatch(/^(NOT_APPLIED|UNKNOWN)$/)
  expect(results.map(({ instanceId }) => instanceId)).toEqual(instanceIds)
  for (const { instanceId, outcome, vpcChannel, error: told } of results) {
    const [was, is] = [before.get(instanceId), after.get(instanceId)]
    count.results += 1
    if (told?.code === 'OVERLOADED') count.overloaded += 1
    switch (outcome) {
      case 'CREATED':
        expect(was).toBeUndefined()
        break
      case 'UPDATED':
        expect(was && wanted.isIn(was)).toBe(false)
        break
      case 'UNCHANGED':
        expect(was && wanted.isIn(was)).toBe(true)
        break
      case 'FAILED':
      case 'NOT_ATTEMPTED':
        expect(told?.effect).toBe('NOT_APPLIED')
        expect(is).toEqual(was)
        break
      default:
        expect([outcome, told?.effect]).toEqual(['UNKNOWN', 'UNKNOWN'])
        count.unknown += 1
        // One thing gone wrong is always got over, unless an instance then refuses a request that may still be under way.
        if (faults.length <= 1) {
          expect(
            instances.some(({ id, before: had }) => !FREE.includes(id) || had === MICROSERVICE_REST),
          ).toBe(true)
          count.unknownAfterOne += 1
        }
    }
    const isDone = ['CREATED', 'UPDATED', 'UNCHANGED'].includes(outcome)
    if (isDone) expect(is && wanted.isIn(is)).toBe(true)
    expect([told === null, vpcChannel !== null]).toEqual([isDone, isDone])
    // Once, once more after an unclear answer, and without each other one that brought a refusal.
    const sent = pair.puts.filter((ids) => ids.includes(instanceId)).length
    expect(sent).toBeLessThanOrEqual(2 + instanceIds.length - 1)
  }
}

test('whatever goes wrong, what is told of each instance is true', { timeout: 180_000 }, async ({
  annotate,
}) => {
  const count: Count = { results: 0, unknown: 0, unknownAfterOne: 0, overloaded: 0 }
  const startedAt = performance.now()
  await Promise.all(
    INSTANCES_PER_CALL.map(async (instancesPerCall) => {
      // With the breaker closed for good: this is about the faults, not about being spared them.
      await using pair = await startPair({ instancesPerCall, limits: { fewestCalls: 1_000_000 } })
      await fc.assert(
        fc.asyncProperty(scenario, (given) => check(pair, given, count)),
        { numRuns: RUNS / INSTANCES_PER_CALL.length },
      )
    }),
  )
  const share = count.unknown / count.results
  await annotate(
    `${RUNS} runs, ${count.results} results, ${count.unknown} UNKNOWN (${(share * 100).toFixed(1)} %), ${count.unknownAfterOne} of them after a single fault, ${Math.round(performance.now() - startedAt)} ms`,
  )
  expect(share).toBeLessThan(UNKNOWN_SHARE)
  expect(count.overloaded).toBe(0)
})
