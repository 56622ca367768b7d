import { describe, expect, test } from 'vitest'
import { errorOfFailure } from '../../../src/errors/error-of-failure.ts'
import type { AbortSignalLike } from '../../../src/lib/abort-signal.ts'
import { projectId } from '../../../src/lib/ids.ts'
import { createUpstreamServices } from '../../../src/operations/create-upstream-services.ts'
import type { UpstreamRequest } from '../../../src/upstream/client/upstream-client.ts'
import { UpstreamFailure } from '../../../src/upstream/upstream-failure.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const PATH = '/v2/p/apigw/instances/i/vpc-channels/c'

/** All layers of a client in front of an upstream that answers what the test says. */
async function startClient(answering: Answering | PlannedAnswer) {
  const upstream = await startUpstream(answering)
  const services = createUpstreamServices({
    endpoints: { APIG: new URL(upstream.url), ROMA: undefined },
    validation: 'pages',
    instancesPerCall: 10,
    limits: { retryWaitMs: 1 },
  })
  return {
    calls: upstream.calls,
    send: (method: UpstreamRequest['method'], signal?: AbortSignalLike) =>
      services.clients.APIG.call(
        { operation: 'someOperation', projectId: projectId('p'), method, path: PATH },
        {
          credentials: { kind: 'TOKEN', token: 'token-1' },
          caller: 'token-1',
          language: 'en-us',
          deadline: performance.now() + 5_000,
          record: () => undefined,
          signal,
        },
      ),
    async [Symbol.asyncDispose]() {
      await services.close()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

const noContent: Answering = (_call, { response }) => {
  response.writeHead(204).end()
  return undefined
}

/** What the caller learns of a failed write. */
function effectOf(failure: unknown): string | undefined {
  if (!(failure instanceof UpstreamFailure)) throw failure
  return errorOfFailure(failure, { kind: 'WRITE', pathOf: () => null }).effect
}

describe('204 with no body', () => {
  test.each(['DELETE', 'POST', 'PUT'] as const)('is the success of a %s', async (method) => {
    await using client = await startClient(noContent)
    expect(await client.send(method)).toMatchObject({ status: 204, body: null })
    expect(client.calls).toHaveLength(1)
  })

  test('is no answer to a GET', async () => {
    await using client = await startClient(noContent)
    await expect(client.send('GET')).rejects.toMatchObject({ kind: 'UNREADABLE', response: { status: 204 } })
  })
})

test('a DELETE is sent to its path, without a body', async () => {
  await using client = await startClient(noContent)
  await client.send('DELETE')
  const [call] = client.calls
  expect(call).toMatchObject({
    method: 'DELETE',
    path: PATH,
    body: '',
    headers: { 'x-auth-token': 'token-1' },
  })
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) {
    expect(call?.headers).not.toHaveProperty(name)
  }
})

describe('a DELETE whose answer does not say what happened', () => {
  test.each<readonly [string, Answering | PlannedAnswer]>([
    [
      'a lost connection',
      (_call, { request }) => {
        request.socket.destroy()
        return undefined
      },
    ],
    ['200 with no body', { body: '' }],
    ['500', { status: 500, body: '' }],
    ['502', { status: 502, body: '<html>' }],
    ['503', { status: 503, body: '' }],
    ['504', { status: 504, body: '' }],
  ])('is not repeated, and its effect is UNKNOWN: %s', async (_name, answering) => {
    await using client = await startClient(answering)
    expect(await client.send('DELETE').catch(effectOf)).toBe('UNKNOWN')
    expect(client.calls.map(({ method }) => method)).toEqual(['DELETE'])
    // The same client repeats reads.
    await client.send('GET').catch(() => undefined)
    expect(client.calls.length).toBeGreaterThan(2)
  })
})

test('a DELETE that the cloud refuses is not applied', async () => {
  const body = { error_code: 'APIG.3035', error_msg: 'The VPC channel does not exist' }
  await using client = await startClient({ status: 404, body })
  expect(await client.send('DELETE').catch(effectOf)).toBe('NOT_APPLIED')
})

test('a DELETE goes on to its answer when its caller leaves', async () => {
  const left = new AbortController()
  await using client = await startClient((call, raw) => {
    left.abort()
    return noContent(call, raw)
  })
  expect(await client.send('DELETE', left.signal)).toMatchObject({ status: 204 })
})
