import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ROMA_FULL } from '../simulator/sandbox.ts'
import {
  INSTANCES,
  MISSING,
  ORDERS,
  ORDERS_REST,
  type Pair,
  PLAN,
  SEEN_ORDERS,
  startPair,
  UPSERT,
} from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = ''] = INSTANCES
const ALL = { ...ORDERS, instanceIds: [ONE, TWO, THREE] }

/** ONE has no channel, TWO has another, THREE has the very one. */
async function startMixed(): Promise<Pair> {
  const pair = await startPair()
  await pair.have([TWO], { ...ORDERS_REST, port: 81 })
  await pair.have([THREE], ORDERS_REST)
  return pair
}

/** Deletes a channel as somebody else would. */
async function deleteChannel({ sandbox }: Pair, instanceId: string): Promise<void> {
  const path = `/v2/${sandbox.projectId}/apic/instances/${instanceId}/vpc-channels`
  const ours = { 'x-simulator-fault': 'delay;ms=0' }
  const { body } = await sandbox.send('GET', `${path}?name=orders&precise_search=name`, undefined, ours)
  const { status } = await sandbox.send('DELETE', `${path}/${body.vpc_channels[0].id}`, undefined, ours)
  expect(status).toBe(204)
}

describe('the id of a plan', () => {
  test('is the same for the same input and state, and writes nothing', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    expect((await pair.plan(ALL)).planId).toBe(planId)
    const keysTurned = Object.fromEntries(Object.entries(ALL).toReversed())
    expect((await pair.plan(keysTurned)).planId).toBe(planId)
    const withDefaults = {
      ...ALL,
      balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
      projectId: pair.sandbox.projectId,
    }
    expect((await pair.plan(withDefaults)).planId).toBe(planId)
    expect(pair.puts).toEqual([])
  })

  test('does not depend on the order in which the cloud lists what is there', async () => {
    const host = (number: number) => ({
      host: `192.168.0.${number}`,
      port: 80,
      weight: 1,
      ecs_id: '',
      ecs_name: '',
    })
    const group = (name: string) => ({ member_group_name: name, member_group_weight: 1 })
    let turned = false
    const listed = <Item>(items: readonly Item[]) => (turned ? items.toReversed() : items)
    await using upstream = await startUpstream(({ path }) => {
      if (path.includes('/features')) return { body: { total: 0, size: 0, features: [] } }
      const channels = [ONE, TWO].map((instance_id) => ({
        ...ORDERS_REST,
        id: `of-${instance_id}`,
        type: 2,
        instance_id,
        member_groups: listed(['a', 'b', 'c'].map(group)),
        members: listed([1, 2, 3].map(host)),
      }))
      return { body: { total: 2, size: 2, project_vpc_channels: listed(channels) } }
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const planId = async () => {
      const input = { ...ORDERS, instanceIds: [ONE, TWO] }
      const { data } = await gateway.send<{ planProjectVpcChannels: { planId: string } }, object>(PLAN, {
        input,
      })
      return data?.planProjectVpcChannels.planId
    }
    const first = await planId()
    turned = true
    expect(first).toMatch(/./)
    expect(await planId()).toBe(first)
  })

  test('lets the upsert through that it was made for', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    expect(await pair.outcomes(ALL, planId)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.puts).toEqual([[ONE, TWO]])
    expect(await pair.seen()).toEqual(new Map([ONE, TWO, THREE].map((id) => [id, SEEN_ORDERS])))
  })

  test('tells outcomes that nobody asks for, from the plan, without one more list', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    const lists = () =>
      pair.calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/apic/vpc-channels'))
    const before = lists().length
    expect(await pair.outcomes(ALL, planId)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(lists()).toHaveLength(before + 1)
  })

  test('of a plan with refusals lets the others through', async () => {
    await using pair = await startMixed()
    const input = { ...ORDERS, instanceIds: [ONE, MISSING, ROMA_FULL] }
    const { planId, instances } = await pair.plan(input)
    expect(instances.map(({ action }) => action)).toEqual(['WOULD_CREATE', 'WOULD_FAIL', 'WOULD_FAIL'])
    expect((await pair.outcomes(input, planId)).map((outcome) => outcome.split(' ')[0])).toEqual([
      'CREATED',
      'FAILED',
      'FAILED',
    ])
  })

  test('still holds after changes that are none of its business', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await pair.have([ONE], { ...ORDERS_REST, name: 'orders-2' })
    await pair.have([INSTANCES[5] ?? ''], ORDERS_REST)
    expect(await pair.outcomes(ALL, planId)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
  })

  test('holds when it is applied again, and then writes nothing', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await pair.outcomes(ALL, planId)
    expect(await pair.outcomes(ALL, planId)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED'])
    expect(pair.puts).toEqual([[ONE, TWO]])
  })

  test('goes on where a first attempt under it has ended half-way', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await pair.have([ONE], ORDERS_REST)
    expect(await pair.outcomes(ALL, planId)).toEqual(['UNCHANGED', 'UPDATED', 'UNCHANGED'])
    expect(pair.puts).toEqual([[TWO]])
    expect(await pair.seen()).toEqual(new Map([ONE, TWO, THREE].map((id) => [id, SEEN_ORDERS])))
  })

  test.each<[string, (pair: Pair) => Promise<void>]>([
    ['a channel appeared that is as asked', (pair) => pair.have([ONE], ORDERS_REST)],
    ['a channel became as asked', (pair) => pair.have([TWO], ORDERS_REST)],
    [
      'a channel was replaced by another that is as asked',
      async (pair) => {
        await deleteChannel(pair, THREE)
        await pair.have([THREE], ORDERS_REST)
      },
    ],
  ])('holds since %s', async (_, change) => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await change(pair)
    const { errors } = await pair.upsert(ALL, planId)
    expect(errors).toBeUndefined()
    expect(await pair.seen()).toEqual(new Map([ONE, TWO, THREE].map((id) => [id, SEEN_ORDERS])))
  })

  test('null is no plan', async () => {
    await using pair = await startMixed()
    const { errors } = await pair.send(UPSERT, { input: ALL, planId: null })
    expect(errors).toBeUndefined()
  })
})

describe('a plan that does not hold any more', () => {
  test('is CONFLICT: nothing is written, and each instance’s plan is told anew', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await pair.have([ONE], ORDERS_REST)
    await deleteChannel(pair, THREE)
    const before = await pair.seen()
    const { data, errors } = await pair.upsert(ALL, planId)
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'PLAN_OUTDATED',
      effect: 'NOT_APPLIED',
      retry: { retryable: false },
      planId: (await pair.plan(ALL)).planId,
    })
    const entry = (index: number, instanceId: string, action: string) => ({
      path: ['input', 'instanceIds', index],
      rule: 'PLAN_OUTDATED',
      params: expect.objectContaining({ instanceId, action }),
      message: expect.stringContaining(action),
      source: 'GATEWAY',
    })
    expect(errors?.[0]?.extensions.validation).toEqual([
      entry(0, ONE, 'UNCHANGED'),
      entry(1, TWO, 'WOULD_UPDATE'),
      entry(2, THREE, 'WOULD_CREATE'),
    ])
    expect(errors?.[0]?.extensions.validation[1].params.changes).toHaveLength(3)
    expect(pair.puts).toEqual([])
    expect(await pair.seen()).toEqual(before)
  })

  test.each<[string, (pair: Pair) => Promise<void>]>([
    ['a channel appeared', (pair) => pair.have([ONE], { ...ORDERS_REST, port: 81 })],
    ['a difference became another', (pair) => pair.have([TWO], { ...ORDERS_REST, port: 82 })],
    ['a channel is gone', (pair) => deleteChannel(pair, TWO)],
    [
      'a channel is another of the same name',
      async (pair) => {
        await deleteChannel(pair, TWO)
        await pair.have([TWO], { ...ORDERS_REST, port: 81 })
      },
    ],
    [
      'a server was added',
      (pair) =>
        pair.have([THREE], {
          ...ORDERS_REST,
          members: [...(ORDERS_REST.members ?? []), { host: '192.168.0.99' }],
        }),
    ],
  ])('since %s', async (_, change) => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    await change(pair)
    const before = await pair.seen()
    expect(await pair.outcomes(ALL, planId)).toEqual(['CONFLICT PLAN_OUTDATED NOT_APPLIED'])
    expect(pair.puts).toEqual([])
    expect(await pair.seen()).toEqual(before)
  })

  test('since an instance became full', async () => {
    await using pair = await startPair()
    const path = `/v2/${pair.sandbox.projectId}/apic/instances/${ROMA_FULL}/vpc-channels`
    const ours = { 'x-simulator-fault': 'delay;ms=0' }
    const { body } = await pair.sandbox.send('GET', path, undefined, ours)
    await pair.sandbox.send('DELETE', `${path}/${body.vpc_channels[0].id}`, undefined, ours)
    const input = { ...ORDERS, instanceIds: [ROMA_FULL] }
    const { planId } = await pair.plan(input)
    await pair.have([ROMA_FULL], { ...ORDERS_REST, name: 'other' })
    const { errors } = await pair.upsert(input, planId)
    expect(errors?.[0]?.extensions).toMatchObject({
      reason: 'PLAN_OUTDATED',
      validation: [
        {
          params: {
            instanceId: ROMA_FULL,
            action: 'WOULD_FAIL',
            code: 'QUOTA_EXCEEDED',
            reason: 'CHANNEL_QUOTA',
          },
        },
      ],
    })
  })

  test.each([
    ['port', { port: 9000 }],
    ['servers', { members: [] }],
    ['fewer instances', { instanceIds: [ONE, TWO] }],
    ['more instances', { instanceIds: [ONE, TWO, THREE, INSTANCES[5] ?? ''] }],
    ['other instances', { instanceIds: [ONE, TWO, INSTANCES[5] ?? ''] }],
    ['another name', { name: 'orders-2' }],
    ['a type where there was none', { type: 'SERVER' }],
  ])('is one for another input: %s', async (_, changed) => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    expect(await pair.outcomes({ ...ALL, ...changed }, planId)).toEqual([
      'CONFLICT PLAN_OUTDATED NOT_APPLIED',
    ])
    expect(pair.puts).toEqual([])
  })

  test.each(['', 'none', 'x'.repeat(1_000), '订单'])('is one that nobody made: %j', async (planId) => {
    await using pair = await startMixed()
    expect(await pair.outcomes(ALL, planId)).toEqual(['CONFLICT PLAN_OUTDATED NOT_APPLIED'])
    expect(pair.puts).toEqual([])
  })

  test('cannot be told where nothing can be read: refused, and nothing written', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    pair.sandbox.failNext(
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
      { match: { path: '/apic/vpc-channels' } },
    )
    expect(await pair.outcomes(ALL, planId)).toEqual(['FORBIDDEN NOT_APPLIED'])
    expect(pair.puts).toEqual([])
  })

  test('of a broken input is told by the broken rules first', async () => {
    await using pair = await startMixed()
    const { planId } = await pair.plan(ALL)
    expect(await pair.outcomes({ ...ALL, port: 0 }, planId)).toEqual(['BAD_USER_INPUT NOT_APPLIED'])
  })
})
