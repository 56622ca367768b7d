import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startUpstream } from '../../support/start-upstream.ts'
import { channelInput } from '../writes/create-support.ts'
import { startWatchedGateway, type WatchedGateway } from './watched-gateway.ts'

const READ = '{ vpcChannel(instanceId: "i", id: "c") { name } }'
const WRITE = `mutation Create($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) { vpcChannel { name } }
}`

const HEADERS = { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' }

/** A cloud that answers its first call only when it is told to. */
async function startSlowCloud() {
  const received = Promise.withResolvers<{
    readonly closed: Promise<unknown>
    readonly isGone: () => boolean
    readonly answer: (status: number, body: string) => Promise<unknown>
  }>()
  const upstream = await startUpstream((_call, { response }) => {
    let gone = false
    response.once('close', () => {
      gone = !response.writableFinished
    })
    received.resolve({
      closed: once(response, 'close'),
      isGone: () => gone,
      answer: (status, body) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(body)
        return once(response, 'finish')
      },
    })
    return undefined
  })
  return Object.assign(upstream, { received: received.promise })
}

/** Has a gateway serve an operation by Yoga, from nobody, so that it is known and nobody is called. */
const makeKnown = (gateway: WatchedGateway, query: string) =>
  gateway.ask({ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })

test('a read on the compiled way stops when the client leaves', async () => {
  await using cloud = await startSlowCloud()
  await using gateway = await startWatchedGateway({ upstream: cloud.url })
  await makeKnown(gateway, READ)
  const leaving = new AbortController()
  const body = JSON.stringify({ query: READ })
  const sent = fetch(gateway.url, { method: 'POST', headers: HEADERS, body, signal: leaving.signal })
  const { closed } = await cloud.received
  leaving.abort()
  await expect(sent).rejects.toThrow()
  // Long before any limit of the gateway ends it.
  await closed
  expect(gateway.contexts).toEqual({ compiled: 1, byGraphqlJs: 1 })
  expect(cloud.calls).toHaveLength(1)
})

test('a write on the compiled way is awaited, and told of, when the client leaves', async () => {
  await using cloud = await startSlowCloud()
  await using gateway = await startWatchedGateway({ upstream: cloud.url })
  await makeKnown(gateway, WRITE)
  const leaving = new AbortController()
  const body = JSON.stringify({ query: WRITE, variables: { input: channelInput('left') } })
  const sent = fetch(gateway.url, { method: 'POST', headers: HEADERS, body, signal: leaving.signal })
  const { answer, isGone } = await cloud.received
  leaving.abort()
  await expect(sent).rejects.toThrow()
  // The gateway has seen it go by the time it answers somebody else.
  await gateway.send('{ __typename }')
  expect(isGone()).toBe(false)
  await answer(201, '{"id":"c1","name":"left"}')
  await expect.poll(() => gateway.audited.at(-1)).toMatchObject({ name: 'left', effect: 'APPLIED' })
  expect(gateway.contexts.compiled).toBe(1)
  expect(cloud.calls).toHaveLength(1)
})

test('what an unclear answer asks for is done when the client of a write has left', async () => {
  const received = Promise.withResolvers<() => void>()
  let posts = 0
  await using cloud = await startUpstream(({ method }, { response }) => {
    if (method !== 'POST') return { body: { total: 0, size: 0, vpc_channels: [] } }
    posts += 1
    if (posts > 1) return { status: 201, body: { id: 'c1', name: 'left' } }
    received.resolve(() => response.destroy())
    return undefined
  })
  await using gateway = await startWatchedGateway({ upstream: cloud.url })
  await makeKnown(gateway, WRITE)
  const leaving = new AbortController()
  const body = JSON.stringify({ query: WRITE, variables: { input: channelInput('left') } })
  const sent = fetch(gateway.url, { method: 'POST', headers: HEADERS, body, signal: leaving.signal })
  const reset = await received.promise
  leaving.abort()
  await expect(sent).rejects.toThrow()
  await gateway.send('{ __typename }')
  reset()
  await expect.poll(() => gateway.audited.at(-1)).toMatchObject({ name: 'left', effect: 'APPLIED' })
  expect(posts).toBe(2)
  expect(gateway.contexts.compiled).toBe(1)
})

test.each([
  ['a read', READ, {}, 200, { data: { vpcChannel: { name: 'orders' } } }],
  [
    'a write',
    WRITE,
    { input: channelInput('orders') },
    201,
    { data: { createVpcChannel: { vpcChannel: { name: 'orders' } } } },
  ],
])(
  '%s on the compiled way is answered when the gateway stops, and its connection closed',
  async (_name, query, variables, status, expected) => {
    await using cloud = await startSlowCloud()
    const gateway = await startWatchedGateway({ upstream: cloud.url })
    await makeKnown(gateway, query)
    const sent = fetch(gateway.url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ query, variables }),
    })
    const { answer } = await cloud.received
    const stopped = gateway[Symbol.asyncDispose]()
    await answer(status, '{"id":"c","name":"orders"}')
    const response = await sent
    expect(response.headers.get('connection')).toBe('close')
    expect(await response.json()).toEqual(expected)
    await stopped
    expect(gateway.contexts.compiled).toBe(1)
  },
)
