import { describe, expect, test } from 'vitest'
import { CREATE, expectContract, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { MAY_NOT_READ, nothingBefore, onlyWriting } from '../../fixtures/nothing-before.ts'
import { UpsertProjectVpcChannelsDocument } from '../../support/generated/graphql.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

async function created(upstreamAnswer: PlannedAnswer) {
  await using upstream = await startUpstream(upstreamAnswer)
  await using gateway = await startGateway({ upstream: upstream.url })
  const answer = await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
  expectContract(answer)
  return {
    answer,
    extensions: answer.errors?.[0]?.extensions,
    calls: [...upstream.calls],
    logged: [...gateway.logged],
  }
}

const html = { 'content-type': 'text/html' }

describe('every error body that was seen is understood', () => {
  test.each([
    [
      'with a request id',
      400,
      { error_code: 'APIG.3208', error_msg: 'exists', request_id: 'x' },
      'CONFLICT',
      'APIG.3208',
    ],
    [
      'with details',
      400,
      { error_code: 'APIG.3208', error_msg: 'exists', details: [{ error_code: 'X.1', error_msg: 'y' }] },
      'CONFLICT',
      'APIG.3208',
    ],
    [
      'with details alone',
      400,
      { details: [{ error_code: 'APIG.3208', error_msg: 'exists' }] },
      'CONFLICT',
      'APIG.3208',
    ],
    [
      'with an authorization message',
      403,
      { error_code: 'APIG.1005', error_msg: 'no', encoded_authorization_message: 'abc' },
      'FORBIDDEN',
      'APIG.1005',
    ],
    [
      'Keystone with a number',
      401,
      {
        error: {
          code: 401,
          message: 'The request you have made requires authentication.',
          title: 'Unauthorized',
        },
      },
      'UNAUTHENTICATED',
      '401',
    ],
    [
      'Keystone with a text',
      403,
      { error: { code: 'IAM.0002', message: 'no', title: 'Forbidden' } },
      'FORBIDDEN',
      'IAM.0002',
    ],
    ['code and message', 429, { code: 'IAM.0012', message: 'slow down' }, 'RATE_LIMITED', 'IAM.0012'],
    ['a numeric code', 404, { error_code: 40401, error_msg: 'nothing there' }, 'NOT_FOUND', '40401'],
    ['an object of nothing', 409, {}, 'CONFLICT', null],
    ['an array', 404, [{ error_code: 'APIG.3208' }], 'NOT_FOUND', null],
    ['a text', 400, '"APIG.3208"', 'BAD_USER_INPUT', null],
    ['null', 403, 'null', 'FORBIDDEN', null],
    ['nothing', 500, '', 'UPSTREAM_ERROR', null],
    ['JSON cut short', 400, '{"error_code":"APIG.3208","error_ms', 'BAD_USER_INPUT', null],
    [
      'HTML',
      502,
      '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
      'UPSTREAM_UNAVAILABLE',
      null,
    ],
    [
      'codes of the wrong kind',
      404,
      { error_code: { a: 1 }, error_msg: ['x'], request_id: 5 },
      'NOT_FOUND',
      null,
    ],
  ])('%s', async (_name, status, body, code, errorCode) => {
    const { extensions } = await created({ status, body })
    expect(extensions).toMatchObject({ code, upstream: { status, errorCode } })
  })
})

describe('an error under a 2xx status is an error all the same', () => {
  test.each([
    ['error_code', 200, { error_code: 'APIG.3208', error_msg: 'exists' }, 'CONFLICT', 'NOT_APPLIED'],
    [
      'error_code under 201',
      201,
      { error_code: 'APIG.9999', error_msg: 'System error' },
      'UPSTREAM_ERROR',
      'UNKNOWN',
    ],
    [
      'a permission',
      200,
      { error_code: 'APIG.1005', error_msg: 'No permissions' },
      'FORBIDDEN',
      'NOT_APPLIED',
    ],
    [
      'Keystone with a number',
      200,
      { error: { code: 401, message: 'no', title: 'Unauthorized' } },
      'UNAUTHENTICATED',
      'NOT_APPLIED',
    ],
    [
      'Keystone with a text',
      200,
      { error: { code: 'IAM.0067', message: 'no', title: 'Unauthorized' } },
      'UNAUTHENTICATED',
      'NOT_APPLIED',
    ],
    [
      'a code that no table knows',
      200,
      { error_code: 'APIG.7777', error_msg: 'what' },
      'UPSTREAM_BAD_RESPONSE',
      'UNKNOWN',
    ],
  ])('%s', async (_name, status, body, code, effect) => {
    const { extensions } = await created({ status, body })
    expect(extensions).toMatchObject({ code, effect, upstream: { status } })
  })

  test('an instance that the batch answers with an error has that error, as data', async () => {
    await using upstream = await startUpstream(
      nothingBefore({
        body: {
          project_vpc_channels: [
            { name: 'vpc_demo', id: 'c', instance_id: 'a' },
            { instance_id: 'b', error_code: 'APIG.3030', error_msg: 'The instance does not exist;id:b' },
          ],
        },
      }),
    )
    await using gateway = await startGateway({ upstream: upstream.url })
    const { data, errors } = await gateway.send<Record<string, unknown>, unknown>(
      UPSERT.replace(
        'outcome',
        'outcome error { code reason effect retry { retryable } upstream { errorCode message } }',
      ),
      { input: { ...leastInput('ROMA_CONNECT'), instanceIds: ['a', 'b'] } },
    )
    expect(errors).toBeUndefined()
    expect(data?.['upsertProjectVpcChannels']).toMatchObject({
      status: 'PARTIAL',
      results: [
        { instanceId: 'a', error: null },
        {
          instanceId: 'b',
          outcome: 'FAILED',
          error: {
            code: 'NOT_FOUND',
            reason: 'INSTANCE_NOT_FOUND',
            effect: 'NOT_APPLIED',
            retry: { retryable: false },
            upstream: { errorCode: 'APIG.3030', message: 'The instance does not exist;id:b' },
          },
        },
      ],
    })
  })
})

describe('what a batch answers of some of its instances', () => {
  async function batch(items: readonly object[], instanceIds: readonly string[], language = 'en') {
    await using upstream = await startUpstream(
      onlyWriting({
        headers: { 'x-request-id': '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f-1-host' },
        body: { project_vpc_channels: items },
      }),
    )
    await using gateway = await startGateway({ upstream: upstream.url })
    return await gateway.send(
      UpsertProjectVpcChannelsDocument,
      { input: { name: 'vpc_demo', port: 22, instanceIds: [...instanceIds] } },
      { 'accept-language': language },
    )
  }
  const good = { name: 'vpc_demo', id: 'c', instance_id: 'a' }

  test('an instance that the answer leaves out may or may not have the channel', async () => {
    const { data, errors } = await batch([good], ['a', 'b'])
    expect(errors).toBeUndefined()
    expect(data?.upsertProjectVpcChannels).toMatchObject({
      status: 'PARTIAL',
      results: [
        { instanceId: 'a', error: null },
        {
          instanceId: 'b',
          outcome: 'UNKNOWN',
          vpcChannel: null,
          error: {
            code: 'UPSTREAM_BAD_RESPONSE',
            effect: 'UNKNOWN',
            retry: { retryable: false, afterMs: null },
          },
        },
      ],
    })
  })

  test.each([
    ['en', false],
    ['zh', true],
  ])('the error has the fields of the extensions, in words of the caller: %s', async (language, chinese) => {
    const refused = {
      instance_id: 'b',
      error_code: 'APIG.2011',
      error_msg:
        'The request parameters must be specified,parameterName:name. Please refer to the support documentation',
    }
    const { data, errors, headers } = await batch([refused, good], ['a', 'b'], language)
    expect(errors).toBeUndefined()
    const [, second] = data?.upsertProjectVpcChannels.results ?? []
    expect(second).toMatchObject({
      instanceId: 'b',
      outcome: 'FAILED',
      error: {
        code: 'BAD_USER_INPUT',
        reason: 'INVALID_VALUE',
        requestId: headers.get('x-request-id'),
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
        validation: [{ path: ['input', 'name'], rule: 'INVALID_VALUE', source: 'UPSTREAM' }],
        upstream: {
          service: 'ROMA',
          operation: 'upsertProjectVpcChannels',
          status: 200,
          errorCode: 'APIG.2011',
          message: refused.error_msg,
          requestId: '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f',
        },
      },
    })
    const words = [second?.error?.message, second?.error?.validation?.[0]?.message]
    for (const word of words) expect(/\p{Script=Han}/u.test(word ?? '')).toBe(chinese)
  })

  test('all of them failed: the mutation itself has failed', async () => {
    const refused = (instance_id: string, error_code: string) => ({ instance_id, error_code, error_msg: 'x' })
    const both = await batch([refused('a', 'APIG.3030'), refused('b', 'APIG.3030')], ['a', 'b'])
    expect(both.data).toBeNull()
    expect(both.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', effect: 'NOT_APPLIED' })
    expectContract(both)
    const unclear = await batch([refused('a', 'APIG.3030'), refused('b', 'APIG.9999')], ['a', 'b'])
    expect(unclear.errors?.[0]?.extensions.effect).toBe('UNKNOWN')
    expect(unclear.errors?.[0]?.extensions.retry.retryable).toBe(false)
    const none = await batch([], ['a', 'b'])
    expect(none.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', effect: 'UNKNOWN' })
  })

  test('a failure that may pass is not retryable once another instance is unclear', async () => {
    const refused = (instance_id: string, error_code: string) => ({ instance_id, error_code, error_msg: 'x' })
    const { errors } = await batch([refused('a', 'APIG.0308'), refused('b', 'APIG.9999')], ['a', 'b'])
    expect(errors?.[0]?.extensions).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: false } })
  })
})

describe('a success that cannot be read leaves open what happened', () => {
  test.each([
    ['nothing', ''],
    ['HTML', '<html>Welcome</html>'],
    ['JSON cut short', '{"id":"abc","na'],
    ['a text', '"created"'],
    ['null', 'null'],
    ['an array', '[]'],
    ['an object of nothing', '{}'],
    ['a channel without an id', '{"name":"vpc_demo"}'],
    ['code and message', '{"code":"X","message":"y"}'],
    ['two documents', '{"id":"a","name":"b"}{"id":"a"}'],
  ])('%s', async (_name, body) => {
    const { extensions } = await created({ status: 201, body, headers: html })
    expect(extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      effect: 'UNKNOWN',
      retry: { retryable: true },
      upstream: { status: 201 },
    })
  })

  test.each(['', '{}', '[]', '{"project_vpc_channels":{}}', '<html>'])('of a batch: %s', async (body) => {
    await using upstream = await startUpstream(onlyWriting({ body }))
    await using gateway = await startGateway({ upstream: upstream.url })
    const answer = await gateway.send<unknown, unknown>(UPSERT, { input: leastInput('ROMA_CONNECT') })
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      effect: 'UNKNOWN',
      retry: { retryable: false },
    })
    expectContract(answer)
  })
})

describe('when to try again', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
  ])('Retry-After of %s seconds', async (seconds, afterMs) => {
    const { extensions } = await created({
      status: 429,
      headers: { 'retry-after': seconds },
      body: { error_code: 'APIG.0308', error_msg: 'x' },
    })
    expect(extensions.retry).toEqual({ retryable: true, afterMs })
  })

  test('Retry-After with a date', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString()
    const { extensions } = await created({ status: 429, headers: { 'retry-after': date }, body: '' })
    expect(extensions.retry.retryable).toBe(true)
    expect(extensions.retry.afterMs).toBeGreaterThan(50_000)
    expect(extensions.retry.afterMs).toBeLessThanOrEqual(60_000)
  })

  test('a date that has passed means now', async () => {
    const { extensions } = await created({
      status: 429,
      headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      body: '',
    })
    expect(extensions.retry).toEqual({ retryable: true, afterMs: 0 })
  })

  test.each(['86401', '3000000', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    '%j is a day, which fits an Int',
    async (value) => {
      const { extensions } = await created({ status: 429, headers: { 'retry-after': value }, body: '' })
      expect(extensions.retry).toEqual({ retryable: true, afterMs: 86_400_000 })
    },
  )

  test.each(['soon', '', 'NaN'])('%j says nothing', async (value) => {
    const { extensions } = await created({ status: 429, headers: { 'retry-after': value }, body: '' })
    expect(extensions.retry).toEqual({ retryable: true })
  })

  test('a query says so of every failure that may pass, and a creation: it cannot be applied twice', async () => {
    await using upstream = await startUpstream(({ path }) =>
      path.includes('?') ? MAY_NOT_READ : { status: 503, headers: { 'retry-after': '2' }, body: '' },
    )
    await using gateway = await startGateway({ upstream: upstream.url })
    const read = await gateway.send('{ vpcChannel(instanceId: "i", id: "c") { name } }')
    expect(read.errors?.[0]?.extensions.retry).toEqual({ retryable: true, afterMs: 2_000 })
    const write = await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
    expect(write.errors?.[0]?.extensions).toMatchObject({
      effect: 'UNKNOWN',
      retry: { retryable: true, afterMs: 2_000 },
    })
  })
})

describe('the cloud’s request id', () => {
  const uuid = '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f'
  const hex = '9f0c8a4e6b1d4c578e123a4b5c6d7e8f'
  const refused = { error_code: 'APIG.3208', error_msg: 'exists' }

  test.each([
    [`${uuid}-1594788888-apig-host-7`, uuid],
    [`${hex}-1594788888-apig-host-7`, hex],
    [uuid, uuid],
    ['apig-host-7', null],
    [`apig-host-7-${uuid}`, null],
    ['', null],
  ])('X-Request-Id %j is shown as %j, in the error and in the log', async (header, requestId) => {
    const { extensions, answer, logged } = await created({
      status: 400,
      headers: { 'x-request-id': header },
      body: refused,
    })
    expect(extensions.upstream.requestId).toBe(requestId)
    expect(answer.text).not.toContain('apig-host')
    expect(JSON.stringify(logged)).not.toContain('apig-host')
    expect(JSON.stringify(logged)).toContain(`"requestId":${JSON.stringify(requestId)}`)
  })

  test('in the body, where the header has none', async () => {
    const { extensions } = await created({
      status: 400,
      body: { ...refused, request_id: `${uuid}-1-apig-host-7` },
    })
    expect(extensions.upstream.requestId).toBe(uuid)
  })

  test('is never the gateway’s own', async () => {
    const { extensions } = await created({ status: 400, headers: { 'x-request-id': uuid }, body: refused })
    expect(extensions.requestId).not.toBe(uuid)
  })
})
