import { describe, expect, test } from 'vitest'
import {
  ask,
  askWith,
  CREATE,
  expectContract,
  expectRefused,
  expectSent,
  startWillingUpstream,
  UPSERT,
  validationOf,
} from '../../fixtures/ask.ts'
import {
  fullInput,
  type Json,
  type JsonObject,
  leastInput,
  literalOf,
  type Product,
  shortOf,
  withValue,
  withValues,
} from '../../fixtures/channel-inputs.ts'
import { http } from '../../support/http.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'

/** What GraphQL itself refuses. A form does not care who found the fault: it comes by path, as those of the rules. */
const TYPE_FAULTS: readonly (readonly [at: string, value: Json | undefined, rule: string])[] = [
  ['port', 70_000, 'RANGE'],
  ['port', 22.5, 'TYPE'],
  ['port', '22', 'TYPE'],
  ['port', true, 'TYPE'],
  ['port', null, 'REQUIRED'],
  ['port', undefined, 'REQUIRED'],
  ['port', [], 'TYPE'],
  ['port', {}, 'TYPE'],
  ['name', 5, 'TYPE'],
  ['name', null, 'REQUIRED'],
  ['name', undefined, 'REQUIRED'],
  ['name', ['abc'], 'TYPE'],
  ['name', { en: 'abc' }, 'TYPE'],
  ['dictCode', false, 'TYPE'],
  ['projectId', {}, 'TYPE'],
  ['projectId', 1.5, 'TYPE'],
  ['balanceStrategy', 'BEST', 'ENUM'],
  ['balanceStrategy', 1, 'ENUM'],
  ['balanceStrategy', null, 'REQUIRED'],
  ['memberType', 'ecs', 'ENUM'],
  ['type', 2, 'ENUM'],
  ['members.0', null, 'REQUIRED'],
  ['members.0', 'server', 'TYPE'],
  ['members.0.port', 65_536, 'RANGE'],
  ['members.0.weight', 1.5, 'TYPE'],
  ['members.0.weight', 3_000_000_000, 'RANGE'],
  ['members.0.isBackup', 1, 'TYPE'],
  ['members.0.isBackup', 'yes', 'TYPE'],
  ['members.0.status', 1, 'ENUM'],
  ['members.0.colour', 'red', 'UNKNOWN_FIELD'],
  ['memberGroups.0.name', undefined, 'REQUIRED'],
  ['memberGroups.0.microserviceLabels.0.value', null, 'REQUIRED'],
  ['memberGroups.0.microserviceLabels.0', 7, 'TYPE'],
  ['healthCheck', 'often', 'TYPE'],
  ['healthCheck.protocol', undefined, 'REQUIRED'],
  ['healthCheck.protocol', 'UDP', 'ENUM'],
  ['healthCheck.healthyThreshold', null, 'REQUIRED'],
  ['healthCheck.timeoutSeconds', undefined, 'REQUIRED'],
  ['healthCheck.enableClientSsl', 0, 'TYPE'],
  [
    'microservice',
    {
      cse: { engineId: 'e', serviceId: 's' },
      cce: { clusterId: 'c', namespace: 'n', workloadType: 'DEPLOYMENT', appName: 'a' },
    },
    'EXACTLY_ONE',
  ],
  ['microservice', {}, 'EXACTLY_ONE'],
  ['microservice', { cse: null }, 'EXACTLY_ONE'],
  ['microservice', { cse: { engineId: 'e', serviceId: 's' }, cce: null }, 'EXACTLY_ONE'],
  ['microservice.cse.engineId', undefined, 'REQUIRED'],
  ['vpcHealthConfig', {}, 'UNKNOWN_FIELD'],
]

const cases = (['APIG', 'ROMA_CONNECT'] as const).flatMap((product) => {
  const ids = product === 'APIG' ? 'instanceId' : 'instanceIds'
  const rows = [
    ...TYPE_FAULTS,
    [ids, undefined, 'REQUIRED'],
    [ids, null, 'REQUIRED'],
    [ids, product === 'APIG' ? {} : [{}], 'TYPE'],
  ] as const
  return rows.map(([at, value, rule]) => {
    const place = product === 'ROMA_CONNECT' && at === ids && Array.isArray(value) ? `${at}.0` : at
    return {
      name: `${product}: ${at} ${shortOf(value)}`,
      product,
      input: withValue(withValue(fullInput(product), 'members.0.memberGroupName', undefined), at, value),
      fault: `input.${place} ${rule}`,
    }
  })
})

const FIELD = {
  APIG: ['createVpcChannel', '{ vpcChannel { name } }'],
  ROMA_CONNECT: ['upsertProjectVpcChannels', '{ status }'],
} as const

const written = (product: Product, input: Json): string =>
  `mutation { ${FIELD[product][0]}(input: ${literalOf(input)}) ${FIELD[product][1]} }`

describe('a value of the wrong type is told as every other fault', () => {
  test.each(cases)('in a variable: $name', async ({ product, input, fault }) => {
    expectRefused(await askWith(product, input), [fault])
  })

  test.each(cases)('written in the document: $name', async ({ product, input, fault }) => {
    expectRefused(await ask(written(product, input)), [fault])
  })

  test.each(cases)('together with what breaks a rule: $name', async ({ product, input, fault }) => {
    const broken = withValues(input, { 'memberGroups.0.weight': 101 })
    const faults = [fault, 'input.memberGroups.0.weight RANGE']
    expectRefused(await askWith(product, broken), faults)
    expectRefused(await ask(written(product, broken)), faults)
  })

  test('a valid input may be written in the document', async () => {
    expectSent(await ask(written('APIG', fullInput('APIG'))))
    expectSent(await ask(written('ROMA_CONNECT', fullInput('ROMA_CONNECT'))))
  })

  test('an enum value in quotes is no enum value in a document', async () => {
    const asked = await ask(
      'mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 22, memberType: "IP"}) { vpcChannel { name } } }',
    )
    expectRefused(asked, ['input.memberType ENUM'])
    expect(validationOf(asked.answer)[0]?.params).toEqual({ values: ['IP', 'ECS'] })
  })

  test.each([
    ['null', { input: null }],
    ['nothing', {}],
  ])('the whole input may be missing: %s', async (_name, variables) => {
    expectRefused(await ask(CREATE, variables), ['input REQUIRED'])
    expectRefused(await ask(UPSERT, variables), ['input REQUIRED'])
  })

  test.each([[[]], ['text'], [5], [true]] as Json[][])(
    'the whole input may be something else: %j',
    async (input) => {
      expectRefused(await ask(CREATE, { input }), ['input TYPE'])
    },
  )

  test('the parameters of a fault say what would do', async () => {
    const { answer } = await askWith('APIG', { ...leastInput('APIG'), port: 70_000, type: 'X', name: 5 })
    const params = Object.fromEntries(
      validationOf(answer).map(({ path, params }) => [path.join('.'), params]),
    )
    expect(params).toMatchObject({
      'input.port': { min: 1, max: 65_535 },
      'input.type': { values: ['SERVER', 'MICROSERVICE'] },
      'input.name': { type: 'String' },
    })
  })

  test('no error echoes the value that it refuses', async () => {
    const secret = 'hunter2-is-my-password'
    for (const [at] of TYPE_FAULTS) {
      const input = withValue(fullInput('APIG'), at, { [secret.length]: secret, nested: [secret] })
      const { answer } = await askWith('APIG', input)
      expect(answer.text, at).not.toContain(secret)
    }
    const oneOf = { cse: { engineId: secret, serviceId: 's' }, cce: null }
    expect((await askWith('APIG', { ...leastInput('APIG'), microservice: oneOf })).answer.text).not.toContain(
      secret,
    )
  })
})

const MANY: JsonObject = {
  name: '1',
  port: 70_000,
  balanceStrategy: 'BEST',
  memberType: 'IP',
  type: 'MICROSERVICE',
  dictCode: 'a',
  colour: 'red',
  memberGroups: [{ name: 'g', weight: 101 }, { weight: 1 }],
  members: [{ host: 'h', port: -1 }, { weight: 1.5 }, null],
  healthCheck: { protocol: 'HTTP', healthyThreshold: 11, intervalSeconds: 5, timeoutSeconds: 5 },
}
const MANY_FAULTS = [
  'input.name LENGTH',
  'input.name STARTS_WITH',
  'input.port RANGE',
  'input.balanceStrategy ENUM',
  'input.dictCode LENGTH',
  'input.colour UNKNOWN_FIELD',
  'input.memberGroups.0.weight RANGE',
  'input.memberGroups.1.name REQUIRED',
  'input.members.0.port RANGE',
  'input.members.1.weight TYPE',
  'input.members.1.host REQUIRED',
  'input.members.2 REQUIRED',
  'input.healthCheck.path REQUIRED',
  'input.healthCheck.httpCodes REQUIRED',
  'input.healthCheck.healthyThreshold RANGE',
  'input.healthCheck.unhealthyThreshold REQUIRED',
  'input.healthCheck.timeoutSeconds LESS_THAN',
  'input.microservice REQUIRED',
]

describe('all faults come at once, whoever finds them', () => {
  test('APIG', async () => {
    const faults = [...MANY_FAULTS, 'input.instanceId ID']
    expectRefused(await askWith('APIG', { ...MANY, instanceId: '..' }), faults)
    expectRefused(await ask(written('APIG', { ...MANY, instanceId: '..' })), faults)
  })

  test('ROMA Connect', async () => {
    const faults = [...MANY_FAULTS, 'input.instanceIds.1 UNIQUE', 'input.instanceIds.2 ID']
    expectRefused(await askWith('ROMA_CONNECT', { ...MANY, instanceIds: ['a', 'a', '..'] }), faults)
    expectRefused(await ask(written('ROMA_CONNECT', { ...MANY, instanceIds: ['a', 'a', '..'] })), faults)
  })

  test('rules alone', async () => {
    const input = withValues(fullInput('APIG'), {
      name: '1',
      'members.0.port': 80,
      'members.0.weight': -1,
      port: 0,
    })
    expectRefused(await askWith('APIG', input), [
      'input.name LENGTH',
      'input.name STARTS_WITH',
      'input.members.0.weight RANGE',
      'input.port RANGE',
    ])
  })

  test('null for the project and a value of the wrong type: the configured project still stands', async () => {
    const asked = await askWith('APIG', { ...leastInput('APIG'), projectId: null, port: 70_000 })
    expectRefused(asked, ['input.port RANGE'])
  })

  test('null where null means "not given" is never a fault of its own', async () => {
    const nothing = {
      dictCode: null,
      memberGroups: null,
      members: null,
      healthCheck: null,
      microservice: null,
    }
    const asked = await askWith('APIG', { ...leastInput('APIG'), ...nothing, port: 'x' })
    expectRefused(asked, ['input.port TYPE'])
  })

  test('a field whose name holds periods does not hide the fault of another place', async () => {
    const input = { ...fullInput('APIG'), 'members.0.weight': 1 }
    const { answer } = await askWith('APIG', withValues(input, { 'members.0.weight': 20_000 }))
    expect(validationOf({ ...answer }).map(({ path, rule }) => [path, rule])).toEqual(
      expect.arrayContaining([
        [['input', 'members.0.weight'], 'UNKNOWN_FIELD'],
        [['input', 'members', 0, 'weight'], 'RANGE'],
      ]),
    )
  })

  test.each([
    ['a rule', 20_000, 'RANGE'],
    ['a type', 'heavy', 'TYPE'],
  ])('one item in place of a list has the place of a list of one: %s', async (_name, weight, rule) => {
    const asked = await askWith('APIG', { ...leastInput('APIG'), memberType: 'IP', members: { weight } })
    expectRefused(asked, ['input.members.0.host REQUIRED', `input.members.0.weight ${rule}`])
  })
})

describe('variables inside a literal have the path of their place', () => {
  const create = (variables: string, input: string): string =>
    `mutation M(${variables}) { createVpcChannel(input: {instanceId: "i", ${input}}) { vpcChannel { name } } }`

  test('a scalar', async () => {
    const asked = await ask(create('$p: Port!, $n: String!', 'name: $n, port: $p'), { p: 70_000, n: 5 })
    expectRefused(asked, ['input.name TYPE', 'input.port RANGE'])
  })

  test('an item of a list, and a field of an item', async () => {
    const asked = await ask(
      create(
        '$m: VpcChannelMemberInput!, $w: Int',
        'name: "abc", port: 22, memberType: IP, members: [{host: "h"}, $m, {host: "i", weight: $w}]',
      ),
      { m: { port: -1 }, w: 1.5 },
    )
    expectRefused(asked, [
      'input.members.1.host REQUIRED',
      'input.members.1.port RANGE',
      'input.members.2.weight TYPE',
    ])
  })

  test('a variable that breaks a rule', async () => {
    const asked = await ask(
      create('$w: Int', 'name: "abc", port: 22, memberGroups: [{name: "g", weight: $w}]'),
      {
        w: 101,
      },
    )
    expectRefused(asked, ['input.memberGroups.0.weight RANGE'])
  })

  test('a variable that is missing', async () => {
    const asked = await ask(create('$p: Port!', 'name: "a", port: $p'))
    expectRefused(asked, ['input.name LENGTH', 'input.port REQUIRED'])
  })

  test('a variable of the wrong type beside a literal that breaks a rule', async () => {
    const asked = await ask(create('$p: Port!', 'name: "a", port: $p'), { p: 'x' })
    expectRefused(asked, ['input.name LENGTH', 'input.port TYPE'])
  })

  test('a variable of the wrong type beside a literal of the wrong type', async () => {
    const asked = await ask(create('$p: Port!', 'name: "abc", port: $p, balanceStrategy: BEST'), { p: 'x' })
    expectRefused(asked, ['input.balanceStrategy ENUM', 'input.port TYPE'])
  })

  test('a variable that is left out takes the default of its field, for rules too', async () => {
    const asked = await ask(
      create(
        '$p: Port!, $t: VpcChannelMemberType',
        'name: "abc", port: $p, memberType: $t, members: [{port: 1}]',
      ),
      { p: 70_000 },
    )
    expectRefused(asked, [
      'input.members.0.ecsId REQUIRED',
      'input.members.0.ecsName REQUIRED',
      'input.port RANGE',
    ])
  })

  test('a variable that is left out takes its own default, for rules too', async () => {
    const asked = await ask(create('$p: Port!, $n: String! = "a"', 'name: $n, port: $p'), { p: 70_000 })
    expectRefused(asked, ['input.name LENGTH', 'input.port RANGE'])
  })

  test('a project variable that is left out means the configured project', async () => {
    const asked = await ask(create('$p: Port!, $project: ID', 'name: "abc", port: $p, projectId: $project'), {
      p: 70_000,
    })
    expectRefused(asked, ['input.port RANGE'])
  })

  test('a default value of the wrong type', async () => {
    const asked = await ask(create('$p: Port = 70000', 'name: "abc", port: $p'))
    expect(asked.calls).toEqual([])
    expect(asked.answer.errors?.[0]?.extensions.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/)
    expectContract(asked.answer)
  })

  test('a variable used twice is told once', async () => {
    const asked = await ask(
      `mutation M($input: CreateVpcChannelInput!) {
        a: createVpcChannel(input: $input) { vpcChannel { name } }
        b: createVpcChannel(input: $input) { vpcChannel { name } }
      }`,
      { input: { ...leastInput('APIG'), name: 'a', port: 70_000 } },
      { documents: { writes: 2 } },
    )
    expectRefused(asked, ['input.name LENGTH', 'input.port RANGE'])
  })

  test('an input used in a fragment', async () => {
    const asked = await ask(
      `mutation M($input: CreateVpcChannelInput!) { ...Create }
       fragment Create on Mutation { createVpcChannel(input: $input) { vpcChannel { name } } }`,
      { input: { ...leastInput('APIG'), port: 70_000 } },
    )
    expectRefused(asked, ['input.port RANGE'])
  })
})

describe('the faults are those of the operation that was asked for', () => {
  const TWO = `${CREATE}\n${UPSERT}`
  const run = async (operationName: string, input: Json) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const { text } = await http(gateway.url, {
      headers: { 'content-type': 'application/json', 'x-auth-token': TOKEN },
      body: JSON.stringify({ query: TWO, operationName, variables: { input } }),
    })
    const { errors } = JSON.parse(text) as {
      errors: { extensions: { validation: { path: string[]; rule: string }[] } }[]
    }
    return errors.flatMap(({ extensions }) =>
      extensions.validation.map(({ path, rule }) => `${path.join('.')} ${rule}`),
    )
  }

  test('another operation of the document has no say: the rules of APIG are not those of ROMA Connect', async () => {
    const input = { ...leastInput('APIG'), name: '中文名', port: 70_000 }
    expect(await run('Create', input)).toEqual(['input.port RANGE'])
  })

  test('nor the other way round', async () => {
    const input = {
      ...leastInput('ROMA_CONNECT'),
      port: 70_000,
      healthCheck: {
        protocol: 'HTTPS',
        healthyThreshold: 1,
        unhealthyThreshold: 1,
        intervalSeconds: 10,
        timeoutSeconds: 5,
      },
    }
    expect(await run('Upsert', input)).toEqual(['input.port RANGE'])
  })

  test('a document that is wrong in itself is told so, even if its variables are wrong too', async () => {
    const { answer, calls } = await ask(
      'mutation M($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { nope vpcChannel { name } } }',
      { input: { ...leastInput('APIG'), port: 70_000 } },
    )
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED')
    expect(calls).toEqual([])
  })

  test('the same faulty document answers the same every time, in the language of each caller', async () => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url })
    const document = written('APIG', { ...leastInput('APIG'), port: 70_000 })
    const answers = []
    for (const language of ['en', 'zh', 'en']) {
      const { errors } = await gateway.send(document, undefined, { 'accept-language': language })
      answers.push(errors?.map(({ extensions }) => extensions.validation[0].message))
    }
    expect(answers[0]).toHaveLength(1)
    expect(answers[1]?.[0]).toMatch(/\p{Script=Han}/u)
    expect(answers[2]).toEqual(answers[0])
  })
})

test.each([{ flag: 'hunter2' }, { flag: null }, {}])(
  'a variable that only a directive uses is told by a place too: %j',
  async (variables) => {
    const { answer } = await ask('query Q($flag: Boolean!) { __typename @include(if: $flag) }', variables)
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(validationOf(answer)).toHaveLength(1)
    expect(['if', 'flag']).toContain(validationOf(answer)[0]?.path.at(-1))
    expect(answer.text).not.toContain('hunter2')
  },
)

describe('arguments of a query', () => {
  const QUERY =
    'query Q($instanceId: ID!, $id: ID!, $product: VpcChannelProduct! = APIG, $projectId: ID) { vpcChannel(instanceId: $instanceId, id: $id, product: $product, projectId: $projectId) { name } }'

  test.each([
    [{ instanceId: 'i', id: '..' }, ['id ID']],
    [{ instanceId: '', id: 'a/b' }, ['id ID', 'instanceId REQUIRED']],
    [{ instanceId: 'i', id: 'c', projectId: '../x' }, ['projectId ID']],
    [{ instanceId: {}, id: 'c' }, ['instanceId TYPE']],
    [{ instanceId: 'i' }, ['id REQUIRED']],
    [{ instanceId: 'i', id: 'c', product: 'ELB' }, ['product ENUM']],
  ])('%j', async (variables, faults) => {
    const asked = await ask(QUERY, variables)
    expect(asked.faults).toEqual(faults)
    expect(asked.calls).toEqual([])
    expect(asked.answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(asked.answer.errors?.[0]?.extensions).not.toHaveProperty('effect')
    expectContract(asked.answer)
  })

  test.each(['', '..', 'a b', '../../x', 'a%2F', '实例'])(
    'a project of the header %j reaches no URL',
    async (project) => {
      const header = { 'x-project-id': encodeURI(project) === project ? project : 'a%2F..' }
      const asked = await ask(QUERY, { instanceId: 'i', id: 'c' }, {}, header)
      expect(asked.calls.every(({ path }) => path.startsWith('/v2/5fd5'))).toBe(true)
      const written = await ask(CREATE, { input: leastInput('APIG') }, {}, header)
      expect(written.calls.every(({ path }) => path.startsWith('/v2/5fd5'))).toBe(true)
    },
  )
})
