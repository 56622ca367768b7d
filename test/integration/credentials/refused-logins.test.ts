import { afterEach, describe, expect, test, vi } from 'vitest'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import type { Simulator } from '../../../src/simulator/start-simulator.ts'
import { type Sandbox, startSandbox } from '../simulator/sandbox.ts'
import {
  CREATE,
  LOGIN,
  NEIGHBOUR,
  type OwnPair,
  PAYMENTS,
  PROJECT_LIST,
  SHOW,
  startOwn,
  userOf,
} from './start-own.ts'

afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000
const MANY = 12
const PROJECTS = Array.from({ length: MANY }, (_, index) => `project-${index}`)

/** A simulated cloud whose user has many projects. */
const startManyProjects = () => {
  const seed = sandboxSeed()
  const [first, ...others] = seed.projects
  const more = PROJECTS.map((id) => ({ id, name: id }))
  return startSandbox({ seed: { ...seed, projects: [first, ...others, ...more] } })
}

/** Logs in past the gateway. */
function logIn(simulator: Sandbox, password = simulator.user.password) {
  const { name, domain } = simulator.user
  return simulator.send('POST', LOGIN.path, {
    auth: {
      identity: { methods: ['password'], password: { user: { name, password, domain } } },
      scope: { project: { id: simulator.projectId } },
    },
  })
}

const withPassword = (password: string) => (simulator: Simulator) => {
  const credentials = userOf(simulator)
  if (credentials.kind !== 'USER') throw new Error('not a user')
  return { ...credentials, user: { ...credentials.user, password } }
}

const REFUSED = {
  code: 'UNAUTHENTICATED',
  reason: 'GATEWAY_CREDENTIALS',
  retry: { retryable: false },
  upstream: { service: 'IAM', operation: 'createToken', status: 401, message: null },
}

describe('a wrong password', () => {
  test('is tried once, however many requests come', async () => {
    await using simulator = await startSandbox()
    await using own = await startOwn(() => withPassword('wr0ng')(simulator), { simulator })
    const answers = await Promise.all(PROJECTS.map((name) => own.send(CREATE, { name })))
    for (let call = 0; call < 10; call += 1) answers.push(await own.send(CREATE, { name: 'later' }))
    for (const { errors } of answers) {
      expect(errors?.[0]?.extensions).toMatchObject({ ...REFUSED, effect: 'NOT_APPLIED' })
    }
    expect([own.proofs().length, own.logins().length]).toEqual([1, 0])
    expect(own.calls()).toEqual([])
    expect(await own.ready()).toMatchObject({ status: 'ready', upstream: { IAM: { login: 'refused' } } })
    expect((await logIn(simulator)).status).toBe(201)
  })

  test('does not lock the account, however many projects are named at once', async () => {
    await using simulator = await startManyProjects()
    await using own = await startOwn(() => withPassword('wr0ng')(simulator), { simulator })
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(PROJECTS.map((projectId) => own.send(PROJECT_LIST, { projectId })))
    }
    expect([own.proofs().length, own.logins().length]).toEqual([1, 0])
    expect((await logIn(simulator)).status).toBe(201)
  })

  test('is tried again when the pause is over, and then all is well', async () => {
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using simulator = await startSandbox()
    await using own = await startOwn(() => userOf(simulator), { simulator })
    const { password } = simulator.user
    Object.assign(simulator.user, { password: 'changed-for-a-while' })
    expect((await own.send(SHOW, PAYMENTS)).errors?.[0]?.extensions).toMatchObject(REFUSED)
    Object.assign(simulator.user, { password })
    vi.setSystemTime(Date.now() + 59 * MINUTE_MS)
    expect((await own.send(SHOW, PAYMENTS)).errors?.[0]?.extensions).toMatchObject(REFUSED)
    expect(own.proofs()).toHaveLength(1)
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS)
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    expect(await own.ready()).toMatchObject({ upstream: { IAM: { login: 'ok' } } })
  })
})

test('a password that was changed, and all tokens dead of it: one wrong login, and the account is not locked', async () => {
  let ahead = 0
  await using simulator = await startSandbox({
    seed: {
      ...sandboxSeed(),
      projects: [
        { id: 'project-0', name: 'project-0' },
        ...PROJECTS.slice(1).map((id) => ({ id, name: id })),
      ],
    },
    now: () => new Date(Date.now() + ahead),
  })
  await using own = await startOwn(userOf, { simulator })
  const readAll = () => Promise.all(PROJECTS.map((projectId) => own.send(PROJECT_LIST, { projectId })))
  expect((await readAll()).flatMap(({ errors }) => errors ?? [])).toEqual([])
  expect(own.logins()).toHaveLength(MANY)

  ahead = 25 * 60 * MINUTE_MS
  Object.assign(simulator.user, { password: 'changed' })
  for (let round = 0; round < 3; round += 1) {
    for (const { errors } of await readAll()) expect(errors?.[0]?.extensions).toMatchObject(REFUSED)
  }
  expect(own.logins()).toHaveLength(MANY)
  expect(own.proofs().filter(({ status }) => status === 401)).toHaveLength(1)
  expect((await logIn(simulator)).status).toBe(201)
})

describe('projects that are not there', () => {
  test('are refused by themselves: the gateway’s own and those of others are logged in to, and renewed', async () => {
    let ahead = 0
    const seed = sandboxSeed()
    await using simulator = await startSandbox({ now: () => new Date(Date.now() + ahead), seed })
    await using own = await startOwn(userOf, { simulator })
    for (let round = 0; round < 2; round += 1) {
      const answers = await Promise.all(
        PROJECTS.map((projectId) => own.send(PROJECT_LIST, {}, { 'x-project-id': projectId })),
      )
      for (const { errors } of answers) expect(errors?.[0]?.extensions).toMatchObject(REFUSED)
    }
    // Each is asked for once.
    expect(own.logins()).toHaveLength(MANY)
    expect(await own.ready()).toMatchObject({ upstream: { IAM: { login: 'ok' } } })
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    expect((await own.send(PROJECT_LIST, { projectId: NEIGHBOUR })).errors).toBeUndefined()

    ahead = 25 * 60 * MINUTE_MS
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    expect(own.logins()).toHaveLength(MANY + 3)
    expect(own.proofs().every(({ status }) => status === 201)).toBe(true)
  })

  test('named by one caller in a flood do not keep another’s login waiting', async () => {
    await using own = await startOwn(userOf, { limits: { inFlightPerCaller: 32 } })
    const flood = Array.from({ length: 60 }, (_, index) =>
      own.send(PROJECT_LIST, {}, { 'x-project-id': `unknown-${index}` }),
    )
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    const codes = (await Promise.all(flood)).map(({ errors }) => errors?.[0]?.extensions.code)
    expect(codes.filter((code) => code !== 'UNAUTHENTICATED' && code !== 'OVERLOADED')).toEqual([])
    expect(own.proofs().every(({ status }) => status === 201)).toBe(true)
  })
})

describe('replicas that share a user, with a wrong password', () => {
  const asked = (own: OwnPair) => [
    ...PROJECTS.map((projectId) => own.send(PROJECT_LIST, { projectId })),
    own.send(SHOW, PAYMENTS),
  ]
  const refusedLogins = (simulator: Sandbox) =>
    simulator.calls.filter(({ path, status }) => path === LOGIN.path && status === 401)

  test('two that have just been started send it twice, and never lock the account', async () => {
    await using simulator = await startManyProjects()
    await using one = await startOwn(withPassword('wr0ng'), { simulator })
    await using other = await startOwn(withPassword('wr0ng'), { simulator })
    for (let round = 0; round < 3; round += 1) await Promise.all([one, other].flatMap(asked))
    expect(refusedLogins(simulator)).toHaveLength(2)
    expect((await logIn(simulator)).status).toBe(201)
  })

  test('four, as many as the manifests allow, send it four times an hour, and IAM never locks', async () => {
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using simulator = await startManyProjects()
    await using replicas = new AsyncDisposableStack()
    const pairs: OwnPair[] = []
    for (let index = 0; index < 4; index += 1) {
      pairs.push(replicas.use(await startOwn(withPassword('wr0ng'), { simulator })))
    }
    for (const minutes of [0, 15, 30, 14]) {
      vi.setSystemTime(Date.now() + minutes * MINUTE_MS)
      await Promise.all(pairs.flatMap(asked))
    }
    expect(refusedLogins(simulator)).toHaveLength(4)
    expect((await logIn(simulator)).status).toBe(201)
  })
})

describe('a locked account', () => {
  async function startLocked() {
    const simulator = await startManyProjects()
    for (let attempt = 0; attempt < 5; attempt += 1) await logIn(simulator, 'wr0ng')
    return simulator
  }

  test('stops all logins, for any project, and /ready tells', async () => {
    await using simulator = await startLocked()
    await using own = await startOwn(userOf, { simulator })
    const before = [own.proofs().length, own.logins().length] as const
    const answers = [
      await own.send(CREATE, { name: 'made' }),
      ...(await Promise.all(PROJECTS.map((projectId) => own.send(CREATE, { name: 'made', projectId })))),
    ]
    for (const { errors } of answers) {
      expect(errors?.[0]?.message).toBe('The account is locked.')
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'ACCOUNT_LOCKED',
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
        upstream: { service: 'IAM', status: 401, errorCode: 'IAM.0061', message: null },
      })
    }
    expect([own.proofs().length, own.logins().length]).toEqual([before[0] + 1, before[1]])
    expect(own.calls()).toEqual([])
    expect(await own.ready()).toMatchObject({
      status: 'ready',
      upstream: {
        APIG: { breaker: 'closed', inFlight: 0, queued: 0 },
        ROMA: { breaker: 'closed', inFlight: 0, queued: 0 },
        IAM: { breaker: 'closed', inFlight: 0, queued: 0, login: 'locked' },
      },
    })
  })

  test('is nothing to callers with a token of their own', async () => {
    await using simulator = await startLocked()
    await using own = await startOwn(userOf, { simulator })
    await own.send(SHOW, PAYMENTS)
    const { errors } = await own.send(SHOW, PAYMENTS, { 'x-auth-token': simulator.issueToken() })
    expect(errors).toBeUndefined()
  })

  test('is tried again after a quarter of an hour', async () => {
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using simulator = await startLocked()
    await using own = await startOwn(userOf, { simulator })
    await own.send(SHOW, PAYMENTS)
    vi.setSystemTime(Date.now() + 15 * MINUTE_MS)
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    expect(await own.ready()).toMatchObject({ upstream: { IAM: { login: 'ok' } } })
  })
})

describe('whatever IAM refuses with', () => {
  test.each([
    [400, { error: { code: 400, message: 'parameter name:port', title: 'Bad Request' } }],
    [401, { error_code: 'IAM.0062', error_msg: 'wrong' }],
    [403, { error_code: 'IAM.0002', error_msg: 'not authorised' }],
    [404, { error: { code: 404, message: 'Could not find project', title: 'Not Found' } }],
    [409, '<html>conflict</html>'],
  ])('%i: it is the gateway’s fault, not the caller’s, and is not tried again', async (status, body) => {
    await using own = await startOwn(userOf)
    own.simulator.failNext({ kind: 'answer', status, body }, { match: LOGIN, times: 10 })
    for (let call = 0; call < 3; call += 1) {
      const { errors } = await own.send(CREATE, { name: 'made' })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'GATEWAY_CREDENTIALS',
        effect: 'NOT_APPLIED',
        upstream: { service: 'IAM', status, message: null },
      })
      expect(errors?.[0]?.extensions).not.toHaveProperty('validation')
    }
    expect([own.proofs().length, own.logins().length]).toEqual([1, 0])
    expect(own.calls()).toEqual([])
  })
})
