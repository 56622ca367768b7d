import { describe, expect, test } from 'vitest'
import { type AnsweredFault, CREATE, expectContract, faultsOf, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { type ErrorCodeRow, errorCodeRows } from '../../fixtures/error-codes.ts'
import { MAY_NOT_READ, nothingBefore } from '../../fixtures/nothing-before.ts'
import { type Answer, startGateway } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const QUERY =
  'query Show($product: VpcChannelProduct! = APIG) { vpcChannel(product: $product, instanceId: "instance-1", id: "channel-1") { name } }'

async function answered(
  upstreamAnswer: Answering | PlannedAnswer,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<{ answer: Answer<unknown>; methods: string[] }> {
  await using upstream = await startUpstream(upstreamAnswer)
  await using gateway = await startGateway({ upstream: upstream.url })
  const answer = await gateway.send<unknown, unknown>(document, variables)
  return { answer, methods: upstream.calls.map(({ method }) => method) }
}

const created = (answer: PlannedAnswer) => answered(answer, CREATE, { input: leastInput('APIG') })
const upserted = (answer: PlannedAnswer) =>
  answered(
    nothingBefore(({ method, path }) => {
      if (method !== 'GET') return answer
      // Nothing is wrong with any instance by itself, and nobody may read what became of the write.
      return path.includes('/features') ? { body: { features: [] } } : MAY_NOT_READ
    }),
    UPSERT,
    { input: leastInput('ROMA_CONNECT') },
  )
const shown = (answer: PlannedAnswer, product = 'APIG') => answered(answer, QUERY, { product })

const refusal = ({ code, status }: Pick<ErrorCodeRow, 'code' | 'status'>): PlannedAnswer => ({
  status,
  body: { error_code: code, error_msg: 'words that may change' },
})

/** A fault as data, without its words. */
const withoutWords = ({ message: _, ...fault }: AnsweredFault) => fault

const faultsOfRow = ({ field, rule }: ErrorCodeRow, instance: readonly (string | number)[]) => {
  if (field === undefined) return undefined
  const path = field === 'instanceId' ? instance : [field]
  return [{ path: ['input', ...path], rule, params: {}, source: 'UPSTREAM' }]
}

const name = (row: ErrorCodeRow): string => `${row.code} under ${row.status}`
const rows = errorCodeRows.map((row) => ({ ...row, name: name(row) }))

describe('every code of the vendor’s table', () => {
  test('stands in the test data once per status', () => {
    expect(rows.length).toBeGreaterThan(95)
    expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length)
  })

  test.each(rows)('of a create: $name is $gatewayCode $reason, $effect', async (row) => {
    const { answer } = await created(refusal(row))
    expect(answer.errors).toHaveLength(1)
    const extensions = answer.errors?.[0]?.extensions
    expect(extensions).toMatchObject({
      code: row.gatewayCode,
      effect: row.effect,
      // A creation cannot be applied twice.
      retry: { retryable: row.retryable || row.effect === 'UNKNOWN' },
      upstream: { service: 'APIG', operation: 'createVpcChannel', status: row.status, errorCode: row.code },
    })
    expect(extensions.reason).toBe(row.reason)
    expect(extensions.validation?.map(withoutWords)).toEqual(faultsOfRow(row, ['instanceId']))
    expect(answer.status).toBe(200)
    expectContract(answer)
  })

  test.each(rows.filter(({ field }, index) => field !== undefined || index % 4 === 0))(
    'of an upsert, a sample and all that are about a field: $name is $gatewayCode $reason, $effect',
    async (row) => {
      const { answer } = await upserted(refusal(row))
      const extensions = answer.errors?.[0]?.extensions
      expect(extensions).toMatchObject({
        code: row.gatewayCode,
        effect: row.effect,
        retry: { retryable: row.retryable },
        upstream: { service: 'ROMA', operation: 'upsertProjectVpcChannels', errorCode: row.code },
      })
      expect(extensions.reason).toBe(row.reason)
      expect(extensions.validation?.map(withoutWords)).toEqual(faultsOfRow(row, ['instanceIds', 0]))
      expectContract(answer)
    },
  )

  test.each(rows.filter(({ code }, index) => index % 3 === 0 && code !== 'APIG.3023'))(
    'of a query, a sample: $name is $gatewayCode $reason, and says nothing of an effect',
    async (row) => {
      const { answer } = await shown(refusal(row))
      const extensions = answer.errors?.[0]?.extensions
      expect(extensions).toMatchObject({ code: row.gatewayCode, retry: { retryable: row.readRetryable } })
      expect(extensions.reason).toBe(row.reason)
      expect(extensions).not.toHaveProperty('effect')
      expect(answer.data).toEqual({ vpcChannel: null })
      expect(answer.status).toBe(200)
      expectContract(answer)
    },
  )

  test.each(['APIG', 'ROMA_CONNECT'])(
    'a channel that is not there is null, not an error: %s',
    async (product) => {
      const { answer } = await shown(refusal({ code: 'APIG.3023', status: 404 }), product)
      expect(answer.data).toEqual({ vpcChannel: null })
      expect(answer.errors).toBeUndefined()
    },
  )

  test.each([
    { code: 'APIG.9008', status: 500, gatewayCode: 'RATE_LIMITED' },
    { code: 'APIG.3208', status: 409, gatewayCode: 'CONFLICT' },
    { code: 'APIG.3208', status: 500, gatewayCode: 'CONFLICT' },
    { code: 'APIG.2001', status: 422, gatewayCode: 'BAD_USER_INPUT' },
    { code: 'APIG.1002', status: 403, gatewayCode: 'UNAUTHENTICATED' },
    { code: 'APIG.3030', status: 400, gatewayCode: 'NOT_FOUND' },
    { code: 'APIG.0308', status: 503, gatewayCode: 'RATE_LIMITED' },
    { code: 'APIG.9999', status: 400, gatewayCode: 'UPSTREAM_ERROR' },
    { code: 'IAM.0067', status: 400, gatewayCode: 'UNAUTHENTICATED' },
  ])('the code decides, whatever the status: $code under $status is $gatewayCode', async (row) => {
    const { answer } = await created(refusal(row))
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: row.gatewayCode,
      upstream: { status: row.status },
    })
  })
})

describe('a code that no table knows leaves the status to decide', () => {
  const STATUSES: readonly (readonly [status: number, code: string, effect: string, retryable: boolean])[] = [
    [300, 'UPSTREAM_BAD_RESPONSE', 'UNKNOWN', true],
    [304, 'UPSTREAM_BAD_RESPONSE', 'UNKNOWN', true],
    [399, 'UPSTREAM_BAD_RESPONSE', 'UNKNOWN', true],
    [400, 'BAD_USER_INPUT', 'NOT_APPLIED', false],
    [401, 'UNAUTHENTICATED', 'NOT_APPLIED', false],
    [402, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [403, 'FORBIDDEN', 'NOT_APPLIED', false],
    [404, 'NOT_FOUND', 'NOT_APPLIED', false],
    [405, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [406, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [409, 'CONFLICT', 'NOT_APPLIED', false],
    [412, 'FAILED_PRECONDITION', 'NOT_APPLIED', false],
    [415, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [418, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [422, 'BAD_USER_INPUT', 'NOT_APPLIED', false],
    [429, 'RATE_LIMITED', 'NOT_APPLIED', true],
    [499, 'UPSTREAM_ERROR', 'NOT_APPLIED', false],
    [500, 'UPSTREAM_ERROR', 'UNKNOWN', true],
    [501, 'UPSTREAM_ERROR', 'UNKNOWN', true],
    [502, 'UPSTREAM_UNAVAILABLE', 'UNKNOWN', true],
    [503, 'UPSTREAM_UNAVAILABLE', 'UNKNOWN', true],
    [504, 'UPSTREAM_TIMEOUT', 'UNKNOWN', true],
    [520, 'UPSTREAM_ERROR', 'UNKNOWN', true],
    [599, 'UPSTREAM_ERROR', 'UNKNOWN', true],
  ]
  test.each(STATUSES)('%i is %s, %s', async (status, code, effect, retryable) => {
    const { answer } = await created(refusal({ code: 'APIG.7777', status }))
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code,
      effect,
      retry: { retryable },
      upstream: { status, errorCode: status === 304 ? null : 'APIG.7777' },
    })
    expectContract(answer)
  })

  test.each(STATUSES.filter(([status]) => status >= 400))(
    'with no body at all: %i is %s',
    async (status, code) => {
      const { answer } = await created({ status, body: '' })
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code,
        upstream: { status, errorCode: null, message: null },
      })
    },
  )

  test.each(['toString', '__proto__', 'constructor', 'null', 'undefined', '400', 'APIG.2001 400'])(
    'and no trick in the code changes that: %s',
    async (code) => {
      const { answer } = await created(refusal({ code, status: 403 }))
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    },
  )
})

describe('the parameter that a message names is told as a fault of the input', () => {
  const PARAMETERS: readonly (readonly [message: string, path: readonly (string | number)[]])[] = [
    // the examples of the two pages
    ['The request parameters must be specified, parameter name:members', ['members']],
    [
      'The request parameters must be specified,parameterName:name. Please refer to the support documentation',
      ['name'],
    ],
    [
      'Invalid parameter value,parameterName:time_interval. Please refer to the support documentation',
      ['healthCheck', 'intervalSeconds'],
    ],
    ['bad, parameter name:threshold_abnormal', ['healthCheck', 'unhealthyThreshold']],
    ['bad, parameter name:http_code', ['healthCheck', 'httpCodes']],
    ['bad, parameter name:vpc_health_config', ['healthCheck']],
    ['bad, parameter name:vpc_health_config.port', ['healthCheck', 'port']],
    ['bad, parameter name:port', ['port']],
    ['bad, parameter name:balance_strategy', ['balanceStrategy']],
    ['bad, parameter name:member_type', ['memberType']],
    ['bad, parameter name:dict_code', ['dictCode']],
    ['bad, parameter name:member_groups', ['memberGroups']],
    ['bad, parameter name:members[0].ecs_id', ['members', 0, 'ecsId']],
    ['bad, parameter name:members[12].member_group_name', ['members', 12, 'memberGroupName']],
    [
      'bad, parameter name:member_groups[1].microservice_labels[0].label_value',
      ['memberGroups', 1, 'microserviceLabels', 0, 'value'],
    ],
    ['bad, parameter name:microservice_info', ['microservice']],
    ['bad, parameter name:engine_id', ['microservice', 'cse', 'engineId']],
    ['bad, parameter name:app_name', ['microservice', 'cce', 'appName']],
  ]

  test.each(PARAMETERS)('%s', async (message, path) => {
    for (const [answer, code] of [
      [
        (await created({ status: 400, body: { error_code: 'APIG.2001', error_msg: message } })).answer,
        'APIG.2001',
      ],
      [
        (await upserted({ status: 400, body: { error_code: 'APIG.2011', error_msg: message } })).answer,
        'APIG.2011',
      ],
    ] as const) {
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        effect: 'NOT_APPLIED',
        validation: [
          {
            path: ['input', ...path],
            rule: code === 'APIG.2001' ? 'REQUIRED' : 'INVALID_VALUE',
            source: 'UPSTREAM',
          },
        ],
        upstream: { errorCode: code, message },
      })
      expectContract(answer)
    }
  })

  test.each([
    ['instance_ids', ['input', 'instanceIds']],
    ['project_id', ['input', 'projectId']],
  ])('of ROMA Connect alone: %s', async (parameter, path) => {
    const body = { error_code: 'APIG.2011', error_msg: `bad,parameterName:${parameter}. Please` }
    const { answer } = await upserted({ status: 400, body })
    expect(answer.errors?.[0]?.extensions.validation).toMatchObject([{ path }])
  })

  test.each([
    ['APIG', 'instance_ids'],
    ['ROMA_CONNECT', 'instance_id'],
  ])('a path never names a field that the input does not have: %s %s', async (product, parameter) => {
    const answer = {
      status: 400,
      body: { error_code: 'APIG.2001', error_msg: `bad, parameter name:${parameter}` },
    }
    const { answer: told } = product === 'APIG' ? await created(answer) : await upserted(answer)
    expect(faultsOf(told)).not.toContain(
      `input.${parameter === 'instance_id' ? 'instanceId' : 'instanceIds'} REQUIRED`,
    )
  })

  test.each([
    'nonsense',
    '__proto__',
    'constructor',
    'toString',
    'members[999999999]',
    'X-Auth-Token',
    '[0]',
  ])('a name of neither page adds no place of its own: %s', async (parameter) => {
    const body = { error_code: 'APIG.2001', error_msg: `bad, parameter name:${parameter}` }
    const { answer } = await created({ status: 400, body })
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    for (const fault of faultsOf(answer)) expect(fault).toMatch(/^input\.members /)
    expectContract(answer)
  })

  test.each(['APIG.1005', 'APIG.3100', 'APIG.9999'])(
    'an error that is about no field has none, whatever its message names: %s',
    async (error_code) => {
      const body = { error_code, error_msg: 'no, parameter name:name' }
      const { answer } = await created({ status: 403, body })
      expect(answer.errors?.[0]?.extensions).not.toHaveProperty('validation')
    },
  )

  test('in Chinese, if asked for', async () => {
    await using upstream = await startUpstream({
      status: 400,
      body: { error_code: 'APIG.2006', error_msg: 'bad, parameter name:name' },
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const { errors } = await gateway.send<unknown, unknown>(
      CREATE,
      { input: leastInput('APIG') },
      { 'accept-language': 'zh' },
    )
    expect(errors?.[0]?.message).toMatch(/\p{Script=Han}/u)
    expect(errors?.[0]?.extensions.validation[0].message).toMatch(/\p{Script=Han}/u)
  })
})
