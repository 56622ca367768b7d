import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { http } from '../../support/http.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const CREATED = { id: 'c1', name: 'payments' }
const REFUSED = { error_code: 'APIG.3208', error_msg: 'The VPC channel name already exists,name:payments' }
const input = leastInput('APIG')

type Encode = (body: Buffer) => Buffer

/** What a creation is answered where the cloud answers these bytes. */
async function created(status: number, encoding: string, body: Buffer, maxResponseBytes = 100_000) {
  await using upstream = await startUpstream((_call, { response }) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body)
    return undefined
  })
  await using gateway = await startGateway({ upstream: upstream.url, limits: { maxResponseBytes } })
  const { data, errors } = await gateway.send(CREATE, { input })
  return { data, extensions: errors?.[0]?.extensions, calls: upstream.calls, logged: [...gateway.logged] }
}

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

test('the gateway asks for no content coding', async () => {
  const { calls } = await created(201, 'identity', bytes(CREATED))
  expect(calls[0]?.headers['accept-encoding']).toBe('identity')
})

describe.each<[string, Encode]>([
  ['gzip', gzipSync],
  ['X-Gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['gzip, br', (body) => brotliCompressSync(gzipSync(body))],
  ['identity', (body) => body],
])('%s', (encoding, encode) => {
  test('a success is read', async () => {
    const { data, extensions } = await created(201, encoding, encode(bytes(CREATED)))
    expect(extensions).toBeUndefined()
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { name: 'payments' } } })
  })

  test('a refusal keeps its code', async () => {
    const { extensions } = await created(400, encoding, encode(bytes(REFUSED)))
    expect(extensions).toMatchObject({ reason: 'CHANNEL_NAME_TAKEN', upstream: { errorCode: 'APIG.3208' } })
  })
})

test('a body may not be longer once decoded than a body may be', async () => {
  const bomb = gzipSync(bytes({ ...CREATED, remark: 'a'.repeat(200_000) }))
  expect(bomb.length).toBeLessThan(1_000)
  const { extensions } = await created(201, 'gzip', bomb)
  expect(extensions).toMatchObject({ reason: 'ANSWER_TOO_LONG', effect: 'UNKNOWN' })
})

describe('what cannot be decoded leaves a write in doubt, and the log says why', () => {
  test.each<[string, string, Buffer, string]>([
    [
      'a coding that the gateway does not know',
      'zstd',
      zstdCompressSync(bytes(CREATED)),
      'none of gzip, br, deflate',
    ],
    ['no gzip', 'gzip', bytes(CREATED), 'the body is not gzip'],
    ['gzip that is cut short', 'gzip', gzipSync(bytes(CREATED)).subarray(0, -9), 'the body is not gzip'],
    ['too many codings', 'gzip, gzip, gzip, gzip', bytes(CREATED), 'content-encoding of 4 codings'],
  ])('%s', async (_what, encoding, body, why) => {
    const { extensions, logged } = await created(201, encoding, body)
    expect(extensions).toMatchObject({
      reason: 'UNREADABLE_ANSWER',
      effect: 'UNKNOWN',
      upstream: { status: 201 },
    })
    expect(JSON.stringify(logged)).toContain(why)
    expect(JSON.stringify(extensions)).not.toContain('coding')
  })
})

describe('a byte order mark before JSON is skipped', () => {
  test('in an answer', async () => {
    const { data } = await created(201, 'identity', Buffer.from(`\uFEFF${JSON.stringify(CREATED)}`))
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { name: 'payments' } } })
  })

  test('in a request', async () => {
    await using upstream = await startUpstream({ status: 201, body: CREATED })
    await using gateway = await startGateway({ upstream: upstream.url })
    const body = `\uFEFF${JSON.stringify({ query: CREATE, variables: { input } })}`
    const headers = { 'content-type': 'application/json', 'x-auth-token': TOKEN }
    expect(JSON.parse((await http(gateway.url, { headers, body })).text)).toEqual({
      data: { createVpcChannel: { vpcChannel: { name: 'payments' } } },
    })
  })
})
