import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../support/runs.ts'
import { type Clouds, HEADERS_MS, instanceId, type Request, startClouds } from './any-faults/create-cloud.ts'
import { getFault, postFault } from './any-faults/create-faults.ts'
import { input, NAME, requestOf } from './any-faults/create-input.ts'
import { expectTrue } from './any-faults/create-truths.ts'
import { habits, SETTLING_MS } from './any-faults/habits.ts'

/** Properties that run at once, each with a cloud by itself and as many runs: together at least 1,000. */
const LANES = 16
const RUNS_PER_LANE = runs(65)
/** How far the clock of a lane's cloud is from the gateways'. */
const CLOCK_OFFSETS_MS = [0, -3_600_000, 90_000, 3_600_000]

const LONG_AGO = '2020-07-23T07:11:57Z'
const STRANGER = {
  name: NAME,
  port: 7,
  balance_strategy: 2,
  member_type: 'ip',
  type: 2,
  members: [],
} as const

const often = <Usual, Rare>(usual: Usual, weight: number, rare: fc.Arbitrary<Rare>) =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare })

const scenario = fc.record({
  input,
  posts: fc.tuple(postFault, postFault, often(null, 2, postFault)),
  gets: fc.array(getFault, { maxLength: 10 }),
  habits,
  /** A stranger's channel of the name: another, or just as asked; made now, or long ago. */
  stranger: often(null, 6, fc.record({ isIdentical: fc.boolean(), isOld: fc.boolean() })),
  /** What another replica is asked at the same time: the same, by somebody who accepts it or not. */
  rival: often(null, 5, fc.record({ acceptIdentical: fc.boolean() })),
  deadConnections: often(0, 12, fc.integer({ min: 1, max: 8 })),
  acceptIdentical: often(false, 3, fc.constant(true)),
  /** How the client goes on after an error, or after an answer that it lost. */
  repeats: fc.record({ after: fc.constantFrom('ERROR', 'ANSWER', 'NEVER'), isPatient: fc.boolean() }),
  ends: often(false, 3, fc.constant(true)),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

const count = {
  runs: 0,
  requests: 0,
  CREATED: 0,
  UNCHANGED: 0,
  'UNKNOWN, as asked': 0,
  NOT_APPLIED: 0,
  UNKNOWN: 0,
  POSTs: 0,
}

async function check(clouds: Clouds, instance: string, given: Scenario): Promise<void> {
  const { stranger, rival, acceptIdentical, repeats } = given
  const olderId =
    stranger &&
    clouds.plant(
      instance,
      stranger.isIdentical ? requestOf(given.input) : STRANGER,
      stranger.isOld ? LONG_AGO : undefined,
    )
  if (given.deadConnections > 0) await clouds.leaveDeadConnections(instance, given.deadConnections)
  for (const habit of given.habits) {
    clouds.plan(habit, 'GET', instance, { times: Number.POSITIVE_INFINITY })
    if (habit.kind === 'respell') clouds.plan(habit, 'POST', instance, { times: Number.POSITIVE_INFINITY })
  }
  for (const [skip, fault] of given.posts.entries()) clouds.plan(fault, 'POST', instance, { skip })
  for (const [skip, fault] of given.gets.entries()) clouds.plan(fault, 'GET', instance, { skip })

  const create = (accepts: boolean) => clouds.create('first', instance, given.input, accepts)
  const sentAt = performance.now()
  const requests: Request[] = await Promise.all([
    create(acceptIdentical),
    ...(rival ? [clouds.create('second', instance, given.input, rival.acceptIdentical)] : []),
  ])
  const tookMs = performance.now() - sentAt
  const [first] = requests
  const retry = first?.answer.errors?.[0]?.extensions.retry
  if (repeats.after === 'ANSWER' || (repeats.after === 'ERROR' && retry?.retryable)) {
    if (repeats.isPatient) await delay(Math.min(retry?.afterMs ?? 0, SETTLING_MS))
    requests.push(await create(true))
  }

  await clouds.settled()
  const channels = await clouds.channels(instance)
  expect(channels.length).toBeLessThanOrEqual(1)
  const [channel] = channels
  const older = olderId && stranger ? { id: olderId, ...stranger } : null
  if (older) expect(channel?.id).toBe(older.id)
  const isReadable =
    given.gets.every((fault) => fault === null) &&
    given.habits.every(({ kind }) => kind !== 'read-lag') &&
    given.deadConnections === 0 &&
    given.posts.every((fault) => fault?.kind !== 'kill-idle') &&
    tookMs < HEADERS_MS
  for (const request of requests) {
    note(request, clouds)
    expectTrue(request, clouds, { channel, input: given.input, older, isReadable })
  }
  const wentWell = [...given.posts, ...given.gets].every((fault) => fault === null)
  if (wentWell && given.habits.length === 0 && !rival && !stranger && tookMs < HEADERS_MS) {
    expect(first?.answer.data?.createVpcChannel.outcome).toMatch(/^(CREATED|UNKNOWN)$/)
  }

  if (!given.ends) return
  // With all faults gone, a client that repeats comes to an end: the one channel, or one that is not as asked.
  clouds.clearFaults()
  await expect
    .poll(async () => {
      const last = await create(true)
      expectTrue(last, clouds, {
        channel: (await clouds.channels(instance))[0],
        input: given.input,
        older,
        isReadable: false,
      })
      const [error] = last.answer.errors ?? []
      return last.answer.data?.createVpcChannel.outcome ?? error?.extensions.reason
    })
    .toMatch(
      older && !older.isIdentical ? 'CHANNEL_NAME_TAKEN' : channel ? 'UNCHANGED' : /^(CREATED|UNCHANGED)$/,
    )
}

test('whatever becomes of a creation and of its look-up, what the caller is told is true', async () => {
  const lane = async (_: unknown, number: number) => {
    await using clouds = await startClouds(CLOCK_OFFSETS_MS[number % CLOCK_OFFSETS_MS.length] ?? 0)
    let used = 0
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        clouds.clearFaults()
        count.runs += 1
        await check(clouds, instanceId(used++), given)
      }),
      { numRuns: RUNS_PER_LANE },
    )
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const share = count.UNKNOWN / count.requests
  process.stdout.write(
    `create-property: ${JSON.stringify(count)}, ${(share * 100).toFixed(1)} % errors UNKNOWN\n`,
  )
  expect(count.runs).toBeGreaterThanOrEqual(1_000)
})

function note({ answer, ...request }: Request, clouds: Clouds): void {
  count.requests += 1
  count.POSTs += clouds.posts({ answer, ...request }).length
  const outcome = answer.data?.createVpcChannel.outcome
  if (outcome === 'UNKNOWN') count['UNKNOWN, as asked'] += 1
  else if (outcome) count[outcome as 'CREATED' | 'UNCHANGED'] += 1
  else count[answer.errors?.[0]?.extensions.effect as 'NOT_APPLIED' | 'UNKNOWN'] += 1
}
