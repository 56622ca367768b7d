import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Limits } from '../../../src/upstream/client/limits.ts'
import { CREATE } from '../../fixtures/ask.ts'
import { runs } from '../../support/runs.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { openAgent, send, withEach } from './at-once.ts'
import { JSON_TYPE } from './requests.ts'

const OPERATIONS = runs(1_500)
const AT_ONCE = 32
const TOKEN = 'MIIplantedtokenofthecaller7f3a'
const VALUE = 'planted-value-91c2'

/** No breaker, no queue that is full: every operation is to meet an answer. */
const PATIENT: Partial<Limits> = {
  fewestCalls: 1_000_000,
  inFlight: 1_000,
  inFlightPerCaller: 1_000,
  queue: 10_000,
  retryWaitMs: 0,
  headersMs: 1_000,
  bodyMs: 1_000,
  deadlineMs: 5_000,
}

/** What a failing cloud may say of itself and of its caller. */
const PLANTED = [
  `token ${TOKEN} is bad`,
  'X-Subject-Token: PLANTED-SUBJECT-TOKEN',
  'Authorization: SDK-HMAC-SHA256 Access=PLANTEDACCESSKEY0001, SignedHeaders=host, Signature=PLANTED-SIGNATURE',
  'password=PLANTED-PASSWORD was wrong',
  'secret_key=PLANTED-SECRET-KEY',
  'java.lang.NullPointerException\n\tat com.huawei.PLANTED.Service.create(Service.java:120)',
  'TypeError: x\n    at Object.<anonymous> (/opt/PLANTED/index.js:1:1)\n    at node:internal/main',
  'call to https://PLANTED.example:9443/internal failed',
]
const LEAK =
  /PLANTED|MIIplanted|\bat (?:[\w.<>]+ \()?(?:file:|node:|\/\w+\/)|node:internal|node_modules|\.ts:\d/i

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '',
    null,
    [],
    {},
    0,
    -1,
    1e300,
    '\u0000',
    '\ud800',
    [[]],
    '__proto__',
    2 ** 60,
    '2020-13-45T99:99:99Z',
  ),
)

const channel = fc.record(
  {
    id: fc.oneof(fc.constant('c1'), odd),
    name: fc.oneof(fc.constant('vpc_demo'), odd),
    instance_id: fc.oneof(fc.constantFrom('i-1', 'i-2'), odd),
    port: odd,
    member_type: fc.oneof(fc.constantFrom('ip', 'ecs'), odd),
    type: fc.oneof(fc.constantFrom(2, 3, 'builtin'), odd),
    balance_strategy: odd,
    status: odd,
    create_time: odd,
    member_groups: fc.oneof(fc.array(fc.record({ member_group_name: odd, microservice_labels: odd })), odd),
    members: fc.oneof(
      fc.array(fc.record({ host: odd, weight: odd, member_group_name: odd }), { maxLength: 3 }),
      odd,
    ),
    vpc_health_config: fc.oneof(fc.record({ protocol: odd, threshold_normal: odd, http_code: odd }), odd),
    microservice_info: fc.oneof(fc.record({ service_type: odd, cse_info: odd, cce_info: odd }), odd),
    ['__proto__']: odd,
    stack: fc.constantFrom(...PLANTED),
  },
  { requiredKeys: [] },
)

const list = fc.oneof(fc.array(channel, { maxLength: 3 }), odd)

const failure = fc
  .record({
    code: fc.constantFrom(
      'APIG.2000',
      'APIG.2001',
      'APIG.3208',
      'APIG.3030',
      'APIG.9999',
      'APIG.0301',
      'IAM.0067',
      '',
      'x',
      '500',
    ),
    said: fc.oneof(
      fc.constantFrom(...PLANTED),
      odd.map((value) => JSON.stringify(value)),
    ),
    more: odd,
  })
  .chain(({ code, said, more }) =>
    fc.constantFrom<unknown>(
      { error_code: code, error_msg: said, request_id: said, details: more },
      { error: { code, message: said, title: said } },
      { code, message: said, stack: said },
      { details: [{ error_code: code, error_msg: said }] },
      { error_code: more, error_msg: more },
      said,
      `<html><body>${said}</body></html>`,
    ),
  )

const success = fc.oneof(
  { arbitrary: channel, weight: 2 },
  {
    arbitrary: fc.record(
      { size: odd, total: odd, vpc_channels: list, project_vpc_channels: list },
      { requiredKeys: ['vpc_channels', 'project_vpc_channels'] },
    ),
    weight: 4,
  },
  { arbitrary: odd, weight: 1 },
)

interface Planned {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly end: 'whole' | 'cut' | 'reset' | 'early'
}

const answers: fc.Arbitrary<Planned> = fc
  .oneof(
    fc.record({ status: fc.constantFrom(200, 200, 201, 202, 204, 206), body: success }),
    fc.record({ status: fc.constantFrom(400, 401, 403, 404, 409, 429, 500, 502, 503, 504), body: failure }),
    fc.record({
      status: fc.constantFrom(200, 201, 301, 302, 304, 418, 599),
      body: fc.oneof(failure, success),
    }),
  )
  .chain(({ status, body }) =>
    fc.record({
      status: fc.constant(status),
      body: fc.constant(typeof body === 'string' ? body : JSON.stringify(body)),
      headers: fc.record({
        'content-type': fc.constantFrom('application/json', 'text/html', 'application/octet-stream', ''),
        'x-request-id': fc.constantFrom('upstream-1', '"', 'x'.repeat(500)),
        'retry-after': fc.constantFrom('0', '-1', 'soon', '99999999999'),
        'set-cookie': fc.constantFrom(...PLANTED.map(encodeURIComponent)),
        location: fc.constantFrom('/elsewhere', 'http://PLANTED.example/'),
      }),
      end: fc.oneof(
        { arbitrary: fc.constant('whole' as const), weight: 12 },
        { arbitrary: fc.constantFrom('cut' as const, 'reset' as const, 'early' as const), weight: 1 },
      ),
    }),
  )

const CHANNEL = `id name port status type memberType createdAt memberGroups { name microserviceLabels { name } }
  members { host weight } healthCheck { protocol httpCodes } microservice { serviceType }`
const DOCUMENTS: readonly (readonly [query: string, variables: (index: number) => object])[] = [
  [CREATE, (index) => ({ input: { instanceId: 'i-1', name: `name_${index}`, port: 22, dictCode: VALUE } })],
  [
    `mutation M($input: UpsertProjectVpcChannelsInput!) { upsertProjectVpcChannels(input: $input) { status results { instanceId outcome vpcChannel { ${CHANNEL} } error { code } } } }`,
    (index) => ({ input: { instanceIds: ['i-1', 'i-2'], name: `name_${index}`, port: 22, dictCode: VALUE } }),
  ],
  [`query Show { vpcChannel(instanceId: "i-1", id: "c1") { ${CHANNEL} } }`, () => ({})],
  [
    'query List { vpcChannels(instanceId: "i-1") { totalCount nodes { id name members { host } } pageInfo { endCursor } } }',
    () => ({}),
  ],
  ['query All { projectVpcChannels(first: 3) { nodes { id name instanceId } } }', () => ({})],
  [
    'query Plan($input: UpsertProjectVpcChannelsInput!) { planProjectVpcChannels(input: $input) { planId instances { action changes { path } error { code } } } }',
    (index) => ({ input: { instanceIds: ['i-1', 'i-2'], name: `name_${index}`, port: 22 } }),
  ],
  [
    'query Entities($r: [_Any!]!) { _entities(representations: $r) { ... on VpcChannel { name members { host } } } }',
    () => ({ r: [{ __typename: 'VpcChannel', product: 'APIG', instanceId: 'i-1', id: 'c1' }] }),
  ],
]

test('whatever the cloud answers: no fault of the gateway, no secret, no stack', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const planned = fc.sample(answers, { numRuns: OPERATIONS, seed })
  let next = 0
  await using upstream = await startUpstream((_call, { response }) => {
    const { status, body, headers, end } = planned[next++ % planned.length]!
    if (end === 'early') response.destroy()
    else {
      response.writeHead(status, headers)
      if (end === 'whole') response.end(body)
      else if (end === 'cut') response.end(body.slice(0, body.length / 2))
      else response.write(body.slice(0, body.length / 2), () => response.destroy())
    }
    return undefined
  })
  await using gateway = await startGateway({ upstream: upstream.url, production: true, limits: PATIENT })
  const agent = openAgent(AT_ONCE)
  const codes = new Map<string, number>()
  const headers = { 'content-type': JSON_TYPE, accept: JSON_TYPE, 'x-auth-token': TOKEN }
  await withEach([...Array(OPERATIONS).keys()], AT_ONCE, async (index) => {
    const [query, variables] = DOCUMENTS[index % DOCUMENTS.length]!
    const body = JSON.stringify({ query, variables: variables(index) })
    const from = next
    const { status, text } = await send(agent, gateway.url, {
      method: 'POST',
      path: '/graphql',
      headers,
      body,
    })
    const wrong = status !== 200 || text.includes('INTERNAL_SERVER_ERROR') || LEAK.test(text)
    if (wrong) expect.fail(`seed ${seed}, answers ${from} to ${next}: ${query} → ${status} ${text}`)
    for (const [, code = ''] of text.matchAll(/"code":"(\w+)"/g)) codes.set(code, (codes.get(code) ?? 0) + 1)
    if (!text.includes('"code"')) codes.set('none', (codes.get('none') ?? 0) + 1)
  })
  agent.destroy()
  for (const line of gateway.logged) {
    const written = JSON.stringify(line)
    const wrong = Number(line['level']) >= 50 || LEAK.test(written) || written.includes(VALUE)
    if (wrong) expect.fail(`seed ${seed}: logged ${written}`)
  }
  // The answers were of all kinds, and the process goes on.
  expect(next).toBeGreaterThan(OPERATIONS)
  for (const code of [
    'none',
    'UPSTREAM_BAD_RESPONSE',
    'UPSTREAM_UNAVAILABLE',
    'UNAUTHENTICATED',
    'RATE_LIMITED',
    'CONFLICT',
  ]) {
    expect(codes.get(code), code).toBeGreaterThan(10)
  }
  expect((await gateway.send('{ __typename }')).data).toEqual({ __typename: 'Query' })
})
