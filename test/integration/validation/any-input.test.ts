import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CREATE, documentOf, startWillingUpstream, validationOf } from '../../fixtures/ask.ts'
import {
  CCE,
  fullInput,
  type Json,
  leastInput,
  literalOf,
  type Product,
  withValues,
} from '../../fixtures/channel-inputs.ts'
import { http } from '../../support/http.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { workOf } from '../../support/work-of.ts'

const PRODUCTS: readonly Product[] = ['APIG', 'ROMA_CONNECT']

/** Sends every input that a property makes to one gateway: it is refused, or it is sent, and nothing else happens. */
async function neverBreaks(inputs: fc.Arbitrary<unknown>, runs: number): Promise<void> {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PRODUCTS), inputs, async (product, input) => {
      const before = upstream.calls.length
      const answer = await gateway.send<unknown, unknown>(documentOf(product), { input })
      const sent = upstream.calls.length - before
      if (answer.errors === undefined) {
        expect(sent).toBe(1)
        return
      }
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
      expect(validationOf(answer).length).toBeGreaterThan(0)
      for (const { path } of validationOf(answer)) expect(path[0]).toBe('input')
      expect(sent).toBe(0)
    }),
    { numRuns: runs },
  )
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('abc', '中文名', '200', ''))
/** But for numbers of more digits than JSON keeps: those are refused before they are anybody's input. */
const anyJson = (maxDepth: number) =>
  fc.jsonValue({ maxDepth }).filter((value) => !/\d{16}/.test(JSON.stringify(value)))
const odd: fc.Arbitrary<unknown> = fc.oneof(anyJson(2), fc.constantFrom(null, -0, 1e308, 2 ** 31, 0.1))
const or = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd })
const number = fc.integer({ min: -1, max: 400 })

/** Inputs that are nearly right: every field may be there, nearly always of the right type. */
const nearly = fc.record(
  {
    instanceId: or(fc.constant('instance-1')),
    instanceIds: or(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })),
    projectId: or(fc.constantFrom('project-1', null)),
    name: or(fc.constantFrom('abc', 'a中b', 'x')),
    port: or(fc.integer({ min: 0, max: 70_000 })),
    balanceStrategy: or(fc.constantFrom('URI_HASH', 'SOURCE_HASH')),
    memberType: or(fc.constantFrom('IP', 'ECS')),
    type: or(fc.constantFrom('SERVER', 'MICROSERVICE')),
    dictCode: or(text),
    memberGroups: or(
      fc.array(
        fc.record({ name: or(text), weight: or(number), remark: or(text) }, { requiredKeys: ['name'] }),
        { maxLength: 2 },
      ),
    ),
    members: or(
      fc.array(
        fc.record(
          { host: or(text), ecsId: or(text), ecsName: or(text), port: or(number) },
          { requiredKeys: [] },
        ),
        {
          maxLength: 2,
        },
      ),
    ),
    healthCheck: or(
      fc.record({
        protocol: or(fc.constantFrom('TCP', 'HTTP')),
        httpCodes: or(text),
        path: or(text),
        healthyThreshold: or(number),
        unhealthyThreshold: or(number),
        intervalSeconds: or(number),
        timeoutSeconds: or(number),
      }),
    ),
    microservice: or(
      fc.record(
        { cse: or(fc.record({ engineId: or(text), serviceId: or(text) })), cce: or(fc.constant(CCE)) },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['name', 'port'] },
)

describe('no input breaks the gateway, and none is sent that it refuses', () => {
  test('any JSON at all', () => neverBreaks(anyJson(4), 200))
  test('nearly right inputs', () => neverBreaks(nearly, 400))
  test('one value of a right input replaced by any JSON', () =>
    neverBreaks(
      fc
        .tuple(
          fc.constantFrom(
            ...['name', 'port', 'projectId', 'members', 'members.0', 'members.0.host', 'memberGroups.0.name'],
            ...[
              'healthCheck',
              'healthCheck.httpCodes',
              'microservice',
              'microservice.cse',
              'instanceId',
              'type',
            ],
          ),
          anyJson(3),
        )
        .map(([at, value]) => withValues(fullInput('APIG'), { [at]: value as Json })),
      300,
    ))

  test.each(
    [
      '{"__proto__": {"name": "abc"}}',
      '{"constructor": {"prototype": {}}, "toString": 1, "hasOwnProperty": null}',
      '{"instanceId": "i", "name": "abc", "port": 22, "__proto__": {"projectId": ".."}}',
      '{"instanceId": "i", "name": "abc", "port": 22, "members": [{"__proto__": {"host": "h"}, "constructor": 1}]}',
      '{"instanceId": "i", "name": "abc", "port": 1e400}',
      '{"instanceId": "i", "name": "abc", "port": 99999999999999999999999999}',
      `{"instanceId": "i", "name": "abc", "port": 22, "dictCode": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      `{"instanceId": "i", "name": "abc", "port": 22, "members": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      `{"instanceId": "i", "name": "abc", "port": 22, "healthCheck": ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    ].map((input) => ({ name: `${input.slice(0, 80)}…`, input })),
  )('$name', async ({ input }) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const { text } = await http(gateway.url, {
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: `{"query": ${JSON.stringify(CREATE)}, "variables": {"input": ${input}}}`,
    })
    const { errors } = JSON.parse(text) as {
      errors: { extensions: { code: string; validation: object[] } }[]
    }
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
    expect(upstream.calls).toEqual([])
    expect({}).not.toHaveProperty('projectId')
  })

  test.each([
    [
      'lists',
      `mutation { createVpcChannel(input: ${'['.repeat(60_000)}${']'.repeat(60_000)}) { vpcChannel { name } } }`,
    ],
    [
      'objects',
      `mutation { createVpcChannel(input: ${'{a:'.repeat(40_000)}1${'}'.repeat(40_000)}) { vpcChannel { name } } }`,
    ],
    ['selections', `${'{a'.repeat(60_000)}${'}'.repeat(60_000)}`],
    ['types', `query Q($a: ${'['.repeat(60_000)}Int${']'.repeat(60_000)}) { __typename }`],
  ])('a document of deeply nested %s is the caller’s fault, not ours', async (_name, document) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const { errors } = await gateway.send(document)
    expect(errors?.length).toBeGreaterThan(0)
    for (const { extensions } of errors ?? []) expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR')
    expect(upstream.calls).toEqual([])
  })

  test('a literal of any JSON breaks nothing either', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/)
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, true, 1, -1, 0.5, 'abc', 'IP', '', 2 ** 40),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.oneof(name, fc.constantFrom('name', 'port', 'members', 'healthCheck', 'microservice')),
          tie('value'),
          {
            maxKeys: 3,
          },
        ),
      ) as fc.Arbitrary<Json>,
    }))
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        const { errors } = await gateway.send(
          `mutation { createVpcChannel(input: ${literalOf(input)}) { vpcChannel { name } } }`,
        )
        for (const { extensions } of errors ?? []) expect(extensions.code).toBe('BAD_USER_INPUT')
        expect(errors?.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
    expect(upstream.calls).toEqual([])
  })
})

describe('rules run in linear time', () => {
  const TEXTS: readonly string[] = [
    ...['projectId', 'instanceId', 'name', 'dictCode', 'memberGroups.0.name', 'memberGroups.0.remark'],
    ...['memberGroups.0.dictCode', 'memberGroups.0.microserviceVersion'],
    ...['memberGroups.0.microserviceLabels.0.name', 'memberGroups.0.microserviceLabels.0.value'],
    ...['members.0.host', 'members.0.ecsId', 'members.0.ecsName', 'members.0.memberGroupName'],
    ...[
      'healthCheck.path',
      'healthCheck.httpCodes',
      'microservice.cse.engineId',
      'microservice.cse.serviceId',
    ],
  ]
  const UNITS = ['a', 'a-', '200,', '200-', '.']

  test.each(TEXTS)('16 KB at %s', async (at) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const evil = (unit: string, size: number): string => `${unit.repeat(size / unit.length)}!`
    const workFor = (size: number) =>
      workOf(async () => {
        for (const unit of UNITS) {
          const input = withValues(fullInput('APIG'), { [at]: evil(unit, size) })
          await gateway.send<unknown, unknown>(CREATE, { input })
        }
      })
    // Four times the text: about four times the work if linear, sixteen if quadratic.
    expect((await workFor(16 * 1024)) / (await workFor(4 * 1024))).toBeLessThan(8)
  })

  const long = (count: number, item: string): string =>
    `[${Array.from({ length: count }, () => item).join(',')}]`
  test.each([
    ['instance ids', 'ROMA_CONNECT', 'instanceIds', long(50_000, '"a"')],
    ['members', 'APIG', 'members', long(80_000, '{}')],
    ['members of the wrong type', 'APIG', 'members', long(100_000, '1')],
    ['groups', 'APIG', 'memberGroups', long(80_000, '{}')],
  ] as const)(
    'a list of very many %s is refused soon, with an answer not much larger than the question',
    async (_name, product, at, list) => {
      await using upstream = await startWillingUpstream()
      await using gateway = await startGateway({ upstream: upstream.url })
      const { [at]: _, ...rest } = leastInput(product)
      const input = `${JSON.stringify(rest).slice(0, -1)},"${at}":${list}}`
      const body = `{"query": ${JSON.stringify(documentOf(product))}, "variables": {"input": ${input}}}`
      const asked = () =>
        http(gateway.url, {
          headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
          body,
        })
      const { status, text } = await asked()
      const work = await workOf(asked)
      expect(work).toBeLessThan(50_000 + 20 * body.length)
      expect(status).toBe(400)
      expect(text).toContain('"code":"BAD_REQUEST"')
      expect(upstream.calls).toEqual([])
      expect(text.length).toBeLessThan(1_000_000)
    },
  )
})
