import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CREATE, startWillingUpstream, UPSERT } from '../../fixtures/ask.ts'
import { fullInput, type Json, leastInput, withValues } from '../../fixtures/channel-inputs.ts'
import { runs } from '../../support/runs.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { openAgent, type Sent, send, withEach } from './at-once.ts'
import { GRAPHQL_TYPE, JSON_TYPE } from './requests.ts'

const REQUESTS = runs(3_000)
const AT_ONCE = 32
const TOKEN = 'planted-token-7f3a'
const VALUE = 'planted-value-91c2'

const DOCUMENTS = [
  CREATE,
  UPSERT,
  'query Show($id: ID!) { vpcChannel(instanceId: $id, id: "c") { id name members { host } ...G } } fragment G on VpcChannel { memberGroups { name } }',
  'query List($first: Int! = 2) { vpcChannels(instanceId: "i", first: $first) { totalCount edges { cursor node { id } } } }',
  'query Plan($input: UpsertProjectVpcChannelsInput!) { planProjectVpcChannels(input: $input) { planId instances { action } } }',
  'subscription Told($input: UpsertProjectVpcChannelsInput!) { upsertProjectVpcChannels(input: $input) { __typename } }',
  'query Entities($r: [_Any!]!) { _entities(representations: $r) { __typename ... on VpcChannel { name } } }',
  '{ _service { sdl } a: __typename @include(if: true) __schema { types { name } } }',
  'mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 22, members: [{host: "h"}]}) { vpcChannel { id } } }',
] as const

const WORDS = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '!',
    '$',
    '@',
    '...',
    ':',
    '|',
    '&',
    '=',
    '"',
    '"""',
    '#',
    '\\u0000',
    '\n',
    '\ufeff',
  ],
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'null',
    'true',
    '__typename',
    '__schema',
    '__proto__',
  ],
  ...[
    'constructor',
    '$input',
    '@skip(if: true)',
    '@defer',
    '-0',
    '1e999',
    '99999999999999999999',
    '"\\ud800"',
    'é',
    '\u0000',
  ],
]

/** A document with some of its words taken out, put twice, or put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...DOCUMENTS),
    fc.array(
      fc.tuple(fc.nat(200), fc.constantFrom('cut', 'twice', 'put', 'put', 'end'), fc.constantFrom(...WORDS)),
      {
        maxLength: 3,
        size: 'xsmall',
      },
    ),
  )
  .map(([document, changes]): readonly string[] =>
    changes.reduce(
      (words, [place, change, word]) => {
        const at = place % Math.max(1, words.length)
        if (change === 'cut') return words.toSpliced(at, 1)
        if (change === 'twice') return words.toSpliced(at, 0, words[at] ?? '')
        return change === 'end' ? words.slice(0, at) : words.toSpliced(at, 0, word)
      },
      [...(document.match(/\w+|\.\.\.|\s|[^\w\s]/g) ?? [])],
    ),
  )
  .map((words) => words.join(''))

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    VALUE,
    '',
    ' ',
    '\u0000',
    '\ud800',
    -0,
    1e21,
    2 ** 53,
    [[]],
    {},
    '..',
    '__proto__',
    null,
  ),
)

const input = fc
  .tuple(
    fc.constantFrom<Json>(
      leastInput('APIG'),
      leastInput('ROMA_CONNECT'),
      fullInput('APIG'),
      fullInput('ROMA_CONNECT'),
    ),
    fc.dictionary(
      fc.constantFrom(
        'name',
        'port',
        'members.0.host',
        'instanceIds',
        'projectId',
        'healthCheck',
        'memberGroups.0.name',
      ),
      odd,
      { maxKeys: 2, size: 'xsmall' },
    ),
  )
  .map(([given, changes]) => withValues(given as never, changes as never))

/** Something that fits, most of the time. */
const mostly = (fitting: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fc.constant(fitting), weight: 5 }, { arbitrary: odd, weight: 1 })

const variables = fc.oneof(
  {
    arbitrary: fc.record({
      input,
      id: mostly('i'),
      first: mostly(2),
      r: mostly([{ __typename: 'VpcChannel', product: 'APIG', instanceId: 'i', id: 'c' }]),
    }),
    weight: 9,
  },
  { arbitrary: odd, weight: 1 },
)

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 9 }, { arbitrary, weight: 1 })

const parameters = fc.record({
  query: fc.oneof({ arbitrary: mutated, weight: 20 }, { arbitrary: odd, weight: 1 }),
  variables,
  operationName: seldom(fc.oneof(fc.constantFrom('Create', 'Show', null), odd)),
  extensions: seldom(odd),
  [VALUE]: seldom(odd),
})

const body = fc.oneof(
  { arbitrary: parameters.map((value) => JSON.stringify(value)), weight: 20 },
  { arbitrary: fc.array(parameters, { maxLength: 3 }).map((value) => JSON.stringify(value)), weight: 1 },
)

/** Most of the time a body as it is; else cut short, with a byte put in, or no JSON at all. */
const bytes = fc.oneof(
  { arbitrary: body, weight: 8 },
  { arbitrary: fc.tuple(body, fc.nat(400)).map(([text, at]) => text.slice(0, at)), weight: 1 },
  {
    arbitrary: fc.tuple(body, fc.nat(400), fc.uint8Array({ maxLength: 3 })).map(([text, at, put]) => {
      const whole = new TextEncoder().encode(text)
      return new Uint8Array([...whole.slice(0, at), ...put, ...whole.slice(at)])
    }),
    weight: 1,
  },
  { arbitrary: fc.uint8Array({ maxLength: 100 }), weight: 1 },
)

const often = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 20 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  )

/** What may stand in a header. */
const word = fc.stringMatching(/^[\x21-\x7e]{0,40}$/)

const headers = fc.record({
  'content-type': often(
    JSON_TYPE,
    'application/json; charset=utf-8',
    'application/json;charset=utf-16',
    'text/plain',
    'multipart/form-data',
    '',
    ';',
    'application/graphql',
  ),
  accept: often(
    JSON_TYPE,
    GRAPHQL_TYPE,
    '*/*',
    'text/event-stream',
    'multipart/mixed',
    'text/html',
    '*',
    ',',
    `${JSON_TYPE};charset=latin1`,
    '',
  ),
  'x-auth-token': often(TOKEN, '', `${TOKEN} x`, `${TOKEN},`, '\xe9'),
  'x-request-id': fc.oneof(fc.constantFrom('mine-1', '', `"${'x'.repeat(300)}`), word),
  'x-project-id': fc.oneof(often('p1', '..', '', 'a/b'), fc.constant('p1'), word),
  'accept-language': fc.oneof(fc.constantFrom('zh-CN,en;q=0.5', '*', ';q=', 'zh;q=zh'), word),
  origin: often('https://console.example', 'null', 'https://evil.example', ''),
})

const requests: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.oneof(
      { arbitrary: fc.constant('POST'), weight: 9 },
      { arbitrary: fc.constantFrom('GET', 'PUT', 'OPTIONS', 'DELETE', 'PATCH'), weight: 1 },
    ),
    query: mutated,
    variables,
    path: often(
      '/graphql',
      '/graphql?',
      '/graphql?x=%',
      '/',
      '/graphql/',
      '//',
      '/health',
      '/graphql?query=%7B__typename%7D',
    ),
    headers,
    body: bytes,
  })
  .map(({ query, variables: given, ...sent }) =>
    sent.method === 'GET'
      ? {
          ...sent,
          body: '',
          path: `/graphql?${new URLSearchParams({ query: query.toWellFormed(), variables: JSON.stringify(given) })}`.slice(
            0,
            6_000,
          ),
        }
      : sent,
  )

/** What no answer may hold, and no line of the log either. */
const LEAK =
  /planted-token|\bat (?:[\w.<>]+ \()?(?:file:|node:|\/\w+\/)|node:internal|node_modules|"stack"|\.ts:\d/

test.each([
  ['production', true],
  ['development', false],
] as const)(
  'whatever is sent, in %s: an answer, no fault of the gateway, no secret, no stack',
  async (_name, production) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({
      upstream: upstream.url,
      production,
      corsOrigins: ['https://console.example'],
    })
    const agent = openAgent(AT_ONCE)
    const seed = Math.floor(Math.random() * 2 ** 31)
    const all = fc.sample(requests, { numRuns: REQUESTS / 2, seed })
    const statuses = new Map<number, number>()
    await withEach(all, AT_ONCE, async (request) => {
      const { status, text } = await send(agent, gateway.url, request)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const wrong = status === 0 || status >= 500 || text.includes('INTERNAL_SERVER_ERROR') || LEAK.test(text)
      if (wrong)
        expect.fail(
          `seed ${seed}: ${JSON.stringify({ ...request, body: Buffer.from(request.body).toString() })} → ${status} ${text}`,
        )
    })
    agent.destroy()
    for (const line of gateway.logged) {
      const written = JSON.stringify(line)
      if (Number(line['level']) >= 50 || LEAK.test(written) || written.includes(VALUE))
        expect.fail(`seed ${seed}: logged ${written}`)
    }
    // The requests were of all kinds, and the process goes on.
    for (const status of [200, 400, 404, 405, 406, 415])
      expect(statuses.get(status), `${status}`).toBeGreaterThan(10)
    expect(upstream.calls.length).toBeGreaterThan(100)
    expect((await gateway.send('{ __typename }')).data).toEqual({ __typename: 'Query' })
  },
)
