import { describe, expect, test } from 'vitest'
import { http } from '../../support/http.ts'
import { INSTANCES, ORDERS, startPair } from './upsert-pair.ts'

/** The `Accept` headers that clients send with a subscription, and those of others. */
const APOLLO =
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9'
const URQL = 'text/event-stream, multipart/mixed'
const GRAPHQL_SSE = 'text/event-stream'
const MULTIPART_ALONE = 'multipart/mixed; boundary="x"; subscriptionSpec="1.0"'

const EVENTS_TYPE = 'text/event-stream'
const MULTIPART_TYPE = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0'

const SUBSCRIBE = `subscription Progress($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) { finished result { outcome } }
}`
const TWO = { ...ORDERS, instanceIds: INSTANCES.slice(0, 2) }
const event = (finished: number) => ({
  data: { upsertProjectVpcChannels: { finished, result: { outcome: 'CREATED' } } },
})

async function subscribe(accept: string, { query = SUBSCRIBE, input = TWO as object, headers = {} } = {}) {
  await using pair = await startPair()
  const { text, ...response } = await http(pair.gateway.url, {
    headers: { 'content-type': 'application/json', 'x-auth-token': pair.token, accept, ...headers },
    body: JSON.stringify({ query, variables: { input } }),
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    text,
    puts: pair.puts.length,
    logged: pair.gateway.logged,
    audited: pair.gateway.audited,
  }
}

/** What a client reads of a body, as its specification says, read by hand. */
function messagesOf(type: string | null, text: string): unknown[] {
  if (type === EVENTS_TYPE) {
    expect(text).toMatch(/event: complete\ndata:\n\n$/)
    return [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data))
  }
  if (type !== MULTIPART_TYPE) return [JSON.parse(text)]
  const [preamble, ...parts] = text.split('\r\n--graphql')
  expect([preamble, parts.pop()]).toEqual(['', '--\r\n'])
  return parts
    .map((part) => {
      const [head, body = ''] = part.split('\r\n\r\n')
      expect(head).toBe('\r\ncontent-type: application/json')
      return JSON.parse(body)
    })
    .filter((message) => Object.keys(message).length > 0)
    .map(({ payload, ...rest }) => {
      expect(rest).toEqual({})
      return payload
    })
}

describe.each([
  ['Apollo Client', APOLLO, MULTIPART_TYPE],
  ['urql', URQL, EVENTS_TYPE],
  ['graphql-sse', GRAPHQL_SSE, EVENTS_TYPE],
  ['a client of multipart alone', MULTIPART_ALONE, MULTIPART_TYPE],
  ['curl', '*/*', EVENTS_TYPE],
  ['one that prefers Apollo’s protocol', `text/event-stream;q=0.5, ${MULTIPART_ALONE}`, MULTIPART_TYPE],
  ['one that prefers events', `${MULTIPART_ALONE};q=0.1, text/event-stream`, EVENTS_TYPE],
])('%s', (_name, accept, type) => {
  test('gets an event per instance, through proxies that would collect them', async () => {
    const { headers, text, ...answer } = await subscribe(accept)
    expect([answer.status, answer.type]).toEqual([200, type])
    expect(messagesOf(answer.type, text)).toEqual([event(1), event(2)])
    expect(headers.get('x-accel-buffering')).toBe('no')
    expect(headers.get('content-encoding')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store, no-transform')
  })

  test.each([
    [
      'that is invalid',
      { query: SUBSCRIBE.replace('finished', 'nope') },
      { code: 'GRAPHQL_VALIDATION_FAILED' },
    ],
    ['that cannot be parsed', { query: 'subscription {' }, { code: 'GRAPHQL_PARSE_FAILED' }],
    ['with a value of a wrong type', { input: { ...TWO, port: 'x' } }, { code: 'BAD_USER_INPUT' }],
    [
      'with a long value of a wrong type',
      { input: { ...TWO, port: 'x'.repeat(11_000) } },
      { code: 'BAD_USER_INPUT' },
    ],
    ['that breaks a rule', { input: { ...TWO, name: 'x' } }, { code: 'BAD_USER_INPUT' }],
    ['without a valid token', { headers: { 'x-auth-token': 'two words' } }, { reason: 'TOKEN_INVALID' }],
  ])('reads the errors of a subscription %s', async (_what, sent, extensions) => {
    const { status, type: answered, text, headers, puts } = await subscribe(accept, sent)
    const messages = messagesOf(answered, text)
    expect(messages).toEqual([
      {
        errors: [
          expect.objectContaining({
            extensions: expect.objectContaining({
              ...extensions,
              requestId: headers.get('x-request-id'),
            }),
          }),
        ],
      },
    ])
    // Clients read streams with 200 alone, and the newer JSON type with any status.
    const isStream = answered === EVENTS_TYPE || answered === MULTIPART_TYPE
    expect(isStream || accept === APOLLO || accept === '*/*').toBe(true)
    if (isStream) expect(status).toBe(200)
    expect(puts).toBe(0)
  })
})

describe('a subscription whose caller could not read its events', () => {
  test.each([
    ['application/json', 'application/json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['multipart/mixed', 'application/json'],
    ['multipart/mixed;subscriptionSpec=2.0', 'application/json'],
    ['multipart/mixed;deferSpec=20220824,application/json', 'application/json'],
    ['multipart/*', 'application/json'],
    ['text/event-stream;q=0, application/json', 'application/json'],
    ['*/*, text/event-stream;q=0', 'application/json'],
    [`${MULTIPART_ALONE};q=0, application/*`, 'application/json'],
  ])('%s is refused with what to send, and with a line in the log', async (accept, type) => {
    const { status, headers, text, puts, logged, audited, ...answer } = await subscribe(accept)
    expect([status, answer.type]).toEqual([406, `${type}; charset=utf-8`])
    const requestId = headers.get('x-request-id')
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: expect.stringMatching(
            /Accept: text\/event-stream.*Accept: multipart\/mixed;subscriptionSpec=1\.0/,
          ),
          extensions: { code: 'BAD_REQUEST', requestId },
        },
      ],
    })
    expect(puts).toBe(0)
    expect(logged).toContainEqual(
      expect.objectContaining({
        level: 40,
        requestId,
        kind: 'subscription',
        operationName: 'Progress',
        errors: ['BAD_REQUEST'],
      }),
    )
    expect(audited).toEqual([
      expect.objectContaining({
        requestId,
        effect: 'NOT_APPLIED',
        who: expect.stringMatching(/^token:/),
        error: { code: 'BAD_REQUEST' },
      }),
    ])
  })
})

test.each([EVENTS_TYPE, MULTIPART_ALONE])(
  'a refusal before GraphQL has an error status where only %s is read',
  async (accept) => {
    await using pair = await startPair()
    const { status, text } = await http(pair.gateway.url, {
      headers: { 'content-type': 'application/json', 'x-auth-token': pair.token, accept },
      body: JSON.stringify({ documentId: 'sha256:x' }),
    })
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([
      400,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ])
  },
)

test('a listener of Apollo’s protocol who leaves does not stop the write', async () => {
  await using pair = await startPair()
  const leaving = new AbortController()
  const { body } = await fetch(pair.gateway.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json', 'x-auth-token': pair.token, accept: APOLLO },
    body: JSON.stringify({ query: SUBSCRIBE, variables: { input: TWO } }),
  })
  // The first part comes before any event.
  const first = await body?.getReader().read()
  expect(new TextDecoder().decode(first?.value)).toContain('{}')
  leaving.abort()
  await expect.poll(() => pair.gateway.audited).toEqual([expect.objectContaining({ effect: 'APPLIED' })])
})
