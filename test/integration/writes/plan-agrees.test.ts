import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../support/runs.ts'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import {
  INSTANCES,
  MICROSERVICE_REST,
  MISSING,
  ORDERS,
  ORDERS_REST,
  type Pair,
  startPair,
} from './upsert-pair.ts'

const RUNS = runs(100)

const host = fc.constantFrom('192.168.0.21', '192.168.0.22', '192.168.0.23')
const groupNames = ['blue', 'green'] as const

/** An input: groups, then servers that are in them. */
const wanted = fc
  .record({
    port: fc.constantFrom(8080, 81),
    balanceStrategy: fc.option(fc.constantFrom('WEIGHTED_ROUND_ROBIN', 'URI_HASH'), { nil: undefined }),
    type: fc.option(fc.constant('SERVER'), { nil: undefined }),
    groups: fc.option(fc.subarray([...groupNames]), { nil: undefined }),
    remark: fc.option(fc.constantFrom('', 'first'), { nil: undefined }),
    members: fc.option(
      fc.uniqueArray(
        fc.record({
          host,
          port: fc.option(fc.constantFrom(9090), { nil: undefined }),
          isBackup: fc.option(fc.boolean(), { nil: undefined }),
          status: fc.option(fc.constantFrom('AVAILABLE', 'UNAVAILABLE'), { nil: undefined }),
          group: fc.nat({ max: 2 }),
        }),
        { maxLength: 3, selector: (member) => `${member.host}:${member.port}` },
      ),
      { nil: undefined },
    ),
    intervalSeconds: fc.option(fc.constantFrom(10, 20), { nil: undefined }),
  })
  .map(({ groups, remark, members, intervalSeconds, ...rest }) => ({
    ...rest,
    name: 'orders',
    memberType: 'IP',
    memberGroups: groups?.map((name) => ({ name, weight: 5, remark })),
    members: members?.map(({ group, ...member }) => ({ ...member, memberGroupName: groups?.[group] })),
    healthCheck: intervalSeconds === undefined ? undefined : { ...ORDERS.healthCheck, intervalSeconds },
  }))

const before = fc.constantFrom(
  null,
  null,
  ORDERS_REST,
  { ...ORDERS_REST, port: 81 },
  { ...ORDERS_REST, member_groups: [], members: [] },
  { ...ORDERS_REST, member_groups: [{ member_group_name: 'old' }], members: [{ host: '192.168.0.7' }] },
  MICROSERVICE_REST,
)
const instances = fc.uniqueArray(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ id: fc.constantFrom(...INSTANCES), before }) },
    {
      weight: 1,
      arbitrary: fc.record({
        id: fc.constantFrom(ROMA_FULL, ROMA_NAME_MODIFIABLE, MISSING),
        before: fc.constant(null),
      }),
    },
  ),
  { minLength: 1, maxLength: 5, selector: ({ id }) => id },
)

const OUTCOMES: Readonly<Record<string, string>> = {
  WOULD_CREATE: 'CREATED',
  WOULD_UPDATE: 'UPDATED',
  UNCHANGED: 'UNCHANGED',
  WOULD_FAIL: 'FAILED',
}

async function check(pair: Pair, input: object, given: readonly { id: string; before: object | null }[]) {
  pair.sandbox.reset()
  for (const one of given) if (one.before !== null) await pair.have([one.id], one.before)
  const asked = { ...input, instanceIds: given.map(({ id }) => id) }

  const stateBefore = await pair.seen()
  const plan = await pair.plan(asked)
  expect(await pair.seen()).toEqual(stateBefore)
  expect(pair.puts).toEqual([])
  expect(plan.instances.map(({ instanceId }) => instanceId)).toEqual(asked.instanceIds)
  for (const { action, changes, error } of plan.instances) {
    expect(changes.length > 0).toBe(action === 'WOULD_UPDATE')
    expect(error !== null).toBe(action === 'WOULD_FAIL')
  }

  const outcomes = await pair.outcomes(asked, plan.planId)
  const expected = plan.instances.map(({ action, error }) =>
    error ? `FAILED ${error.code} ${error.reason} NOT_APPLIED` : OUTCOMES[action],
  )
  const [first] = plan.instances
  const allFail = plan.instances.every(({ action }) => action === 'WOULD_FAIL')
  expect(outcomes).toEqual(allFail ? [`${first?.error?.code} ${first?.error?.reason} NOT_APPLIED`] : expected)

  const again = await pair.plan(asked)
  expect(again.instances.map(({ action }) => action)).toEqual(
    plan.instances.map(({ action }) => (action === 'WOULD_FAIL' ? 'WOULD_FAIL' : 'UNCHANGED')),
  )
}

test('a plan is what the upsert then does, and afterwards there is nothing left to do', async () => {
  await using pair = await startPair()
  await fc.assert(
    fc.asyncProperty(wanted, instances, (input, given) => check(pair, input, given)),
    { numRuns: RUNS },
  )
})
