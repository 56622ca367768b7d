import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../support/runs.ts'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import { habits } from './any-faults/habits.ts'
import {
  type Result,
  startUpsertClouds,
  type UpsertAnswer,
  type UpsertClouds,
} from './any-faults/upsert-cloud.ts'
import { FREE, faults } from './any-faults/upsert-faults.ts'
import { BEFORE, WANTED } from './any-faults/upsert-inputs.ts'
import { expectTrueUpsert, resultsOf } from './any-faults/upsert-truths.ts'
import { MISSING } from './upsert-pair.ts'

/** Runs in all, shared by as many pairs of gateways, each pair in front of a simulator by itself; together at least 1,200 upserts. */
const RUNS = runs(900)
const INSTANCES_PER_CALL = [10, 10, 3, 1, 10, 10, 3, 1, 10, 10, 3, 2]

const often = <Usual, Rare>(usual: Usual, weight: number, rare: Rare) =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) })

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
  faults,
  habits,
  deadConnections: often(false, 9, true),
  /** Whether another replica is asked for the same at the same time. */
  rival: often(false, 7, true),
  planned: often(false, 3, true),
  isBlind: often(false, 3, true),
  repeated: often(false, 3, true),
  ends: often(false, 3, true),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

const count = { upserts: 0, results: 0, unknown: 0, unknownAfterOne: 0, overloaded: 0 }

async function check(clouds: UpsertClouds, given: Scenario): Promise<void> {
  const { wanted, instances, rival } = given
  const instanceIds = instances.map(({ id }) => id)
  const input = { ...wanted.input, instanceIds }
  clouds.reset()
  for (const { id, before } of instances) clouds.plant(id, before)
  const { isBlind } = given
  const planId = given.planned ? await clouds.planId(input) : null
  clouds.plan(given.habits, given.faults)
  if (given.deadConnections) clouds.killIdle()

  let before = await clouds.seen()
  /** Sends the same, and holds each answer to what is so afterwards. */
  const sent = async (isAlone: boolean, withRival: boolean): Promise<readonly UpsertAnswer[]> => {
    const requests = await Promise.all([
      clouds.upsert('first', input, { planId, isBlind }),
      ...(withRival ? [clouds.upsert('second', input, { planId, isBlind })] : []),
    ])
    await clouds.settled()
    const after = await clouds.seen()
    const states = { instanceIds, input, isIn: wanted.isIn, before, after, isAlone }
    for (const request of requests) {
      note(request)
      expectTrueUpsert(request, clouds, states)
    }
    before = after
    return requests
  }

  const [first] = await sent(!rival, rival)
  // Of a single thing gone wrong a caller is not left in the dark.
  const unknown = first ? resultsOf(first).filter(isUnknown) : []
  if (given.faults.length <= 1 && given.habits.length === 0 && !rival) count.unknownAfterOne += unknown.length
  // A read of the second time can lag behind what the first has written.
  if (given.repeated) await sent(!given.habits.some(({ kind }) => kind === 'read-lag'), false)

  // With all faults gone, a client that repeats comes to an end: under the same plan too.
  if (!given.ends) return
  clouds.clearFaults()
  const [last] = await sent(true, false)
  const failed = (last ? resultsOf(last) : []).filter(({ error }) => error !== null)
  expect(failed.filter(({ instanceId }) => FREE.includes(instanceId))).toEqual([])
}

const isUnknown = ({ error }: Result): boolean => error?.effect === 'UNKNOWN'

function note(request: UpsertAnswer): void {
  count.upserts += 1
  for (const result of resultsOf(request)) {
    count.results += 1
    if (isUnknown(result)) count.unknown += 1
    if (result.error?.code === 'OVERLOADED') count.overloaded += 1
  }
}

test('whatever goes wrong, what is told of each instance is true', async () => {
  await Promise.all(
    INSTANCES_PER_CALL.map(async (instancesPerCall) => {
      await using clouds = await startUpsertClouds(instancesPerCall)
      await fc.assert(
        fc.asyncProperty(scenario, (given) => check(clouds, given)),
        { numRuns: RUNS / INSTANCES_PER_CALL.length },
      )
    }),
  )
  const share = ((count.unknown / count.results) * 100).toFixed(1)
  process.stdout.write(`upsert-any-faults: ${JSON.stringify(count)}, ${share} % UNKNOWN\n`)
  expect(count.overloaded).toBe(0)
  expect(count.upserts).toBeGreaterThanOrEqual(1_200)
})
