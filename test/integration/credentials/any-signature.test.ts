import fc from 'fast-check'
import { Pool } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator.ts'
import { signedHeaders } from '../../../src/upstream/client/sign-request.ts'

let simulator: Simulator
let pool: Pool
beforeAll(async () => {
  simulator = await startSimulator()
  pool = new Pool(simulator.url, { connections: 4 })
})
afterAll(async () => {
  await pool.close()
  await simulator.close()
})

interface Signed {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body: string
  readonly temporary: boolean
}

/** What the simulator answers to a request that our signer signed: its verifier was written without it. */
async function statusOf({ method, path, body, temporary }: Signed): Promise<number> {
  const key = temporary ? simulator.temporaryAccessKey : simulator.accessKey
  const headers = signedHeaders(
    { method, path, headers: { 'x-project-id': simulator.projectId }, body },
    {
      kind: 'ACCESS_KEY',
      accessKey: key.access,
      secretKey: key.secret,
      securityToken: key.securityToken,
    },
    new Date(),
  )
  const answer = await pool.request({ method, path, headers, body: body === '' ? null : body })
  await answer.body.dump()
  return answer.statusCode
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '订单 通道',
    'a+b',
    'a/b',
    '%2F',
    "!'()*",
    '~._-',
    '..',
    'a;b',
    'a?b#c',
    '😀',
    '\u007f',
    '',
  ),
)
/** Every character in one of the spellings that a client may choose. */
const escaped = fc.oneof(
  text.map((value) => encodeURIComponent(value.toWellFormed())),
  text.map((value) => encodeURIComponent(value.toWellFormed()).replaceAll('%20', '+').toLowerCase()),
  text.map((value) =>
    [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  ),
  fc.constantFrom("!'()*", 'a?b', 'a=b', 'a/b'),
)
const name = fc.oneof(
  escaped,
  fc.constantFrom('name', 'name', 'member_host', 'member', 'member-x', 'a', 'a1', 'a.'),
)
const query = fc
  .array(
    fc.oneof(
      fc.tuple(name, escaped).map((pair) => pair.join('=')),
      name,
    ),
    { maxLength: 6 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`))
const segment = escaped.filter((value) => !/[/?]/.test(value))

test('of any path, query and body is accepted', async () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    id: segment,
    query,
    body: fc.oneof(text, fc.json(), fc.constantFrom('{"name":"订单"}\n', '\u0000', ' ')),
    temporary: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ id, method, query, body, temporary }) => {
      // A call on one channel of an instance that is not there: whoever may ask is told so.
      const channels = `/v2/${simulator.projectId}/apigw/instances/none/vpc-channels`
      const path = `${channels}${method === 'POST' ? '' : `/${id}`}${query}`
      const sent = { method, path, body: method === 'GET' ? '' : body.toWellFormed(), temporary }
      expect(await statusOf(sent)).toBe(404)
    }),
    { numRuns: 200 },
  )
})

test('is told from one over something else', async () => {
  await fc.assert(
    fc.asyncProperty(query, query, async (one, other) => {
      fc.pre(new URLSearchParams(one).toString() !== new URLSearchParams(other).toString())
      const path = `/v2/${simulator.projectId}/apigw/instances/none/vpc-channels/x`
      const { access, secret } = simulator.accessKey
      const headers = signedHeaders(
        { method: 'GET', path: `${path}${one}`, headers: {}, body: '' },
        { kind: 'ACCESS_KEY', accessKey: access, secretKey: secret, securityToken: undefined },
        new Date(),
      )
      const answer = await pool.request({ method: 'GET', path: `${path}${other}`, headers })
      await answer.body.dump()
      const sorted = (text: string) => [...new URLSearchParams(text)].map(String).toSorted().join('&')
      expect(answer.statusCode).toBe(sorted(one) === sorted(other) ? 404 : 401)
    }),
    { numRuns: 60 },
  )
})
