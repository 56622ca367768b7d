import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createVpcChannelWrite } from '../../../src/operations/create-vpc-channel.ts'
import { upsertProjectVpcChannelsWrite } from '../../../src/operations/upsert-project-vpc-channels.ts'
import { graphqlPathsOf } from '../../../src/vpc-channel/rest-parameters.ts'
import type {
  CreateVpcChannelInput,
  UpsertProjectVpcChannelsInput,
} from '../../../src/vpc-channel/vpc-channel-input.ts'
import { createVpcChannelBody, projectVpcChannelsBody } from '../../../src/vpc-channel/vpc-channel-request.ts'
import { createInputs, upsertInputs } from '../../contract/arbitrary-input.ts'
import { PAGE_CHANNEL, PAGE_PLACES, type PageTable, tableBelow } from '../../fixtures/page-fields.ts'

const TABLES = {
  APIG: createVpcChannelWrite.parameters,
  ROMA_CONNECT: upsertProjectVpcChannelsWrite.parameters,
}

const graphqlPathOf = (page: keyof typeof TABLES, parameter: string) =>
  graphqlPathsOf(TABLES[page], parameter)[0] ?? null

type Path = readonly (string | number)[]
type Row = readonly [parameter: string, path: Path]

/** The page that names a parameter; most are on both. */
const pageOf = (parameter: string) => (parameter.startsWith('instance_ids') ? 'ROMA_CONNECT' : 'APIG')

test('a parameter of the other page leads nowhere', () => {
  expect(graphqlPathOf('APIG', 'instance_ids')).toBeNull()
  expect(graphqlPathOf('ROMA_CONNECT', 'instance_id')).toBeNull()
})

/** Every parameter of a request's table and of the tables below it, items of lists by a position. */
function* rowsOf(table: PageTable, restPrefix = '', path: Path = ['input']): Generator<Row> {
  for (const [name, field] of Object.entries(table)) {
    const [restName, use, values] = field
    if (use === 'answer') continue
    const parameter = `${restPrefix}${restName}`
    const here = [...path, name]
    yield [parameter, here]
    const below = tableBelow(field)
    if (below === undefined) continue
    if (typeof values === 'object' && 'listOf' in values) {
      yield [`${parameter}[12]`, [...here, 12]]
      yield* rowsOf(below, `${parameter}[3].`, [...here, 3])
    } else {
      yield* rowsOf(below, `${parameter}.`, here)
    }
  }
}

describe('a parameter of the request tables leads to its place in the input', () => {
  test.each<Row>([
    ...rowsOf(PAGE_PLACES),
    ...rowsOf(PAGE_CHANNEL),
    ['instance_ids[3]', ['input', 'instanceIds', 3]],
    // Which half is given says the type.
    ['microservice_info.service_type', ['input', 'microservice']],
  ])('%s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })
})

/** Every name of the request's tables with its highest place, the fields of a table before those below it. */
function topmost(): Map<string, Path> {
  const found = new Map<string, Path>()
  let level: { readonly table: PageTable; readonly path: Path }[] = [{ table: PAGE_CHANNEL, path: ['input'] }]
  while (level.length > 0) {
    const fields = level.flatMap(({ table, path }) =>
      Object.entries(table)
        .filter(([, [, use]]) => use !== 'answer')
        .map(([name, field]) => ({ field, path: [...path, name] })),
    )
    for (const { field, path } of fields) if (!found.has(field[0])) found.set(field[0], path)
    level = fields.flatMap(({ field, path }) => {
      const table = tableBelow(field)
      return table === undefined ? [] : [{ table, path }]
    })
  }
  return found
}

describe('a bare name is looked for from the top down', () => {
  test.each<Row>([
    ...topmost(),
    // By hand, what the tables do not say.
    ['port', ['input', 'port']],
    ['dict_code', ['input', 'dictCode']],
    ['host', ['input', 'members', 'host']],
    ['time_interval', ['input', 'healthCheck', 'intervalSeconds']],
    ['label_name', ['input', 'memberGroups', 'microserviceLabels', 'name']],
    ['microservice_labels[1].label_name', ['input', 'memberGroups', 'microserviceLabels', 1, 'name']],
    ['service_type', ['input', 'microservice']],
    ['cce_info.app_name', ['input', 'microservice', 'cce', 'appName']],
    ['members.0.host', ['input', 'members', 0, 'host']],
    ['members.host', ['input', 'members', 'host']],
  ])('%s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })
})

describe('an unknown name', () => {
  test.each([
    '',
    '.',
    '[]',
    '[0]',
    '0',
    'X-Auth-Token',
    'vpc_channel_id',
    'project_vpc_channels',
    'healthCheck',
    'memberGroups',
    'intervalSeconds',
    'Name',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'a'.repeat(10_000),
  ])('leads nowhere: %j', (parameter) => {
    expect(graphqlPathOf('APIG', parameter)).toBeNull()
    expect(graphqlPathOf('ROMA_CONNECT', parameter)).toBeNull()
  })

  test.each<Row>([
    ['members[0].unknown', ['input', 'members', 0]],
    ['members[0].constructor', ['input', 'members', 0]],
    ['vpc_health_config.__proto__.port', ['input', 'healthCheck']],
    ['microservice_info.unknown.app_name', ['input', 'microservice']],
    ['name.unknown', ['input', 'name']],
  ])('below a known one leads as far as it is known: %s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })

  test('of any form throws nothing', () => {
    fc.assert(
      fc.property(fc.string(), (parameter) => {
        const path = graphqlPathOf('APIG', parameter)
        expect(path === null || path[0] === 'input').toBe(true)
      }),
    )
  })
})

/** Every REST key of a body with its value, as `members[0].host`. */
function* parametersOf(value: unknown, parameter = ''): Generator<readonly [string, unknown]> {
  if (parameter !== '') yield [parameter, value]
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* parametersOf(item, `${parameter}[${index}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      yield* parametersOf(one, parameter === '' ? name : `${parameter}.${name}`)
    }
  }
}

/** Values that GraphQL names otherwise than REST. */
const IS_ENUM = /(?:^|\.)(?:balance_strategy|member_type|type|status|service_type|workload_type)$/

function at(input: object, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], input)
}

function expectWayBack(body: object, input: object): void {
  for (const [parameter, value] of parametersOf(JSON.parse(JSON.stringify(body)))) {
    const path = graphqlPathOf('instance_ids' in body ? 'ROMA_CONNECT' : 'APIG', parameter)
    expect(path, parameter).not.toBeNull()
    const origin = at({ input }, path ?? [])
    expect(origin ?? null, parameter).not.toBeNull()
    if (typeof value !== 'object' && !IS_ENUM.test(parameter)) expect(origin, parameter).toEqual(value)
    else if (Array.isArray(value)) expect(origin, parameter).toHaveLength(value.length)
  }
}

describe('every key that is sent leads back to where it came from', () => {
  const DEFAULTS = { balanceStrategy: 'WEIGHTED_ROUND_ROBIN', memberType: 'ECS' }

  test('for createVpcChannel', () => {
    fc.assert(
      fc.property(createInputs, (given) => {
        const input = { ...DEFAULTS, type: 'SERVER', ...given }
        expectWayBack(createVpcChannelBody(input as unknown as CreateVpcChannelInput), input)
      }),
    )
  })

  test('for upsertProjectVpcChannels', () => {
    fc.assert(
      fc.property(upsertInputs, (given) => {
        const input = { ...DEFAULTS, ...given }
        expectWayBack(projectVpcChannelsBody(input as unknown as UpsertProjectVpcChannelsInput), input)
      }),
    )
  })
})
