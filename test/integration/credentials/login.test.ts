import { describe, expect, test } from 'vitest'
import { startSandbox } from '../simulator/sandbox.ts'
import {
  CREATE,
  LIST,
  NEIGHBOUR,
  type OwnPair,
  PAYMENTS,
  PROJECT_LIST,
  SHOW,
  startHoldingIam,
  startOwn,
  userOf,
} from './start-own.ts'

const tokensOf = (own: OwnPair) => own.calls().map(({ headers }) => headers['x-auth-token'])
const times = <Result>(count: number, make: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('a token', () => {
  test('is had once for many first calls at once, and kept for those that follow', async () => {
    await using own = await startOwn(userOf)
    const first = await Promise.all(times(8, () => own.send(SHOW, PAYMENTS)))
    const next = [await own.send(CREATE, { name: 'made' }), await own.send(LIST, { name: '订单' })]
    expect([...first, ...next].map(({ errors }) => errors)).toEqual(times(10, () => undefined))
    expect(own.logins().map(({ status }) => status)).toEqual([201])
    expect(new Set(tokensOf(own)).size).toBe(1)
    for (const { headers } of own.calls()) {
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('x-api-key')
      expect(headers).not.toHaveProperty('x-project-id')
    }
  })

  test('is asked for as the page shows, with no credentials but the body’s', async () => {
    await using own = await startOwn(userOf)
    await own.send(SHOW, PAYMENTS)
    const { name, password, domain } = own.simulator.user
    const [login] = own.logins()
    expect([login?.method, login?.query]).toEqual(['POST', { nocatalog: 'true' }])
    expect(login?.body).toEqual({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name, password, domain: { name: domain.name } } },
        },
        scope: { project: { id: own.simulator.projectId } },
      },
    })
    // The login before it is for no project: it proves the password, which no project's refusal can be mistaken for then.
    const [proof] = own.proofs()
    const methods = ['password']
    const user = { name, password, domain: { name: domain.name } }
    expect(proof?.body).toEqual({ auth: { identity: { methods, password: { user } } } })
    expect(login?.headers).not.toHaveProperty('x-auth-token')
    expect(login?.headers).not.toHaveProperty('x-api-key')
  })

  test('is of one project, whoever names it', async () => {
    await using own = await startOwn(userOf)
    const answers = await Promise.all([
      own.send(PROJECT_LIST),
      own.send(PROJECT_LIST, {}, { 'x-project-id': NEIGHBOUR }),
      own.send(PROJECT_LIST, { projectId: NEIGHBOUR }),
      own.send(PROJECT_LIST, { projectId: own.simulator.projectId }, { 'x-project-id': NEIGHBOUR }),
    ])
    // The simulator refuses a token of another project.
    expect(answers.map(({ errors }) => errors)).toEqual(times(4, () => undefined))
    expect(own.logins()).toHaveLength(2)
    expect(new Set(tokensOf(own)).size).toBe(2)
  })

  test('serves entities too', async () => {
    await using own = await startOwn(userOf)
    const { data, errors } = await own.send<{ _entities: unknown[] }>(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on VpcChannel { name } } }`,
      {
        representations: [
          {
            __typename: 'VpcChannel',
            product: 'APIG',
            instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
            id: PAYMENTS.id,
          },
        ],
      },
    )
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual([{ name: 'payments' }])
    expect(own.logins()).toHaveLength(1)
  })
})

describe('a token of the caller’s own', () => {
  test.each([
    ['that nobody knows', () => 'MIIunknown', 'TOKEN_INVALID'],
    ['that has expired', (own: OwnPair) => own.simulator.issueToken({ lifetimeMs: 0 }), 'TOKEN_EXPIRED'],
  ])('%s is sent as it is, never replaced, and nobody logs in', async (_name, tokenOf, reason) => {
    await using own = await startOwn(userOf)
    const token = tokenOf(own)
    // The API key beside it changes nothing.
    const { errors } = await own.send(CREATE, { name: 'made' }, { 'x-auth-token': token })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason, effect: 'NOT_APPLIED' })
    expect(tokensOf(own)).toEqual([token])
    expect(own.logins()).toEqual([])
  })

  test.each(['two words', 'é'])('that is none (%j) is refused, not replaced', async (token) => {
    await using own = await startOwn(userOf)
    const { errors } = await own.send(SHOW, PAYMENTS, { 'x-auth-token': token })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' })
    expect(own.simulator.calls).toEqual([])
  })

  test('is never mixed up with the gateway’s, nor with another’s', async () => {
    await using own = await startOwn(userOf, { limits: { inFlightPerCaller: 32 } })
    const callers = times(6, () => own.simulator.issueToken())
    const asked = times(40, (index) => (index % 7 === 0 ? null : (callers[index % 6] ?? null)))
    const answers = await Promise.all(
      asked.map((token, index) => own.send(LIST, { name: `asked-${index}` }, { 'x-auth-token': token })),
    )
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([])
    const tokenByName = new Map(
      own.calls().map(({ query, headers }) => [query['name'], headers['x-auth-token']]),
    )
    const owns = new Set<unknown>()
    for (const [index, token] of asked.entries()) {
      const used = tokenByName.get(`asked-${index}`)
      if (token === null) owns.add(used)
      else expect(used).toBe(token)
    }
    expect(owns.size).toBe(1)
    expect(callers).not.toContain([...owns][0])
    expect(own.logins()).toHaveLength(1)
  })
})

test('a login goes to IAM alone, and calls to the products alone', async () => {
  await using simulator = await startSandbox()
  await using iam = await startHoldingIam(() => simulator.issueToken())
  await using own = await startOwn((one) => userOf(one, `${iam.url}/proxied`), { simulator })
  iam.letGo()
  expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
  expect(iam.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /proxied/v3/auth/tokens?nocatalog=true',
    'POST /proxied/v3/auth/tokens?nocatalog=true',
  ])
  expect(own.logins()).toEqual([])
  expect(own.calls()).toHaveLength(1)
})
