import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { CREATE, expectContract, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { nothingBefore } from '../../fixtures/nothing-before.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const QUERY = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'
const OPERATIONS = [
  ['create', CREATE, { input: leastInput('APIG') }, true],
  ['upsert', UPSERT, { input: leastInput('ROMA_CONNECT') }, true],
  ['query', QUERY, {}, false],
] as const

/** The address of a port that was open once and is closed now. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

async function failed(
  upstream: string | undefined,
  document: string,
  variables: Readonly<Record<string, unknown>>,
) {
  await using gateway = await startGateway({ upstream })
  const answer = await gateway.send<unknown, unknown>(document, variables)
  expectContract(answer)
  expect(answer.errors).toHaveLength(1)
  return { answer, extensions: answer.errors?.[0]?.extensions, logged: [...gateway.logged] }
}

describe.each(OPERATIONS)('%s', (name, document, variables, writes) => {
  // A batch reads what is there first: it is the write that is to fail.
  const failing = (answering: Answering | PlannedAnswer) =>
    name === 'upsert' ? nothingBefore(answering) : answering
  const effect = (value: string) => (writes ? value : undefined)

  test('a connection that never opened: nothing was applied, and it may be tried again', async () => {
    const url = await closedPort()
    const { extensions, answer, logged } = await failed(url, document, variables)
    expect(extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retry: { retryable: true },
      upstream: { status: null, errorCode: null, message: null, requestId: null },
    })
    expect(extensions.effect).toBe(effect('NOT_APPLIED'))
    expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/)
    expect(JSON.stringify(logged)).toContain('connect ECONNREFUSED 127.0.0.1')
  })

  const BREAKS: readonly (readonly [name: string, answering: Answering])[] = [
    ['after the request', (_call, { response }) => void response.destroy()],
    [
      'amid the answer’s headers',
      (_call, { response }) => {
        response.socket?.end('HTTP/1.1 201 Crea')
        return undefined
      },
    ],
    [
      'amid the answer’s body',
      (_call, { response }) => {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"id":"abc",')
        setImmediate(() => response.destroy())
        return undefined
      },
    ],
  ]
  test.each(BREAKS)('a connection that broke %s: it is not known what happened', async (_when, answering) => {
    await using upstream = await startUpstream(failing(answering))
    const { extensions } = await failed(upstream.url, document, variables)
    expect(extensions.code).toBe('UPSTREAM_UNAVAILABLE')
    expect(extensions.effect).toBe(effect('UNKNOWN'))
    // A creation cannot be applied twice.
    expect(extensions.retry.retryable).toBe(name !== 'upsert')
  })

  test('what is no HTTP at all: it is not known what happened', async () => {
    await using upstream = await startUpstream(
      failing((_call, { response }) => {
        response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')
        return undefined
      }),
    )
    const { extensions } = await failed(upstream.url, document, variables)
    expect(extensions.code).toMatch(/^UPSTREAM_(UNAVAILABLE|BAD_RESPONSE)$/)
    expect(extensions.effect).toBe(effect('UNKNOWN'))
  })

  test.each([301, 302, 303, 307, 308])('a redirect is not followed: %i', async (status) => {
    await using elsewhere = await startUpstream({ status: 201, body: { id: 'abc', name: 'x' } })
    await using upstream = await startUpstream(
      failing({ status, headers: { location: `${elsewhere.url}/stolen` }, body: '' }),
    )
    const { extensions, answer } = await failed(upstream.url, document, variables)
    expect(extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      reason: 'REDIRECTED',
      upstream: { status },
    })
    expect(extensions.effect).toBe(effect('NOT_APPLIED'))
    expect(elsewhere.calls).toEqual([])
    expect(answer.text).not.toContain(elsewhere.url)
  })

  test('no endpoint: nothing was applied, and trying again is no use', async () => {
    const { extensions } = await failed(undefined, document, variables)
    expect(extensions).toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'ENDPOINT_NOT_SET',
      retry: { retryable: false },
    })
    expect(extensions.effect).toBe(effect('NOT_APPLIED'))
  })
})

test('an answer of one alias does not take the data of another, and the status stays 200', async () => {
  await using upstream = await startUpstream(({ path }) => {
    // Two at once are looked for in the list first; in one as long as this each is asked for by itself.
    if (path.includes('?')) return { body: { total: 5_000, vpc_channels: [{ id: 'other', name: 'other' }] } }
    return path.endsWith('/good')
      ? { body: { id: 'good', name: 'good' } }
      : { status: 500, body: { error_code: 'APIG.9999', error_msg: 'System error' } }
  })
  await using gateway = await startGateway({ upstream: upstream.url })
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    const { status, data, errors } = await gateway.send(
      '{ good: vpcChannel(instanceId: "i", id: "good") { name } bad: vpcChannel(instanceId: "i", id: "bad") { name } }',
      undefined,
      { accept },
    )
    expect(status).toBe(200)
    expect(data).toEqual({ good: { name: 'good' }, bad: null })
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['bad'], 'UPSTREAM_ERROR'],
    ])
  }
})

test('a write that has happened is told as APPLIED when only reading it further fails', async () => {
  await using upstream = await startUpstream(({ method }) =>
    method === 'POST'
      ? { status: 201, body: { id: 'channel-1', name: 'vpc_demo' } }
      : { status: 500, body: { error_code: 'APIG.9999', error_msg: 'System error' } },
  )
  await using gateway = await startGateway({ upstream: upstream.url })
  const answer = await gateway.send<unknown, unknown>(
    'mutation Create($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { vpcChannel { id members { host } } } }',
    { input: leastInput('APIG') },
  )
  expect(answer.data).toEqual({ createVpcChannel: { vpcChannel: { id: 'channel-1', members: null } } })
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'UPSTREAM_ERROR',
    effect: 'APPLIED',
    // "Retryable" is the operation: sent again, it would write twice.
    retry: { retryable: false },
  })
  expect(answer.status).toBe(200)
  expectContract(answer)
})
