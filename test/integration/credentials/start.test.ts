import { expect, test } from 'vitest'
import { SIMULATOR_MAIN, startProcess } from '../../support/start-process.ts'
import { startSandbox } from '../simulator/sandbox.ts'
import { API_KEY, CREATE, PAYMENTS, SHOW } from './start-own.ts'

async function send(
  url: string,
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>>,
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

const outputOf = ({ lines, errors }: ReturnType<typeof startProcess>) => [...lines, ...errors].join('\n')

test('with credentials of its own and no word of who may use them it does not start', async () => {
  await using gateway = startProcess({
    HW_REGION_NAME: 'cn-north-4',
    HW_ACCESS_KEY: 'planted-access-key',
    HW_SECRET_KEY: 'planted-secret-key',
  })
  expect(await gateway.exited).toBe(1)
  expect(gateway.lines).toEqual([])
  expect(gateway.errors).toEqual([
    "HW_ACCESS_KEY: gives every caller the gateway's credentials; set CALLER_API_KEYS or CALLER_JWKS_URL, or ALLOW_ANY_CALLER=true",
  ])
})

test('every fault of the credentials is named at once, and no value told', async () => {
  await using gateway = startProcess({
    APIG_ENDPOINT: 'https://planted:planted@apig.example.com',
    HW_ACCESS_KEY: 'planted access key',
    HW_SECURITY_TOKEN: 'planted\tsecurity token',
    HW_USER_NAME: 'planted-user',
    HW_USER_PASSWORD: 'planted-password',
    CALLER_API_KEYS: 'billing:planted',
    CALLER_JWKS_URL: 'planted-url',
    ALLOW_ANY_CALLER: 'planted',
  })
  expect(await gateway.exited).toBe(1)
  expect(gateway.errors.map((line) => line.split(':')[0]).toSorted()).toEqual([
    ...['ALLOW_ANY_CALLER', 'APIG_ENDPOINT', 'CALLER_API_KEYS', 'CALLER_JWKS_URL', 'CALLER_JWT_AUDIENCE'],
    ...[
      'CALLER_JWT_ISSUER',
      'HW_ACCESS_KEY',
      'HW_DOMAIN_NAME',
      'HW_SECRET_KEY',
      'HW_SECURITY_TOKEN',
      'HW_USER_NAME',
    ],
  ])
  expect(outputOf(gateway)).not.toContain('planted')
})

test('in the sandbox it says that it has no use for them, and works', async () => {
  await using gateway = startProcess({
    HW_ACCESS_KEY: 'planted-access-key',
    HW_SECRET_KEY: 'planted-secret-key',
  })
  const { data } = await send(await gateway.url(), SHOW, PAYMENTS, {
    'x-api-key': 'a-key-of-the-real-gateway',
  })
  expect(data.vpcChannel.name).toBe('payments')
  const warning = () => gateway.lines.map((line) => JSON.parse(line)).find(({ level }) => level === 40)?.msg
  await expect.poll(warning).toBe('HW_ACCESS_KEY is set, but sandbox mode does not use it')
  expect(outputOf(gateway)).not.toContain('planted')
})

test('with an access key it acts for the callers that it knows', async () => {
  await using simulator = startProcess({}, SIMULATOR_MAIN)
  await expect.poll(() => simulator.lines.join('\n')).toContain('X-Auth-Token')
  const told = (pattern: RegExp) => pattern.exec(simulator.lines.join('\n'))?.[1] ?? ''
  const secretKey = told(/^Secret key: +(\S+)/m)
  await using gateway = startProcess({
    APIG_ENDPOINT: told(/(http:\S+):/),
    HW_PROJECT_ID: told(/^Project: +(\S+)/m),
    HW_ACCESS_KEY: told(/^Access key: +(\S+)/m),
    HW_SECRET_KEY: secretKey,
    CALLER_API_KEYS: `orders:key-of-the-orders-service,billing:${API_KEY}`,
    LOG_LEVEL: 'trace',
  })
  const url = await gateway.url()
  expect(await send(url, CREATE, { name: 'made' }, { 'x-api-key': API_KEY })).toEqual({
    data: { createVpcChannel: { vpcChannel: { id: expect.any(String), name: 'made' } } },
  })
  for (const headers of [{}, { 'x-api-key': 'key-of-nobody-at-all' }]) {
    expect(await send(url, CREATE, { name: 'made' }, headers)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'CALLER_UNKNOWN', effect: 'NOT_APPLIED' } }],
    })
  }
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  expect(outputOf(gateway)).not.toContain(secretKey)
  expect(outputOf(gateway)).not.toContain(API_KEY)
})

test('with a user it proves its password and logs in, once, and says so when anybody may call', async () => {
  await using simulator = await startSandbox()
  await using gateway = startProcess({
    APIG_ENDPOINT: simulator.url,
    IAM_ENDPOINT: simulator.url,
    HW_PROJECT_ID: simulator.projectId,
    HW_USER_NAME: simulator.user.name,
    HW_USER_PASSWORD: simulator.user.password,
    HW_DOMAIN_NAME: simulator.user.domain.name,
    ALLOW_ANY_CALLER: 'true',
    LOG_LEVEL: 'trace',
    METRICS_PORT: '0',
  })
  const url = await gateway.url()
  for (let call = 0; call < 2; call += 1) {
    expect((await send(url, SHOW, PAYMENTS, {})).data.vpcChannel.name).toBe('payments')
  }
  expect(simulator.calls.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
    'POST tokens',
    'POST tokens',
    `GET ${PAYMENTS.id}`,
    `GET ${PAYMENTS.id}`,
  ])
  const messages = () => gateway.lines.map((line) => JSON.parse(line).msg)
  await expect.poll(messages).toContain('IAM createToken: 201')
  expect(messages()).toContain(
    'ALLOW_ANY_CALLER: every client that reaches this gateway uses its credentials',
  )
  const metricsUrl = /Metrics: (\S+)/.exec(messages().join('\n'))?.[1] ?? ''
  expect(await (await fetch(metricsUrl)).text()).toMatch(
    /upstream_calls_total\{service="IAM",operation="createToken",status="201",error_code="none"\} 2/,
  )
  const token = String(simulator.calls[2]?.headers['x-auth-token'])
  expect(token).toMatch(/^MII/)
  for (const secret of [token, simulator.user.password]) expect(outputOf(gateway)).not.toContain(secret)
})
