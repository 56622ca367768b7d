import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, PROJECT_CHANNEL, type Sandbox, SERVER_CHANNEL, startSandbox } from './sandbox.ts'
import { signLikeTheSdk } from './sign-like-the-sdk.ts'

const OTHER_PROJECT = '0c6d1b6f8a2e4f0c9e7d5b3a1f2c4e68'

describe.each(['apig', 'romaProject'] as const)('a call to %s', (service) => {
  const expired = (sandbox: Sandbox) => sandbox.issueToken({ lifetimeMs: 0 })
  test.each([
    ['without a token', () => '', 401, 'APIG.1000'],
    ['with an unknown token', () => 'MIIunknown', 401, 'APIG.1002'],
    ['with an expired token', expired, 401, 'APIG.1001'],
    [
      'with a token of no project',
      (sandbox: Sandbox) => sandbox.issueToken({ projectId: null }),
      401,
      'APIG.1003',
    ],
    [
      'with a token of another project',
      (sandbox: Sandbox) => sandbox.issueToken({ projectId: OTHER_PROJECT }),
      403,
      'APIG.1005',
    ],
  ])('%s is refused', async (_, tokenOf, status, code) => {
    await using sandbox = await startSandbox()
    const reply = await sandbox.send('GET', sandbox[service], undefined, { 'x-auth-token': tokenOf(sandbox) })
    expect(reply).toMatchObject({ status, body: { error_code: code } })
    expect(Object.keys(reply.body)).toEqual(['error_code', 'error_msg'])
  })
})

test("the pages' words for a bad token and for a foreign project", async () => {
  await using sandbox = await startSandbox()
  const unknown = await sandbox.send('GET', sandbox.apig, undefined, { 'x-auth-token': 'x' })
  expect(unknown.body.error_msg).toBe('Incorrect token or token resolution failed')
  const foreign = sandbox.issueToken({ projectId: OTHER_PROJECT })
  const refused = await sandbox.send('GET', sandbox.apig, undefined, { 'x-auth-token': foreign })
  expect(refused.body.error_msg).toBe('No permissions to request this method')
})

test('a token is good for 24 hours', async () => {
  let now = new Date('2026-11-21T12:00:00Z')
  await using sandbox = await startSandbox({ now: () => now })
  now = new Date('2026-11-22T11:59:59Z')
  expect((await sandbox.send('GET', sandbox.apig)).status).toBe(200)
  now = new Date('2026-11-22T12:00:00Z')
  expect((await sandbox.send('GET', sandbox.apig)).body.error_code).toBe('APIG.1001')
})

test('tokens are long, and never the same', async () => {
  await using sandbox = await startSandbox()
  const tokens = [sandbox.issueToken(), sandbox.issueToken()]
  expect(tokens[0]).not.toBe(tokens[1])
  expect(tokens[0]).toMatch(/^MII[\w+=-]{2000,}$/)
})

async function sendSigned(
  sandbox: Sandbox,
  method: string,
  path: string,
  body: unknown,
  changes: Partial<Parameters<typeof signLikeTheSdk>[0]> & { sentBody?: string } = {},
) {
  const url = `${sandbox.url}${path}`
  const text = body === undefined ? undefined : JSON.stringify(body)
  const { access, secret } = sandbox.accessKey
  const headers = signLikeTheSdk({
    method,
    url,
    access,
    secret,
    projectId: sandbox.projectId,
    ...(text !== undefined && { body: text }),
    ...changes,
  })
  const sent = changes.sentBody ?? text
  const response = await fetch(url, { method, headers, ...(sent !== undefined && { body: sent }) })
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

describe("a call signed as the vendor's SDK signs", () => {
  test('may create, list, show and update', async () => {
    await using sandbox = await startSandbox()
    const created = await sendSigned(sandbox, 'POST', sandbox.apig, SERVER_CHANNEL)
    expect(created.status).toBe(201)
    const listed = await sendSigned(
      sandbox,
      'GET',
      `${sandbox.apig}?name=${encodeURIComponent('订单')}&limit=5`,
      undefined,
    )
    expect(listed).toMatchObject({ status: 200, body: { total: 1 } })
    const shown = await sendSigned(sandbox, 'GET', `${sandbox.apig}/${created.body.id}`, undefined)
    expect(shown).toMatchObject({ status: 200, body: { name: 'VPC_demo' } })
    const updated = await sendSigned(sandbox, 'PUT', sandbox.romaProject, PROJECT_CHANNEL)
    expect(updated.body.project_vpc_channels).toHaveLength(2)
  })

  test('may use a temporary key together with its token', async () => {
    await using sandbox = await startSandbox()
    const { access, secret, securityToken = '' } = sandbox.temporaryAccessKey
    const complete = { access, secret, securityToken }
    expect((await sendSigned(sandbox, 'POST', sandbox.apig, BARE_CHANNEL, complete)).status).toBe(201)
    const alone = await sendSigned(sandbox, 'GET', sandbox.apig, undefined, { access, secret })
    expect(alone).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
  })

  test.each([
    ['with an unknown key', { access: 'NOSUCHKEY' }, 'Get secretKey failed,ak:NOSUCHKEY,err:ak not exist'],
    ['with a wrong secret', { secret: 'wrong' }, 'verify aksk signature fail'],
    ['over another body', { sentBody: '{"name":"tampered"}' }, 'verify aksk signature fail'],
    ['too long ago', { at: new Date(Date.now() - 16 * 60_000) }, 'signature expired, signature time:'],
    ['in the future', { at: new Date(Date.now() + 16 * 60_000) }, 'signature expired, signature time:'],
  ])('%s is refused by the front gateway', async (_, changes, message) => {
    await using sandbox = await startSandbox()
    const { status, body, headers } = await sendSigned(sandbox, 'POST', sandbox.apig, BARE_CHANNEL, changes)
    expect(status).toBe(401)
    expect(body.error_code).toBe('APIGW.0301')
    expect(body.error_msg).toContain(`Incorrect IAM authentication information: ${message}`)
    expect(body.request_id).toMatch(/^[0-9a-f-]{36}-/)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}-\d+-/)
  })

  test('is still good at the edge of fifteen minutes', async () => {
    await using sandbox = await startSandbox({ now: () => new Date('2026-11-21T12:15:00Z') })
    const at = new Date('2026-11-21T12:00:00Z')
    expect((await sendSigned(sandbox, 'POST', sandbox.apig, BARE_CHANNEL, { at })).status).toBe(201)
  })

  test('is told, when its signature is wrong, all that the real refusal tells', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sendSigned(sandbox, 'GET', sandbox.apig, undefined, { secret: 'wrong' })
    expect(body.error_msg).toContain(`Access=${sandbox.accessKey.access}`)
    expect(body.error_msg).toContain(
      `canonicalRequest:GET|${sandbox.apig}/||content-type:application/json|host:`,
    )
  })

  test('may not reach into a project that is not the account’s, or another than it names', async () => {
    await using sandbox = await startSandbox()
    const foreign = sandbox.apig.replace(sandbox.projectId, 'deadbeef')
    const unknown = await sendSigned(sandbox, 'GET', foreign, undefined, { projectId: 'deadbeef' })
    expect(unknown).toMatchObject({ status: 403, body: { error_code: 'APIG.1005' } })
    const other = await sendSigned(sandbox, 'GET', sandbox.apig, undefined, { projectId: OTHER_PROJECT })
    expect(other).toMatchObject({ status: 403, body: { error_code: 'APIG.1005' } })
  })
})

test('another kind of Authorization is refused', async () => {
  await using sandbox = await startSandbox()
  const reply = await sandbox.send('GET', sandbox.apig, undefined, { authorization: 'Bearer abc' })
  expect(reply).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
})
