import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { CREATE, channelInput, startCreatePair } from './create-support.ts'

/** Sends a creation and answers how to hang up on it. */
function sendAndLeave(url: string, input: object, token: string): () => Promise<void> {
  const leaving = new AbortController()
  const sent = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': token },
    body: JSON.stringify({ query: CREATE, variables: { input } }),
    signal: leaving.signal,
  })
  return async () => {
    leaving.abort()
    await expect(sent).rejects.toThrow()
  }
}

test('a write that was sent is awaited when the client leaves', async () => {
  const received = Promise.withResolvers<() => Promise<boolean>>()
  await using upstream = await startUpstream((_call, { response }) => {
    let hungUp = false
    response.once('close', () => {
      hungUp = !response.writableFinished
    })
    received.resolve(async () => {
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"c1","name":"left"}')
      await once(response, 'finish')
      return hungUp
    })
    return undefined
  })
  await using gateway = await startGateway({ upstream: upstream.url })
  const leave = sendAndLeave(gateway.url, channelInput('left'), 'token-of-a-caller')
  const answerUpstream = await received.promise
  await leave()
  // The gateway has seen it go by the time it answers somebody else.
  await gateway.send('{ __typename }')
  expect(await answerUpstream()).toBe(false)
  expect(upstream.calls).toHaveLength(1)
})

test('what an unclear answer asks for is done all the same', async () => {
  await using pair = await startCreatePair()
  const token = pair.simulator.issueToken()
  pair.simulator.failNext({ kind: 'delay', ms: 100 }, { match: { method: 'POST' }, skip: 1 })
  pair.simulator.failNext({ kind: 'reset-before-body' }, { match: { method: 'POST' } })
  const leave = sendAndLeave(pair.gateway.url, channelInput('left'), token)
  await expect.poll(pair.posts, { interval: 2 }).toBeGreaterThanOrEqual(1)
  await leave()
  await expect.poll(() => pair.channelsNamed('left')).toHaveLength(1)
  expect(pair.posts()).toBe(2)
})

test('the next write of that name waits for it', async () => {
  await using pair = await startCreatePair()
  const token = pair.simulator.issueToken()
  pair.simulator.failNext({ kind: 'delay', ms: 100 }, { match: { method: 'POST' } })
  const leave = sendAndLeave(pair.gateway.url, channelInput('left'), token)
  await expect.poll(pair.posts, { interval: 2 }).toBe(1)
  await leave()
  const { errors } = await pair.create(channelInput('left'))
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'CHANNEL_NAME_TAKEN' })
  expect(await pair.channelsNamed('left')).toHaveLength(1)
})

test('a read stops when the client leaves', async () => {
  const received = Promise.withResolvers<{ readonly hungUp: Promise<unknown> }>()
  await using upstream = await startUpstream((_call, { response }) => {
    received.resolve({ hungUp: once(response, 'close') })
    return undefined
  })
  await using gateway = await startGateway({
    upstream: upstream.url,
    limits: { headersMs: 60_000, deadlineMs: 60_000 },
  })
  const leaving = new AbortController()
  const sent = fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' },
    body: JSON.stringify({ query: '{ vpcChannel(instanceId: "i", id: "c") { name } }' }),
    signal: leaving.signal,
  })
  const { hungUp } = await received.promise
  leaving.abort()
  await expect(sent).rejects.toThrow()
  // Long before any limit of the gateway ends it.
  await hungUp
  expect(upstream.calls).toHaveLength(1)
})
