import { describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './sandbox.ts'
import { signLikeTheSdk } from './sign-like-the-sdk.ts'

function passwordRequest(sandbox: Sandbox, changes: { password?: string; scope?: object } = {}) {
  const { name, password, domain } = sandbox.user
  return {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name, password: changes.password ?? password, domain: { name: domain.name } } },
      },
      scope: changes.scope ?? { project: { name: 'cn-north-4' } },
    },
  }
}

describe('a token from IAM', () => {
  test.each([
    ['by the name of the project', () => ({ project: { name: 'cn-north-4' } })],
    ['by the id of the project', (sandbox: Sandbox) => ({ project: { id: sandbox.projectId } })],
  ])('is had %s, comes in a header only, and opens the services', async (_, scopeOf) => {
    await using sandbox = await startSandbox({ now: () => new Date('2026-11-21T12:00:00Z') })
    const request = passwordRequest(sandbox, { scope: scopeOf(sandbox) })
    const { status, headers, body } = await sandbox.send('POST', '/v3/auth/tokens?nocatalog=true', request)
    expect(status).toBe(201)
    const { domain, id, name } = sandbox.user
    expect(body).toStrictEqual({
      token: {
        expires_at: '2026-11-22T12:00:00.000000Z',
        issued_at: '2026-11-21T12:00:00.000000Z',
        methods: ['password'],
        project: { id: sandbox.projectId, name: 'cn-north-4', domain },
        roles: [{ id: '0', name: 'te_admin' }],
        user: { id, name, domain, password_expires_at: '' },
      },
    })
    const token = headers.get('x-subject-token') ?? ''
    expect(JSON.stringify(body)).not.toContain(token)
    const listed = await sandbox.send('GET', sandbox.apig, undefined, { 'x-auth-token': token })
    expect(listed.status).toBe(200)
  })

  test('for the whole account carries no project', async () => {
    await using sandbox = await startSandbox()
    const request = passwordRequest(sandbox, { scope: { domain: { name: 'sandbox-account' } } })
    const { headers, body } = await sandbox.send('POST', '/v3/auth/tokens', request)
    expect(body.token).not.toHaveProperty('project')
    const token = headers.get('x-subject-token') ?? ''
    const listed = await sandbox.send('GET', sandbox.apig, undefined, { 'x-auth-token': token })
    expect(listed).toMatchObject({ status: 401, body: { error_code: 'APIG.1003' } })
  })

  test.each([
    ['a wrong password', (sandbox: Sandbox) => passwordRequest(sandbox, { password: 'wrong' }), 401],
    [
      'an unknown project',
      (sandbox: Sandbox) => passwordRequest(sandbox, { scope: { project: { name: '?' } } }),
      401,
    ],
    ['no JSON', () => '{', 400],
    ['no identity', () => ({ auth: {} }), 400],
    ['another method', () => ({ auth: { identity: { methods: ['token'] } } }), 400],
  ])("is refused for %s, in Keystone's shape", async (_, bodyOf, code) => {
    await using sandbox = await startSandbox()
    const { status, headers, body } = await sandbox.send('POST', '/v3/auth/tokens', bodyOf(sandbox))
    expect(status).toBe(code)
    expect(body).toStrictEqual({
      error: { code, message: expect.any(String), title: code === 401 ? 'Unauthorized' : 'Bad Request' },
    })
    expect(headers.has('x-subject-token')).toBe(false)
  })

  test('is refused for a quarter of an hour after five wrong passwords', async () => {
    let now = new Date('2026-11-21T12:00:00Z')
    await using sandbox = await startSandbox({ now: () => now })
    const log = (password?: string) =>
      sandbox.send('POST', '/v3/auth/tokens', passwordRequest(sandbox, password ? { password } : {}))
    for (const attempt of ['1', '2', '3', '4', '5']) await log(attempt)
    expect(await log()).toMatchObject({ status: 401, body: { error_code: 'IAM.0061' } })
    now = new Date('2026-11-21T12:15:00Z')
    expect((await log()).status).toBe(201)
  })
})

describe('what the SDKs look up when they are given no ids', () => {
  test('a project by its name, signed for', async () => {
    await using sandbox = await startSandbox()
    const url = `${sandbox.url}/v3/projects?name=cn-north-4`
    const response = await fetch(url, {
      headers: signLikeTheSdk({ method: 'GET', url, ...sandbox.accessKey }),
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      projects: [{ id: sandbox.projectId, name: 'cn-north-4', domain_id: sandbox.user.domain.id }],
    })
  })

  test('no project of an unknown name', async () => {
    await using sandbox = await startSandbox()
    expect((await sandbox.send('GET', '/v3/projects?name=mars')).body.projects).toEqual([])
  })

  test('the account', async () => {
    await using sandbox = await startSandbox()
    expect((await sandbox.send('GET', '/v3/auth/domains')).body.domains).toMatchObject([sandbox.user.domain])
  })

  test('nothing for a stranger', async () => {
    await using sandbox = await startSandbox()
    const { status, body } = await sandbox.send('GET', '/v3/projects', undefined, { 'x-auth-token': 'x' })
    expect([status, body.error.code]).toEqual([401, 401])
  })
})
