import { expect, test } from 'vitest'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { fullInput, leastInput, withValues } from '../../fixtures/channel-inputs.ts'
import { startCollector } from '../../support/start-collector.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

/** One for each place that a secret can come in by. Each is found by its last word wherever it comes out. */
const SECRETS = {
  token: `MIIE${'t0kenSECRET'.repeat(8)}`,
  authorization: 'Bearer eyJhbGciOi.authSECRET',
  apiKey: 'key-apiSECRET-0123456789',
  cookie: 'session=cookieSECRET',
  variable: 'variableSECRET',
  literal: 'literalSECRET',
  host: 'hostSECRET.example',
  remark: 'remarkSECRET',
  accessKey: 'QTWAOYTTINDUT2QVKYSECRET',
  answered: 'answeredSECRET',
  answeredHeader: 'answered-headerSECRET',
}

const HEADERS = {
  'x-auth-token': SECRETS.token,
  authorization: SECRETS.authorization,
  'x-api-key': SECRETS.apiKey,
  cookie: SECRETS.cookie,
  'x-security-token': SECRETS.accessKey,
}

const input = withValues(fullInput('APIG'), {
  'members.0.host': SECRETS.host,
  'memberGroups.0.remark': SECRETS.remark,
})

/** Everything that somebody may send with secrets in it, good or bad. */
const REQUESTS: readonly (readonly [document: string, variables: object])[] = [
  [CREATE, { input }],
  [CREATE, { input, password: SECRETS.variable, secretKey: SECRETS.variable }],
  [CREATE, { input: { ...input, password: SECRETS.variable } }],
  [CREATE, { input: { ...input, port: SECRETS.variable } }],
  [CREATE, { input: { ...input, instanceId: { secret: SECRETS.variable }, name: [SECRETS.variable] } }],
  [UPSERT, { input: leastInput('ROMA_CONNECT'), planId: SECRETS.variable }],
  [
    `mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 1, dictCode: "${SECRETS.literal}"}) { vpcChannel { id } } }`,
    {},
  ],
  [`{ vpcChannel(instanceId: "i", id: "../${SECRETS.literal}") { name } }`, {}],
  [`{ vpcChannels(instanceId: "i", filter: { name: "${SECRETS.literal}" }) { nodes { name } } }`, {}],
  [`{ vpcChannel(instanceId: "i", id: "${SECRETS.literal}"`, {}],
  [`{ vpcChannel(instanceId: "i", id: "c", password: "${SECRETS.literal}") { name } }`, {}],
]

/** What a cloud may answer that says too much. */
const said = `token ${SECRETS.token} password=${SECRETS.answered} Authorization: ${SECRETS.authorization}`
const headers = {
  'set-cookie': SECRETS.answeredHeader,
  server: SECRETS.answeredHeader,
  'x-request-id': SECRETS.answeredHeader,
}
const ANSWERS: readonly PlannedAnswer[] = [
  { status: 201, headers, body: { id: 'channel-1', name: 'vpc_demo', status: 1 } },
  { status: 400, headers, body: { error_code: 'APIG.2000', error_msg: said, request_id: SECRETS.answered } },
  { status: 401, headers, body: { error_code: 'APIG.1002', error_msg: said } },
  { status: 500, headers, body: { error_code: 'APIG.9999', error_msg: said, stack: said } },
  { status: 403, headers, body: { error_code: said, error_msg: said } },
  { status: 200, headers, body: `<html>${said}</html>` },
  {
    status: 200,
    headers,
    body: { project_vpc_channels: [{ instance_id: 'instance-1', error_code: 'APIG.3208', error_msg: said }] },
  },
]

const TRACING = { sampler: 'always_on', ratio: 1, delayMs: 60_000, timeoutMs: 1_000 } as const

test.each(ANSWERS)('nothing tells a secret: answer %#', async (answer) => {
  await using upstream = await startUpstream(answer)
  await using collector = await startCollector()
  const gateway = await startGateway({
    upstream: upstream.url,
    metrics: true,
    tracing: { ...TRACING, url: `${collector.url}/v1/traces` },
  })
  const answered: string[] = []
  for (const [document, variables] of REQUESTS) {
    const { text, headers: sent } = await gateway.send<unknown, object>(document, variables, HEADERS)
    answered.push(text, JSON.stringify([...sent]))
  }
  const scraped = await gateway.scrape()
  await gateway[Symbol.asyncDispose]()
  // Each of them has something to say, or a scan of it would say nothing.
  expect(gateway.logged.length).toBeGreaterThanOrEqual(REQUESTS.length)
  expect(gateway.audited).toHaveLength(7)
  expect(collector.spans.length).toBeGreaterThan(REQUESTS.length)
  expect(scraped).toContain('vpc_channel_gateway_operations_total{')
  const told = {
    answered: answered.join('\n'),
    logged: JSON.stringify(gateway.logged),
    audited: JSON.stringify(gateway.audited),
    scraped,
    spans: JSON.stringify(collector.received),
  }
  for (const [where, text] of Object.entries(told)) expect(text, where).not.toContain('SECRET')
})

/** A token that can be a name in a document, and its parts. */
const NAME = `MIIE${'Qx7vSECRET'.repeat(8)}`
const PART = NAME.slice(5, 45)
const HEX_TOKEN = '5ec3e75ec3e75ec3e75ec3e75ec3e75ec3e75ec3e75ec3e7'

/** Where callers choose names. `#` is put where the token, or a part of it, stands. */
const DOCUMENTS = [
  'query # { vpcChannel(instanceId: "i", id: "c") { name } }',
  'mutation # { createVpcChannel(input: {instanceId: "i", name: "abc", port: 1}) { vpcChannel { id } } }',
  '{ # }',
  '{ #: vpcChannel(instanceId: "i", id: "c") { name } }',
  '{ vpcChannel(instanceId: "i", id: "c") { # } }',
  '{ vpcChannel(instanceId: "i", id: "c", #: 1) { name } }',
  '{ vpcChannel(instanceId: "i", id: "c") @# { name } }',
  '{ ...# }',
  '{ ...# } fragment # on Query { __typename nothing }',
  '{ vpcChannel(instanceId: "i", id: "c") { ... on # { name } } }',
  'query ($#: Int!) { vpcChannel(instanceId: "i", id: "c") { name } }',
  'query ($a: #) { vpcChannel(instanceId: "i", id: "c") { name } }',
  'mutation { createVpcChannel(input: {#: 1, instanceId: "i", name: "abc", port: 1}) { vpcChannel { id } } }',
  'mutation { createVpcChannel(input: {instanceId: "i", name: "#", port: 1}) { vpcChannel { id } } }',
  'mutation { createVpcChannel(input: {instanceId: "#", name: "abc", port: 1}) { vpcChannel { id } } }',
  'mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 1, memberType: #}) { vpcChannel { id } } }',
  'mutation { # }',
  '# { a }',
  '{ a } #',
]

test.each([
  ['refuses', { status: 400, body: { error_code: 'APIG.2000', error_msg: 'no' } }],
  ['answers', { status: 200, body: { id: 'channel-1', name: 'abc', status: 'SECRETstatus', type: NAME } }],
])(
  'a token that is used as a name, and a cloud that %s: nothing that is kept tells it',
  async (_what, answer) => {
    await using upstream = await startUpstream(answer)
    await using collector = await startCollector()
    const gateway = await startGateway({
      upstream: upstream.url,
      metrics: true,
      tracing: { ...TRACING, url: `${collector.url}/v1/traces` },
    })
    const errors: unknown[] = []
    const answeredHeaders: unknown[] = []
    const send = async (
      document: string,
      headers: Readonly<Record<string, string>>,
      variables: object = {},
    ) => {
      const sent = await gateway.send<unknown, object>(document, variables, headers)
      errors.push(sent.errors)
      answeredHeaders.push([...sent.headers])
    }
    for (const name of [NAME, PART]) {
      for (const document of DOCUMENTS) await send(document.replaceAll('#', name), { 'x-auth-token': NAME })
      // By whichever header the secret comes, as well.
      await send(`query ${name} { vpcChannel(instanceId: "i", id: "c") { name } }`, { 'x-api-key': NAME })
      await send(`query ${name} { vpcChannel(instanceId: "i", id: "c") { name } }`, {
        authorization: `Bearer ${NAME}`,
      })
      await send(CREATE, { 'x-auth-token': NAME }, { input: { ...leastInput('APIG'), [name]: 1 } })
      await send(CREATE, { 'x-auth-token': NAME }, { [name]: 1 })
      await send(CREATE, { 'x-auth-token': NAME, 'x-request-id': name }, { input: leastInput('APIG') })
      await send(CREATE, { 'x-auth-token': NAME, 'x-project-id': name }, { input: leastInput('APIG') })
      await send(
        CREATE,
        { 'x-auth-token': NAME, tracestate: `a=${name}`, traceparent: TRACEPARENT },
        { input: leastInput('APIG') },
      )
    }
    await send(
      CREATE,
      { 'x-auth-token': HEX_TOKEN, traceparent: TRACEPARENT.replace(/(?<=-)\w{32}/, HEX_TOKEN.slice(0, 32)) },
      { input: leastInput('APIG') },
    )
    const scraped = await gateway.scrape()
    await gateway[Symbol.asyncDispose]()
    expect(gateway.logged.length).toBeGreaterThan(DOCUMENTS.length)
    expect(gateway.begun.length).toBeGreaterThan(0)
    expect(collector.spans.length).toBeGreaterThan(DOCUMENTS.length)
    const told = {
      errors: JSON.stringify(errors),
      answeredHeaders: JSON.stringify(answeredHeaders),
      logged: JSON.stringify(gateway.logged),
      audited: JSON.stringify([gateway.begun, gateway.audited]),
      scraped,
      spans: JSON.stringify(collector.received),
    }
    for (const [where, text] of Object.entries(told)) {
      expect(text, where).not.toContain('SECRET')
      expect(text, where).not.toContain(HEX_TOKEN.slice(0, 32))
    }
  },
)

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
