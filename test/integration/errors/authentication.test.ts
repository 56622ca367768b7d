import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import {
  ask,
  CREATE,
  documentOf,
  expectContract,
  expectSent,
  startWillingUpstream,
} from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'

const QUERY = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'

describe('without a token nothing is sent', () => {
  test.each([
    ['no header', null],
    ['an empty header', ''],
    ['blanks', '   '],
  ])('%s', async (_name, token) => {
    for (const product of ['APIG', 'ROMA_CONNECT'] as const) {
      const { answer, calls } = await ask(
        documentOf(product),
        { input: leastInput(product) },
        {},
        { 'x-auth-token': token },
      )
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_MISSING',
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
      })
      expect(answer.errors?.[0]?.extensions).not.toHaveProperty('upstream')
      expectContract(answer)
      expect(calls).toEqual([])
    }
  })

  test('not for a query either', async () => {
    const { answer, calls } = await ask(QUERY, {}, {}, { 'x-auth-token': null })
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING' })
    expect(answer.errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(calls).toEqual([])
  })

  test('in Chinese, if asked for', async () => {
    const { answer } = await ask(QUERY, {}, {}, { 'x-auth-token': null, 'accept-language': 'zh-CN' })
    expect(answer.errors?.[0]?.message).toMatch(/\p{Script=Han}/u)
  })
})

describe('a token of odd characters goes nowhere', () => {
  test.each(['two words', 'tab\there', 'é', 'a\u00a0b', '\u00ff', 'a, b'])('%j', async (token) => {
    const { answer, calls } = await ask(CREATE, { input: leastInput('APIG') }, {}, { 'x-auth-token': token })
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', effect: 'NOT_APPLIED' })
    expect(answer.text).not.toContain(token)
    expectContract(answer)
    expect(calls).toEqual([])
  })

  test.each([
    ['two headers', 'X-Auth-Token: one\r\nX-Auth-Token: two\r\n'],
    ['a NUL', 'X-Auth-Token: a\u0000b\r\n'],
    ['a bare CR', 'X-Auth-Token: a\rb\r\n'],
    ['a bare LF', 'X-Auth-Token: a\nX-Evil: b\r\n'],
    ['a folded line', 'X-Auth-Token: a\r\n b\r\n'],
    ['UTF-8', 'X-Auth-Token: 令牌\r\n'],
  ])('written to the socket: %s', async (_name, header) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const body = JSON.stringify({ query: CREATE, variables: { input: leastInput('APIG') } })
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    socket.end(
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${header}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|401) /)
    if (answer.startsWith('HTTP/1.1 200')) expect(answer).toContain('UNAUTHENTICATED')
    for (const call of upstream.calls) expect(call.headers).not.toHaveProperty('x-evil')
    expect(upstream.calls.filter(({ headers }) => headers['x-auth-token'] !== 'a')).toEqual([])
  })

  test('one as long as it may be is sent as it is', async () => {
    const token = 'Aa0+/=_-.~!@#$%^&*()[]{}|;:\'"<>?,`'.repeat(200).slice(0, 6_000)
    const asked = await ask(CREATE, { input: leastInput('APIG') }, {}, { 'x-auth-token': token })
    expectSent(asked)
    expect(asked.calls[0]?.headers['x-auth-token']).toBe(token)
  })

  test('one of 32 KB is sent as it is', async () => {
    const token = 'Aa0+/=_-'.repeat(4 * 1024)
    const asked = await ask(CREATE, { input: leastInput('APIG') }, {}, { 'x-auth-token': token })
    expectSent(asked)
    expect(asked.calls[0]?.headers['x-auth-token']).toBe(token)
  })

  test('one that is longer than all headers may be is refused without a call, and not quoted', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, http: { headerBytes: 8 * 1024 } })
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'a'.repeat(8 * 1024 + 1) },
      body: JSON.stringify({ query: CREATE, variables: { input: leastInput('APIG') } }),
    })
    expect(response.status).toBe(431)
    const text = await response.text()
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST')
    expect(text + JSON.stringify(gateway.logged)).not.toContain('aaaa')
    expect(upstream.calls).toEqual([])
  })
})

describe('the sandbox user', () => {
  const sandbox = { sandboxToken: 'sandbox-user' }

  test('stands in for a caller who sends no token', async () => {
    const asked = await ask(CREATE, { input: leastInput('APIG') }, sandbox, { 'x-auth-token': null })
    expectSent(asked)
    expect(asked.calls[0]?.headers['x-auth-token']).toBe('sandbox-user')
  })

  test('stands in for a caller whose token the simulator has not issued, and the log says so once', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, ...sandbox })
    const foreign = ['MIIEkgYJ-a-token-of-a-real-login', 'eyJhbGciOiJub25lIn0.e30.x']
    for (const token of foreign) await gateway.send<unknown, object>(QUERY, {}, { 'x-auth-token': token })
    expect(upstream.calls.map(({ headers }) => headers['x-auth-token'])).toEqual([
      'sandbox-user',
      'sandbox-user',
    ])
    const warned = gateway.logged.filter(({ msg }) => String(msg).startsWith('SANDBOX: '))
    expect(warned).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringContaining('X-Auth-Token') }),
    ])
    for (const token of foreign) expect(JSON.stringify(gateway.logged)).not.toContain(token)
  })

  test('never for a caller whose token the simulator has issued, nor for one whose token cannot be any', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, ...sandbox, knownTokens: [TOKEN] })
    await gateway.send<unknown, object>(QUERY, {})
    expect(upstream.calls.map(({ headers }) => headers['x-auth-token'])).toEqual([TOKEN])
    const bad = await gateway.send<unknown, object>(QUERY, {}, { 'x-auth-token': 'two words' })
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' })
    expect(upstream.calls).toHaveLength(1)
    expect(gateway.logged.filter(({ msg }) => String(msg).startsWith('SANDBOX: '))).toEqual([])
  })
})
