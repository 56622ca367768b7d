import { describe, expect, test } from 'vitest'
import { onlyWriting } from '../fixtures/nothing-before.ts'
import { UpsertProjectVpcChannelsDocument } from '../support/generated/graphql.ts'
import { ROMA_ANSWER } from '../support/pages.ts'
import { ROMA_INSTANCES, SMALLEST_UPSERT, startPair } from './start-pair.ts'

const [FIRST, SECOND] = ROMA_INSTANCES
const THIRD = 'third'
const [OF_FIRST, OF_SECOND] = JSON.parse(ROMA_ANSWER).project_vpc_channels
const answer = (...items: readonly unknown[]) => onlyWriting({ body: { project_vpc_channels: items } })

/** A channel that the cloud confirmed. */
const confirmed = (instanceId: string, instanceName: string | null) => ({
  instanceId,
  outcome: 'CREATED',
  vpcChannel: { instanceId, instanceName, name: 'VPC_demo' },
  error: null,
})

/** An instance that the answer says nothing of, and nobody may read. */
const unconfirmed = (instanceId: string) => ({
  instanceId,
  outcome: 'UNKNOWN',
  vpcChannel: null,
  error: {
    code: 'UPSTREAM_BAD_RESPONSE',
    reason: 'INSTANCE_MISSING_FROM_ANSWER',
    message: expect.any(String),
    requestId: 'the-request',
    effect: 'UNKNOWN',
    retry: { retryable: false, afterMs: null },
    validation: null,
    upstream: {
      service: 'ROMA',
      operation: 'upsertProjectVpcChannels',
      status: 200,
      errorCode: null,
      message: null,
      requestId: null,
    },
  },
})

const BOTH = {
  upsertProjectVpcChannels: {
    status: 'SUCCEEDED',
    results: [confirmed(FIRST, 'test1'), confirmed(SECOND, 'test2')],
  },
}

const HEADERS = { 'x-request-id': 'the-request' }

describe('the results of a batch', () => {
  test.each([
    ['in another order', [OF_SECOND, OF_FIRST]],
    ['doubled', [OF_FIRST, OF_SECOND, OF_FIRST, OF_SECOND]],
    [
      'among those of other instances',
      [{ ...OF_FIRST, instance_id: 'foreign' }, OF_FIRST, { name: 'VPC_demo' }, OF_SECOND],
    ],
    [
      'among garbage',
      [null, 'text', 7, [], [OF_FIRST], {}, { instance_id: null }, OF_FIRST, OF_SECOND, { instance_id: 5 }],
    ],
    [
      'with unknown keys',
      [
        { ...OF_FIRST, extra: { a: [1] } },
        { ...OF_SECOND, microservice_info: null },
      ],
    ],
  ])('stand in the order of instanceIds where the answer has them %s', async (_how, items) => {
    await using pair = await startPair(answer(...items))
    const { data, errors } = await pair.send(
      UpsertProjectVpcChannelsDocument,
      { input: SMALLEST_UPSERT },
      HEADERS,
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual(BOTH)
  })

  test('follow instanceIds as given, not as sorted', async () => {
    await using pair = await startPair(answer(OF_FIRST, OF_SECOND))
    const { data } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, instanceIds: [SECOND, FIRST] },
    })
    expect(data?.upsertProjectVpcChannels.results.map((result) => result.instanceId)).toEqual([SECOND, FIRST])
  })

  test.each([
    ['is missing', [OF_SECOND]],
    ['is null', [null, OF_SECOND]],
    ['is garbage', ['x', OF_SECOND]],
    ['has no instance_id', [{ ...OF_FIRST, instance_id: undefined }, OF_SECOND]],
    [
      'has an instance_id that cannot be made a text',
      [{ ...OF_FIRST, instance_id: { toString: null } }, OF_SECOND],
    ],
    ['has an instance_id in another case', [{ ...OF_FIRST, instance_id: FIRST.toUpperCase() }, OF_SECOND]],
  ])('are PARTIAL where one instance %s: whether it has the channel is not known', async (_how, items) => {
    await using pair = await startPair(answer(...items))
    const { status, data, errors } = await pair.send(
      UpsertProjectVpcChannelsDocument,
      { input: SMALLEST_UPSERT },
      HEADERS,
    )
    expect(status).toBe(200)
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'PARTIAL',
        results: [unconfirmed(FIRST), confirmed(SECOND, 'test2')],
      },
    })
  })

  test('are PARTIAL with the one that is there in its place', async () => {
    await using pair = await startPair(answer(OF_SECOND))
    const { data } = await pair.send(
      UpsertProjectVpcChannelsDocument,
      { input: { ...SMALLEST_UPSERT, instanceIds: [FIRST, SECOND, THIRD] } },
      HEADERS,
    )
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'PARTIAL',
        results: [unconfirmed(FIRST), confirmed(SECOND, 'test2'), unconfirmed(THIRD)],
      },
    })
  })

  test('of one instance are those of one', async () => {
    await using pair = await startPair(answer(OF_FIRST))
    const { data } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, instanceIds: [FIRST] },
    })
    expect(data).toEqual({
      upsertProjectVpcChannels: { status: 'SUCCEEDED', results: [confirmed(FIRST, 'test1')] },
    })
  })

  test('have the channel under the name it was written by where the item leaves out the name', async () => {
    await using pair = await startPair(answer({ instance_id: FIRST }, { instance_id: SECOND, name: '' }))
    const { data, errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [confirmed(FIRST, null), confirmed(SECOND, null)],
      },
    })
  })

  test('that are an error body fail for themselves', async () => {
    await using pair = await startPair(
      answer({ instance_id: FIRST, error_code: 'APIG.3109', error_msg: 'quota' }, OF_SECOND),
    )
    const { data, errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
    expect(errors).toBeUndefined()
    expect(data?.upsertProjectVpcChannels.status).toBe('PARTIAL')
    expect(data?.upsertProjectVpcChannels.results[0]).toMatchObject({
      instanceId: FIRST,
      outcome: 'FAILED',
      vpcChannel: null,
      error: { code: 'QUOTA_EXCEEDED', reason: 'CHANNEL_QUOTA', effect: 'NOT_APPLIED' },
    })
    expect(data?.upsertProjectVpcChannels.results[1]).toEqual(confirmed(SECOND, 'test2'))
  })
})

describe('the mutation itself errs, with the effect UNKNOWN,', () => {
  test.each([
    ['an empty list', []],
    ['only other instances', [{ ...OF_FIRST, instance_id: 'foreign' }]],
    ['only garbage', [null, 1, {}]],
  ])('where the answer has %s', async (_what, items) => {
    await using pair = await startPair(answer(...items))
    const { status, data, errors } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: SMALLEST_UPSERT,
    })
    expect(status).toBe(200)
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['upsertProjectVpcChannels'],
      extensions: {
        code: 'UPSTREAM_BAD_RESPONSE',
        reason: 'INSTANCE_MISSING_FROM_ANSWER',
        effect: 'UNKNOWN',
        retry: { retryable: false },
      },
    })
    expect(pair.writes).toHaveLength(1)
  })

  test.each([
    ['an object without the list', {}],
    ['a list where an object belongs', [OF_FIRST, OF_SECOND]],
    ['an object where the list belongs', { project_vpc_channels: OF_FIRST }],
    ['null where the list belongs', { project_vpc_channels: null }],
    ['null', 'null'],
    ['a number', '7'],
    ['nothing', ''],
    ['HTML', '<html><body>ok</body></html>'],
    ['JSON cut short', ROMA_ANSWER.slice(0, -100)],
    ['the shape of the instance list', { vpc_channels: [OF_FIRST, OF_SECOND] }],
  ])('where the answer is %s', async (_what, body) => {
    await using pair = await startPair(onlyWriting({ body }))
    const { data, errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['upsertProjectVpcChannels'],
      extensions: {
        code: 'UPSTREAM_BAD_RESPONSE',
        effect: 'UNKNOWN',
        retry: { retryable: false },
        upstream: { service: 'ROMA', operation: 'upsertProjectVpcChannels', status: 200 },
      },
    })
    expect(pair.writes).toHaveLength(1)
  })
})

test('204 with nothing in it is no confirmation', async () => {
  await using pair = await startPair(
    onlyWriting((_call, { response }) => {
      response.writeHead(204).end()
      return undefined
    }),
  )
  const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', effect: 'UNKNOWN' })
})
