import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { createVpcChannelWrite } from '../../src/operations/create-vpc-channel.ts'
import { upsertProjectVpcChannelsWrite } from '../../src/operations/upsert-project-vpc-channels.ts'
import { channelDifferences } from '../../src/vpc-channel/channel-differences.ts'
import { graphqlPathsOf } from '../../src/vpc-channel/rest-parameters.ts'
import type {
  CreateVpcChannelInput,
  UpsertProjectVpcChannelsInput,
} from '../../src/vpc-channel/vpc-channel-input.ts'
import { readVpcChannel } from '../../src/vpc-channel/vpc-channel-response.ts'
import { onlyWriting } from '../fixtures/nothing-before.ts'
import {
  PAGE_CCE,
  PAGE_CHANNEL,
  PAGE_CSE,
  PAGE_GROUP,
  PAGE_HEALTH_CHECK,
  PAGE_LABEL,
  PAGE_MEMBER,
  PAGE_MICROSERVICE,
  PAGE_PLACES,
  type PageField,
  type PageTable,
  tableBelow,
} from '../fixtures/page-fields.ts'
import { CreateVpcChannelDocument, UpsertProjectVpcChannelsDocument } from '../support/generated/graphql.ts'
import { SMALLEST_CREATE, SMALLEST_UPSERT, startPair } from './start-pair.ts'

/*
 * Walks the printed schema: whatever an input takes has to be sent under the name that the pages give it, be compared, and
 * be found again from that name.
 */
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'), { assumeValidSDL: true })

type Path = readonly (string | number)[]

interface Leaf {
  readonly path: Path
  /** Its place in the REST body. */
  readonly restPath: Path
  readonly field: PageField
}

/** The leaves of an input, of lists those of the first item, with their places by the pages. */
function* leavesOf(
  type: GraphQLInputType,
  table: PageTable,
  path: Path = [],
  rest: Path = [],
): Generator<Leaf> {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return
  const missing = Object.entries(table).find(
    ([name, [, use]]) => use !== 'answer' && !named.getFields()[name],
  )
  if (missing !== undefined) throw new Error(`${named.name} lacks a field of the pages: ${missing[0]}`)
  for (const { name, type: fieldType } of Object.values(named.getFields())) {
    const field = table[name]
    if (field === undefined) throw new Error(`no page has a field for ${named.name}.${name}`)
    const below = tableBelow(field)
    const index = isListType(getNullableType(fieldType)) ? [0] : []
    const here = { path: [...path, name, ...index], restPath: [...rest, field[0], ...index], field }
    if (below === undefined) yield here
    else yield* leavesOf(fieldType, below, here.path, here.restPath)
  }
}

function inputLeaves(name: string, table: PageTable): Leaf[] {
  const type = schema.getType(name)
  if (!isInputObjectType(type)) throw new Error(`${name} is no input`)
  return [...leavesOf(type, table)]
}

const { instanceId, instanceIds, ...PLACES_OF_BOTH } = PAGE_PLACES
const PAGE_CREATE: PageTable = { ...PLACES_OF_BOTH, instanceId, ...PAGE_CHANNEL }
const PAGE_UPSERT: PageTable = { ...PLACES_OF_BOTH, instanceIds, ...PAGE_CHANNEL }

const parameterOf = (restPath: Path): string =>
  restPath
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((below, step) => (below as Record<string | number, unknown>)?.[step], value)

/** Sets a value, with the objects and lists on the way to it. */
function put(root: object, path: Path, value: unknown): void {
  const [last] = path.slice(-1)
  let below = root as Record<string | number, unknown>
  for (const [index, step] of path.slice(0, -1).entries()) {
    below[step] ??= typeof path[index + 1] === 'number' ? [] : {}
    below = below[step] as Record<string | number, unknown>
  }
  if (last !== undefined) below[last] = value
}

/** Two values of a field in GraphQL's words and in REST's; no two fields of one type have the same first one. */
function valuesOf(
  [restName, , values]: PageField,
  number: number,
): readonly { given: unknown; sent: unknown }[] {
  if (typeof values === 'object' && 'spellings' in values) {
    return Object.entries(values.spellings).map(([given, [sent]]) => ({ given, sent }))
  }
  const same = (...all: unknown[]) => all.map((value) => ({ given: value, sent: value }))
  if (restName === 'member_group_name') return same('group', 'another')
  if (values === 'BOOLEAN') return same(true, false)
  return values === 'TEXT' ? same(`text-${number}`, 'another') : same(1000 + number, 5000)
}

/** An input with every leaf but those of the other half of a microservice, and the body that it is sent as. */
function wholeInput(leaves: readonly Leaf[], memberType: 'IP' | 'ECS') {
  const input = {}
  const sent = {}
  for (const [index, { path, restPath, field }] of leaves.entries()) {
    const isMemberType = path.join() === 'memberType'
    const value = valuesOf(field, index).find(({ given }) => !isMemberType || given === memberType)
    put(input, path, value?.given)
    if (!isInPath(path)) put(sent, restPath, value?.sent)
  }
  return { input, sent }
}

const isInPath = ([name]: Path): boolean => name === 'projectId' || name === 'instanceId'

/** These say which channel an input is about. */
const isIdentity = ([name]: Path): boolean =>
  isInPath([name ?? '']) || name === 'instanceIds' || name === 'name'

const HALVES = ['cse', 'cce'] as const
const isOfHalf =
  (half: string) =>
  ({ path: [name, of] }: Leaf): boolean =>
    name !== 'microservice' || of === half

const withServiceType = (sent: object, half: string): object => {
  put(sent, ['microservice_info', 'service_type'], half.toUpperCase())
  return sent
}

describe.each([
  {
    input: 'CreateVpcChannelInput',
    table: PAGE_CREATE,
    product: 'APIG',
    parameters: createVpcChannelWrite.parameters,
  },
  {
    input: 'UpsertProjectVpcChannelsInput',
    table: PAGE_UPSERT,
    product: 'ROMA_CONNECT',
    parameters: upsertProjectVpcChannelsWrite.parameters,
  },
] as const)('every leaf of $input', ({ input: inputType, table, product, parameters }) => {
  const leaves = inputLeaves(inputType, table)

  test.each(HALVES)('is sent under its REST name, and nothing else is: %s', async (half) => {
    const { input, sent } = wholeInput(leaves.filter(isOfHalf(half)), 'ECS')
    await using pair = await startPair(onlyWriting({ status: 500, body: {} }), { validation: 'types' })
    if (product === 'APIG') {
      await pair.send(CreateVpcChannelDocument, { input: { ...SMALLEST_CREATE, ...input } })
    } else {
      await pair.send(UpsertProjectVpcChannelsDocument, { input: { ...SMALLEST_UPSERT, ...input } })
    }
    expect(pair.writes[0]?.json).toEqual(withServiceType(sent, half))
  })

  test.each(leaves.map((leaf) => [parameterOf(leaf.restPath), leaf] as const))(
    'leads back from its REST name: %s',
    (parameter, { path }) => {
      expect(graphqlPathsOf(parameters, parameter)[0]).toEqual(['input', ...path])
    },
  )

  test.each(
    leaves.filter(({ path }) => !isIdentity(path)).map((leaf) => [leaf.path.join('.'), leaf] as const),
  )('is compared: %s', (_name, leaf) => {
    const half = leaf.path[1] === 'cce' ? 'cce' : 'cse'
    const ofHalf = leaves.filter(isOfHalf(half))
    const { input, sent } = wholeInput(ofHalf, leaf.path.at(-1) === 'host' ? 'IP' : 'ECS')
    const body = structuredClone(withServiceType(sent, half))
    const differences = () => {
      const channel = readVpcChannel(body, { product, projectId: 'p', instanceId: 'i' }, () => undefined)
      if (channel === null) throw new Error('not a channel')
      const wanted = input as CreateVpcChannelInput & UpsertProjectVpcChannelsInput
      return channelDifferences(wanted, channel, 'CREATE')
    }
    expect(differences()).toEqual([])
    const other = valuesOf(leaf.field, ofHalf.indexOf(leaf)).find(
      ({ sent }) => sent !== at(body, leaf.restPath),
    )
    put(body, leaf.restPath, other?.sent)
    const [top] = leaf.path
    expect(differences().map(({ path }) => path.split(/[.[]/)[0])).toContain(top)
  })
})

describe('the fields of an answer are those of the pages', () => {
  test.each<[string, PageTable, readonly string[]]>([
    ['VpcChannel', PAGE_CHANNEL, ['product', 'projectId', 'instanceId', 'instance']],
    ['VpcChannelMemberGroup', PAGE_GROUP, []],
    ['VpcChannelMicroserviceLabel', PAGE_LABEL, []],
    ['VpcChannelMember', PAGE_MEMBER, []],
    ['VpcChannelHealthCheck', PAGE_HEALTH_CHECK, []],
    ['VpcChannelCseMicroservice', { ...PAGE_MICROSERVICE, ...PAGE_CSE }, ['serviceType']],
    ['VpcChannelCceMicroservice', { ...PAGE_MICROSERVICE, ...PAGE_CCE }, ['serviceType']],
  ])('%s', (name, table, more) => {
    const type = schema.getType(name)
    const shown = isObjectType(type) ? Object.values(type.getFields()) : []
    expect(shown.map((field) => field.name).toSorted()).toEqual([...Object.keys(table), ...more].toSorted())
    for (const { name, type } of shown) {
      const named = getNamedType(type)
      const values = table[name]?.[2]
      if (!isEnumType(named) || typeof values !== 'object' || !('spellings' in values)) continue
      expect(named.getValues().map((value) => value.name)).toEqual(Object.keys(values.spellings))
    }
  })
})
