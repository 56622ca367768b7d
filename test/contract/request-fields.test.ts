import { describe, expect, test } from 'vitest'
import { nothingBefore } from '../fixtures/nothing-before.ts'
import { CreateVpcChannelDocument, UpsertProjectVpcChannelsDocument } from '../support/generated/graphql.ts'
import { APIG_SERVER_ANSWER, ROMA_ANSWER } from '../support/pages.ts'
import { ROWS_OF_APIG, ROWS_OF_BOTH, ROWS_OF_ROMA, type Row } from './request-tables.ts'
import {
  SMALLEST_CREATE,
  SMALLEST_CREATE_BODY,
  SMALLEST_UPSERT,
  SMALLEST_UPSERT_BODY,
  startPair,
} from './start-pair.ts'

describe('createVpcChannel sends', () => {
  test('the documented defaults beside what GraphQL requires, and nothing else', async () => {
    await using pair = await startPair({ status: 201, body: APIG_SERVER_ANSWER })
    await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
    expect(pair.calls[0]?.json).toEqual(SMALLEST_CREATE_BODY)
  })

  test.each<Row>([...ROWS_OF_BOTH, ...ROWS_OF_APIG])('%s', async (_field, given, sent) => {
    await using pair = await startPair({ status: 201, body: APIG_SERVER_ANSWER })
    const input = { ...SMALLEST_CREATE, ...given, type: given.type ?? 'SERVER' }
    const { errors } = await pair.send(CreateVpcChannelDocument, { input })
    expect(errors).toBeUndefined()
    expect(pair.calls.map((call) => call.json)).toEqual([{ ...SMALLEST_CREATE_BODY, ...sent }])
  })
})

describe('upsertProjectVpcChannels sends', () => {
  test('the documented defaults beside what GraphQL requires, and nothing else', async () => {
    await using pair = await startPair(nothingBefore({ body: ROMA_ANSWER }))
    await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
    expect(pair.writes[0]?.json).toEqual(SMALLEST_UPSERT_BODY)
  })

  test.each<Row>([...ROWS_OF_BOTH, ...ROWS_OF_ROMA])('%s', async (_field, given, sent) => {
    await using pair = await startPair(nothingBefore({ body: ROMA_ANSWER }))
    const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, ...given },
    })
    expect(errors).toBeUndefined()
    expect(pair.writes.map((call) => call.json)).toEqual([{ ...SMALLEST_UPSERT_BODY, ...sent }])
  })
})

describe('a port of 0', () => {
  test('is refused for the channel itself, whose port starts at 1', async () => {
    await using pair = await startPair({ status: 201, body: APIG_SERVER_ANSWER })
    const { errors } = await pair.send(CreateVpcChannelDocument, { input: { ...SMALLEST_CREATE, port: 0 } })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', 'port'], rule: 'RANGE', params: { min: 1, max: 65_535 } }],
    })
    expect(pair.calls).toEqual([])
  })
})

describe('a microservice', () => {
  test.each([
    ['neither half', {}],
    [
      'both halves',
      {
        cse: { engineId: 'e', serviceId: 's' },
        cce: { clusterId: 'c', namespace: 'n', workloadType: 'DEPLOYMENT' },
      },
    ],
    ['one half and a null', { cse: { engineId: 'e', serviceId: 's' }, cce: null }],
  ])('of %s is refused, because service_type would not follow', async (_what, microservice) => {
    await using pair = await startPair({ status: 201, body: APIG_SERVER_ANSWER })
    const { errors } = await pair.send<unknown, unknown>(String(CreateVpcChannelDocument), {
      input: { ...SMALLEST_CREATE, type: 'MICROSERVICE', microservice },
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', effect: 'NOT_APPLIED' })
    expect(pair.calls).toEqual([])
  })

  test.each([
    ['neither app_name nor label', {}],
    ['half a label', { labelKey: 'k' }],
    ['the other half', { labelValue: 'v' }],
  ])('in CCE is refused with %s', async (_what, named) => {
    await using pair = await startPair({ status: 201, body: APIG_SERVER_ANSWER })
    const cce = { clusterId: 'c', namespace: 'n', workloadType: 'DEPLOYMENT', ...named } as const
    const { errors } = await pair.send(CreateVpcChannelDocument, {
      input: { ...SMALLEST_CREATE, type: 'MICROSERVICE', microservice: { cce } },
    })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', 'microservice', 'cce'], rule: 'REQUIRED_ONE_OF' }],
    })
    expect(pair.calls).toEqual([])
  })
})
