import { describe, expect, test } from 'vitest'
import { CreateVpcChannelDocument } from '../support/generated/graphql.ts'
import { APIG_SERVER_ANSWER } from '../support/pages.ts'
import { CHANNEL_ID, SMALLEST_CREATE, startPair } from './start-pair.ts'

const ANSWER = JSON.parse(APIG_SERVER_ANSWER)

describe('an answer of success that shows no channel', () => {
  test.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a text', '"created"'],
    ['a list', [ANSWER]],
    ['an empty object', {}],
    ['a channel without an id', { ...ANSWER, id: undefined }],
    ['a channel with an empty id', { ...ANSWER, id: '' }],
    ['a channel whose id is an object', { ...ANSWER, id: {} }],
    ['a wrapped channel', { vpc_channel: ANSWER }],
    ['HTML', '<html></html>'],
    ['JSON cut short', APIG_SERVER_ANSWER.slice(0, -20)],
  ])('is an error with the effect UNKNOWN, where the look-up finds nothing out: %s', async (_what, body) => {
    await using pair = await startPair({ status: 201, body })
    const { status, data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
    expect(status).toBe(200)
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['createVpcChannel'],
      extensions: {
        code: 'UPSTREAM_BAD_RESPONSE',
        effect: 'UNKNOWN',
        retry: { retryable: true },
        upstream: { service: 'APIG', operation: 'createVpcChannel', status: 201, errorCode: null },
      },
    })
    expect(pair.writes).toHaveLength(1)
  })
})

test.each([200, 201, 202])('a channel answered with %i is a channel', async (status) => {
  await using pair = await startPair({ status, body: ANSWER })
  const { data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
  expect(errors).toBeUndefined()
  expect(data?.createVpcChannel.vpcChannel.id).toBe(CHANNEL_ID)
})

test('a channel answered without its name has the name it was created under', async () => {
  await using pair = await startPair({ status: 201, body: { id: CHANNEL_ID } })
  const { data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
  expect(errors).toBeUndefined()
  expect(data).toEqual({
    createVpcChannel: { vpcChannel: { id: CHANNEL_ID, name: 'VPC_demo', createdAt: null } },
  })
})

test('a redirect is not followed, neither is a channel behind it believed', async () => {
  await using pair = await startPair({ status: 302, headers: { location: '/elsewhere' }, body: ANSWER })
  const { data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
  expect(data).toBeNull()
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    reason: 'REDIRECTED',
    effect: 'NOT_APPLIED',
  })
  expect(pair.writes).toHaveLength(1)
})
