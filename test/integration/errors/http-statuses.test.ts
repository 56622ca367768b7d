import { describe, expect, test } from 'vitest'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const JSON_TYPE = 'application/json'
const GRAPHQL_TYPE = 'application/graphql-response+json'

const CREATE = `mutation($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { outcome } }`
const INPUT = { instanceId: 'i1', name: 'orders', port: 80, memberType: 'IP' }
const READ = '{ vpcChannel(product: APIG, instanceId: "i1", id: "c1") { name } }'

interface Case {
  readonly body: unknown
  readonly token?: string
  readonly method?: 'GET'
  readonly headers?: Readonly<Record<string, string>>
}

/** The gateway's statuses in front of a cloud that refuses everything with 404. */
async function statusOf({ body, token = TOKEN, method, headers }: Case, accept: string): Promise<number> {
  await using upstream = await startUpstream(() => ({
    status: 404,
    body: { error_code: 'APIG.3004', error_msg: 'not there' },
  }))
  await using gateway = await startGateway({ upstream: upstream.url })
  const query = method === 'GET' ? `?${new URLSearchParams(body as Record<string, string>)}` : ''
  const response = await fetch(gateway.url + query, {
    method: method ?? 'POST',
    headers: { 'content-type': JSON_TYPE, accept, ...(token && { 'x-auth-token': token }), ...headers },
    ...(method === undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  return response.status
}

describe('the statuses of ADR 16', () => {
  test.each<[what: string, given: Case, graphqlType: number, json: number]>([
    ['a body that is no JSON', { body: '[' }, 400, 400],
    ['a body without a query', { body: {} }, 400, 400],
    ['variables that are a list', { body: { query: READ, variables: [7] } }, 400, 400],
    ['a document that cannot be parsed', { body: { query: '{' } }, 400, 200],
    ['an invalid document', { body: { query: '{ nope }' } }, 400, 200],
    ['a document over a limit', { body: { query: `{${' __typename'.repeat(20_000)} }` } }, 400, 200],
    ['no operation of the name', { body: { query: 'query A { __typename }', operationName: 'B' } }, 400, 200],
    [
      'two operations and no name',
      { body: { query: 'query A { __typename } query B { __typename }' } },
      400,
      200,
    ],
    ['a variable of a wrong type', { body: { query: CREATE, variables: { input: 7 } } }, 400, 200],
    ['a mutation by GET', { method: 'GET', body: { query: 'mutation { __typename }' } }, 405, 405],
    ['another media type', { body: { query: READ }, headers: { 'content-type': 'text/plain' } }, 415, 415],
    ['a read that failed', { body: { query: READ } }, 200, 200],
    ['a write that failed', { body: { query: CREATE, variables: { input: INPUT } } }, 200, 200],
    [
      'a write that breaks a rule',
      { body: { query: CREATE, variables: { input: { ...INPUT, port: 0 } } } },
      200,
      200,
    ],
    ['a token that is missing', { body: { query: READ }, token: '' }, 200, 200],
  ])('%s', async (_what, given, graphqlType, json) => {
    expect(await statusOf(given, GRAPHQL_TYPE)).toBe(graphqlType)
    expect(await statusOf(given, JSON_TYPE)).toBe(json)
  })
})
