import { describe, expect, test } from 'vitest'
import { CREATE, startWillingUpstream } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { http } from '../../support/http.ts'
import { type AnsweredError, startGateway, TOKEN } from '../../support/start-gateway.ts'

const SECRET = 'hunter2'
const JSON_TYPE = 'application/json'
const GRAPHQL_TYPE = 'application/graphql-response+json'

async function post(body: string, accept?: string, contentType = JSON_TYPE) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url })
  const { text, ...response } = await http(gateway.url, {
    headers: { 'content-type': contentType, 'x-auth-token': TOKEN, ...(accept !== undefined && { accept }) },
    body,
  })
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    requestId: response.headers.get('x-request-id'),
    calls: upstream.calls.length,
    logged: JSON.stringify(gateway.logged),
    errors: (text.startsWith('{') ? (JSON.parse(text).errors ?? []) : []) as readonly AnsweredError[],
  }
}

const query = (text: string, more: object = {}): string => JSON.stringify({ query: text, ...more })

const MALFORMED: readonly (readonly [name: string, body: string, code?: string])[] = [
  ['JSON cut short', `{"query":"{ __typename }","variables":{"password":"${SECRET}"`],
  ['no JSON', `password=${SECRET}`],
  ['an empty body', ''],
  ['a text', `"${SECRET}"`],
  ['a number', '42'],
  ['null', 'null'],
  ['an array', `["${SECRET}"]`],
  ['an empty array', '[]'],
  ['no query', `{"variables":{"password":"${SECRET}"}}`],
  ['a query that is null', '{"query":null}'],
  ['a query that is a number', '{"query":1}'],
  ['a query that is an object', `{"query":{"password":"${SECRET}"}}`],
  ['variables that are a text', query('{ __typename }', { variables: SECRET })],
  ['variables that are an array', query('{ __typename }', { variables: [SECRET] })],
  ['extensions that are a text', query('{ __typename }', { extensions: SECRET })],
  ['an operation name that is an object', query('{ __typename }', { operationName: { password: SECRET } })],
  ['an unknown operation name', query('query A { __typename }', { operationName: 'B' })],
  ['two operations and no name', query('query A { __typename } query B { __typename }')],
  ['no operation', query('fragment F on Query { __typename }')],
  ['an empty document', query(''), 'GRAPHQL_PARSE_FAILED'],
  ['a syntax error', query(`{ vpcChannel(id: "${SECRET}"`), 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', query('{ nope }'), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'an unknown argument',
    query(`{ vpcChannel(instanceId: "i", id: "c", key: "${SECRET}") { id } }`),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a missing argument',
    query('mutation { createVpcChannel { vpcChannel { id } } }'),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'an undefined variable',
    query('mutation { createVpcChannel(input: $input) { vpcChannel { id } } }'),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a variable of an unknown type', query('query Q($a: Nope) { __typename }'), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a variable of another type',
    query('mutation M($input: String) { createVpcChannel(input: $input) { vpcChannel { id } } }'),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a fragment of itself', query('{ ...F } fragment F on Query { ...F }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['a byte order mark and rubbish', '\ufeff\u0000\u0001'],
]

describe('a malformed request gets a clear code, and nothing of itself back', () => {
  test.each(MALFORMED.map(([name, body, code]) => ({ name, body, code })))(
    '$name',
    async ({ body, code }) => {
      for (const accept of [undefined, JSON_TYPE, GRAPHQL_TYPE]) {
        const answer = await post(body, accept)
        expect(answer.calls).toBe(0)
        expect(answer.errors.length).toBeGreaterThan(0)
        for (const { extensions, message } of answer.errors) {
          expect(extensions.code).toMatch(/^[A-Z]+(_[A-Z]+)+$/)
          expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR')
          if (code !== undefined) expect(extensions.code).toBe(code)
          expect(extensions.requestId).toBe(answer.requestId)
          expect(
            Object.keys(extensions).filter((key) => !['code', 'requestId', 'retry'].includes(key)),
          ).toEqual([])
          expect(message).not.toBe('')
        }
        for (const shown of [answer.text, answer.logged]) {
          expect(shown).not.toContain(SECRET)
          expect(shown).not.toMatch(/node_modules|\.(js|ts):\d+|"stack"|\n {4}at /)
        }
        expect(answer.text).not.toContain('"data"')
      }
    },
  )

  test.each<[string, object]>([
    ['a secret', { extra: SECRET }],
    ['an id, and nothing', { id: 1, key: null }],
    ['names like those of GraphQL', { __typename: 'x', Query: {}, 'operationName ': 1 }],
    ['names that every object has', { toString: 1, hasOwnProperty: 2, valueOf: null }],
  ])('a member of the body that is not GraphQL’s is let pass: %s', async (_name, more) => {
    const { status, errors, text, logged } = await post(query('{ __typename }', more))
    expect([status, errors, text]).toEqual([200, [], '{"data":{"__typename":"Query"}}'])
    expect(logged).not.toContain(SECRET)
  })
})

describe('statuses by media type', () => {
  const invalid = query(CREATE, { variables: { input: { ...leastInput('APIG'), port: 'x' } } })
  const refused = query(CREATE, { variables: { input: { ...leastInput('APIG'), name: 'a' } } })
  const literal = query(
    'mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 70000}) { vpcChannel { id } } }',
  )

  test.each([
    ['malformed JSON', '{"query'],
    ['no query', '{}'],
    ['a syntax error', query('{')],
    ['an unknown field', query('{ nope }')],
    ['a variable of the wrong type', invalid],
    ['a literal of the wrong type', literal],
  ])('the newer type says 400 of what never ran: %s', async (_name, body) => {
    const { status, type, text } = await post(body, GRAPHQL_TYPE)
    expect(status).toBe(400)
    expect(type).toContain(GRAPHQL_TYPE)
    expect(text).not.toContain('"data"')
  })

  test.each([
    ['a syntax error', query('{')],
    ['an unknown field', query('{ nope }')],
    ['a variable of the wrong type', invalid],
    ['a literal of the wrong type', literal],
    ['a refused input', refused],
    ['a success', query('{ __typename }')],
  ])('the older type says 200 of every well-formed request: %s', async (_name, body) => {
    const { status, type } = await post(body, JSON_TYPE)
    expect(status).toBe(200)
    expect(type).toContain(JSON_TYPE)
  })

  test('an operation that ran answers 200 in both', async () => {
    for (const accept of [JSON_TYPE, GRAPHQL_TYPE]) {
      const { status, errors } = await post(refused, accept)
      expect(status).toBe(200)
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  test.each([
    ...[
      'image/png',
      'text/html',
      'application/xml',
      'text/*',
      'multipart/*',
      'application/*',
      '*/*',
      'text/plain, */*;q=0.1',
    ],
    ...[
      'application/json;q=0',
      'application/json; charset=utf-8',
      'APPLICATION/JSON',
      'image/*',
      '*',
      'nonsense',
    ],
  ])('a caller who cannot read the answer does not have the write either: accept %s', async (accept) => {
    const { status, calls } = await post(query(CREATE, { variables: { input: leastInput('APIG') } }), accept)
    expect(status === 406 ? calls : 'answered').toBe(status === 406 ? 0 : 'answered')
  })
})
