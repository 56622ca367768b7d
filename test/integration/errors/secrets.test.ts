import { describe, expect, test } from 'vitest'
import { CREATE, expectContract, UPSERT } from '../../fixtures/ask.ts'
import { fullInput, leastInput, withValues } from '../../fixtures/channel-inputs.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const ACCESS_KEY = 'QTWAOYTTINDUT2QVKYUC'
const SECRET_KEY = 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc'
const SIGNATURE = '7be6668032f6418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe7'
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** What an answer may say, and what of it nobody may see. */
const LEAKS: readonly (readonly [name: string, said: string, secrets: readonly string[]])[] = [
  ['the token', `token ${TOKEN} is bad`, [TOKEN]],
  ['the token twice, and cut short', `${TOKEN}/${TOKEN} ${TOKEN.slice(0, 70)}`, [TOKEN.slice(0, 70)]],
  ['the token as a header', `X-Auth-Token: ${TOKEN.slice(0, 40)}`, [TOKEN.slice(0, 40)]],
  ['the subject token', 'X-Subject-Token=abcdef123456', ['abcdef123456']],
  ['a security token', 'x-security-token: gQpjbi1ub3J0aC00', ['gQpjbi1ub3J0aC00']],
  [
    'a signed Authorization',
    `Authorization: SDK-HMAC-SHA256 Access=${ACCESS_KEY}, SignedHeaders=host;x-sdk-date, Signature=${SIGNATURE}`,
    [ACCESS_KEY, SIGNATURE],
  ],
  ['a basic Authorization', 'Authorization: Basic dXNlcjpwYXNzd29yZA==', ['dXNlcjpwYXNzd29yZA']],
  ['a bearer Authorization', '"Authorization":"Bearer eyJhbGciOi.J9.s1gnature"', ['eyJhbGciOi.J9.s1gnature']],
  ['an access key', `verify aksk signature fail, ak:${ACCESS_KEY}`, [ACCESS_KEY]],
  ['an access key in words', `verify aksk signature fail, access key: ${ACCESS_KEY}`, [ACCESS_KEY]],
  ['an access key as a field', `{"access_key":"${ACCESS_KEY}"}`, [ACCESS_KEY]],
  ['an access key as a query', `AccessKeyId=${ACCESS_KEY}&x=1`, [ACCESS_KEY]],
  ['a secret key', `secret_key=${SECRET_KEY}`, [SECRET_KEY]],
  ['a password', 'password=hunter2 was wrong', ['hunter2']],
  ['a password as a field', '{"password": "hunter2"}', ['hunter2']],
  [
    'a canonical request',
    `canonicalRequest:POST|/v2/p/apigw/instances/i/vpc-channels/||content-type:application/json|host:apig.cn-north-4.myhuaweicloud.com|x-sdk-date:20191111T093443Z||content-type;host;x-sdk-date|${HASH}`,
    ['canonicalRequest:POST', 'apig.cn-north-4', 'x-sdk-date:20191111T093443Z', HASH],
  ],
  [
    'a URL',
    'call to https://10.12.0.7:9443/internal/v1/channels?key=1 failed',
    ['10.12.0.7', '/internal/v1'],
  ],
  ['a host name', 'dial tcp: lookup apig.cn-north-4.myhuaweicloud.com: no such host', ['apig.cn-north-4']],
  [
    'a host name within the cloud',
    'apig-shubao-6b9.default.svc.cluster.local:8443 refused',
    ['apig-shubao', '8443'],
  ],
  ['a host name of the European site', 'apig.eu-west-101.myhuaweicloud.eu', ['myhuaweicloud']],
  [
    'a Java stack',
    'NullPointerException\n\tat com.huawei.apig.VpcChannelService.create(VpcChannelService.java:120)',
    ['VpcChannelService'],
  ],
  ['a JavaScript stack', 'TypeError: x\n    at Object.<anonymous> (/opt/app/index.js:1:1)', ['/opt/app']],
]

/** A front gateway's codes, whose messages are withheld, and those of the management plane, whose messages pass. */
const CODES = [
  ['APIG.0301', 401],
  ['APIGW.0301', 401],
  ['APIG.1002', 401],
  ['IAM.0067', 401],
  ['APIG.1005', 403],
  ['APIG.9999', 500],
  ['APIG.2001', 400],
  ['APIG.3208', 400],
] as const

const bodies = (code: string, said: string): Readonly<Record<string, unknown>> => ({
  'error_code, error_msg': {
    error_code: code,
    error_msg: said,
    encoded_authorization_message: 'ENCODED-AUTHORIZATION-MESSAGE',
    request_id: said,
    details: [{ error_code: code, error_msg: said }],
    stack: said,
  },
  Keystone: { error: { code, message: said, title: said } },
  'code, message': { code, message: said },
  details: { details: [{ error_code: code, error_msg: said }] },
  text: `${code} ${said}`,
})

describe.each(CODES)('%s', (code, status) => {
  test.each(LEAKS)('an answer that tells %s tells it to nobody', async (_name, said, secrets) => {
    const shapes = Object.entries(bodies(code, said))
    let next = 0
    await using upstream = await startUpstream(() => ({
      status,
      body: shapes[next % shapes.length]?.[1],
      headers: { 'x-request-id': 'host-7', server: 'api-gateway-7' },
    }))
    await using gateway = await startGateway({ upstream: upstream.url })
    const withheld = [...secrets, TOKEN, 'ENCODED-AUTHORIZATION', 'host-7', 'api-gateway-7', upstream.url]
    for (; next < shapes.length * 2; next++) {
      const [document, input] =
        next < shapes.length ? [CREATE, leastInput('APIG')] : [UPSERT, leastInput('ROMA_CONNECT')]
      // Ids drawn at random and times would hold the digits of a port now and then.
      const answer = await gateway.send<unknown, unknown>(
        document,
        { input },
        { 'x-request-id': 'request-1' },
      )
      expect(answer.errors).toHaveLength(1)
      expectContract(answer)
      for (const shown of [
        answer.text,
        JSON.stringify(gateway.logged.map(({ time: _, ...line }) => line)),
        JSON.stringify([...answer.headers]),
      ]) {
        expect(
          withheld.filter((secret) => shown.includes(secret)),
          said,
        ).toEqual([])
      }
    }
  })
})

describe('what the vendor says of the caller’s own input', () => {
  test.each([
    ['APIG.2001', 'The request parameters must be specified, parameter name:members'],
    ['APIG.3030', 'The instance does not exist;id:eddc4d25480b4cd6b512f270a1b8b341'],
    ['APIG.3208', 'VPC通道名称已存在'],
  ])('passes: %s', async (code, message) => {
    await using upstream = await startUpstream({
      status: 400,
      body: { error_code: code, error_msg: message },
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const { errors } = await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
    expect(errors?.[0]?.extensions.upstream.message).toBe(message)
  })

  test('passes as one line, capped in length', async () => {
    const message = `line\r\n\u0000two ${'channel is bad. '.repeat(100)}`
    await using upstream = await startUpstream({
      status: 400,
      body: { error_code: 'APIG.3208', error_msg: message },
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const { errors } = await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
    const shown: string = errors?.[0]?.extensions.upstream.message
    expect(shown.length).toBeLessThan(1_000)
    expect(shown).not.toMatch(/\p{Cc}/u)
    expect(shown).toMatch(/^line two channel is bad\./)
  })

  test.each(['APIG.1002', 'APIG.0301', 'IAM.0062'])(
    'does not pass where authentication failed: %s',
    async (code) => {
      await using upstream = await startUpstream({
        status: 401,
        body: { error_code: code, error_msg: 'Incorrect token' },
      })
      await using gateway = await startGateway({ upstream: upstream.url })
      const { text, errors } = await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
      expect(text).not.toContain('Incorrect token')
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', upstream: { message: null } })
    },
  )
})

describe('the log', () => {
  const uuid = '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f'

  test('has one line per operation: name, duration, calls with status and code, request id', async () => {
    await using upstream = await startUpstream({
      status: 400,
      headers: { 'x-request-id': `${uuid}-1-host` },
      body: { error_code: 'APIG.3208', error_msg: 'exists' },
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') }, { 'x-request-id': 'mine-1' })
    expect(gateway.logged).toHaveLength(1)
    expect(gateway.logged[0]).toMatchObject({
      requestId: 'mine-1',
      operationName: 'Create',
      durationMs: expect.any(Number),
      errors: ['CONFLICT'],
      upstream: [
        {
          service: 'APIG',
          operation: 'createVpcChannel',
          status: 400,
          errorCode: 'APIG.3208',
          requestId: uuid,
          durationMs: expect.any(Number),
        },
        // Which channel has the name.
        { service: 'APIG', operation: 'listVpcChannels', status: 400 },
      ],
    })
  })

  test('has a line for what went well, and for what never reached the cloud', async () => {
    await using upstream = await startUpstream({ status: 201, body: { id: 'c', name: 'n' } })
    await using gateway = await startGateway({ upstream: upstream.url })
    await gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') })
    await gateway.send<unknown, unknown>(CREATE, { input: { ...leastInput('APIG'), port: 0 } })
    await gateway.send('{ __typename }')
    expect(gateway.logged.map(({ upstream: calls }) => (calls as unknown[]).length)).toEqual([1, 0, 0])
    expect(gateway.logged.map(({ errors }) => errors)).toEqual([undefined, ['BAD_USER_INPUT'], undefined])
  })

  test.each([201, 400, 500])('holds no variable and no token, whatever the answer: %i', async (status) => {
    const words = [
      'Rem4rk',
      'dict-s3cret',
      'h0st.example',
      'gr0up',
      '/h34lth',
      'l4bel',
      'eng1ne',
      's3rvice',
      'N4me',
    ]
    const input = withValues(fullInput('APIG'), {
      name: 'N4me',
      dictCode: 'dict-s3cret',
      'memberGroups.0.remark': 'Rem4rk',
      'memberGroups.0.name': 'gr0up',
      'memberGroups.0.microserviceLabels.0.value': 'l4bel',
      'members.0.host': 'h0st.example',
      'members.0.memberGroupName': 'gr0up',
      'healthCheck.path': '/h34lth',
      microservice: { cse: { engineId: 'eng1ne', serviceId: 's3rvice' } },
    })
    await using upstream = await startUpstream(({ json }) => ({
      status,
      body:
        status === 201 ? { ...json, id: 'c' } : { error_code: 'APIG.9999', error_msg: JSON.stringify(json) },
    }))
    await using gateway = await startGateway({ upstream: upstream.url })
    await gateway.send<unknown, unknown>(CREATE, { input })
    await gateway.send<unknown, unknown>(CREATE, { input: { ...input, port: 'p0rt' } })
    await gateway.send(
      'mutation { createVpcChannel(input: {instanceId: "i", name: "N4me", port: 70000, dictCode: "dict-s3cret"}) { vpcChannel { id } } }',
    )
    expect(gateway.logged).toHaveLength(3)
    const logged = JSON.stringify(gateway.logged)
    for (const word of [...words, 'p0rt', TOKEN, 'x-auth-token']) expect(logged).not.toContain(word)
  })

  test('holds no line breaks of the caller’s making', async () => {
    await using upstream = await startUpstream({ status: 201, body: { id: 'c', name: 'n' } })
    await using gateway = await startGateway({ upstream: upstream.url })
    await gateway.send(`query ${'Q'.repeat(5_000)} { __typename }`)
    expect(JSON.stringify(gateway.logged).length).toBeLessThan(1_000)
  })
})

describe('a token of the caller’s in a message of the vendor’s', () => {
  const token = 'gAAAAAB+q7/Lk2+vN9/xY4zP+w8Rt3/Hs6=uD1cF5b+Jm0K/eQ=='
  const part = token.slice(8, 32)
  const base64url = part.replaceAll('+', '-').replaceAll('/', '_')

  const shownFor = async (said: string): Promise<string | null> => {
    await using upstream = await startUpstream({
      status: 400,
      body: { error_code: 'APIG.3208', error_msg: said },
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const { errors } = await gateway.send<unknown, unknown>(
      CREATE,
      { input: leastInput('APIG') },
      { 'x-auth-token': token },
    )
    return errors?.[0]?.extensions.upstream.message
  }

  test.each([
    ['as it is', token],
    ['in part', part],
    ['percent-encoded', encodeURIComponent(part)],
    ['percent-encoded in lower case', encodeURIComponent(part).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(part))],
    ['as a form writes it', part.replaceAll('+', ' ')],
    ['with the escapes of JSON', part.replaceAll('/', '\\/')],
    ['with the escapes of JavaScript', part.replaceAll('+', '\\u002b').replaceAll('/', '\\x2f')],
    ['with the entities of HTML', part.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;')],
    ['in the other alphabet of base64', base64url],
    ['in lower case', part.toLowerCase()],
    ['in two lines', `${part.slice(0, 12)}\r\n ${part.slice(12)}`],
    ['cut at both ends', part.slice(3, 21)],
  ])('is withheld %s', async (_how, form) => {
    expect(await shownFor(`The channel ${form} is bad`)).toBeNull()
  })

  test('and what only looks like one is shown', async () => {
    const said = 'The channel Zk3vXq8LmW5%2Brt9_B is bad &#43; named gAAA'
    expect(await shownFor(said)).toBe(said)
  })
})
