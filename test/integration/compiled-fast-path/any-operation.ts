import fc from 'fast-check'
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isUnionType,
} from 'graphql'
import { schema } from '../../../src/graphql/schema.ts'
import { type Json, literalOf } from '../../fixtures/channel-inputs.ts'
import { valuesOf } from './any-values.ts'

/** A document with the names of its operations, and what may come with it as variables. */
export interface AnyOperation {
  readonly text: string
  readonly names: readonly string[]
  readonly variables: fc.Arbitrary<Readonly<Record<string, Json>> | null | undefined>
}

interface Variable {
  readonly name: string
  readonly type: string
  readonly byDefault: string
  readonly values: fc.Arbitrary<Json | undefined>
}

interface Part {
  readonly text: string
  readonly variables: readonly Variable[]
}

const MAX_DEPTH = 5
const CONDITIONS = [
  '',
  '',
  '',
  '',
  '',
  '',
  ' @skip(if: $c0)',
  ' @include(if: $c1)',
  ' @include(if: true)',
  ' @skip(if: $c0) @include(if: $c1)',
]
const condition = fc.constantFrom(...CONDITIONS)

/** Fields of a type, each once, some in fragments. */
function selectionOf(type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> {
  const fields = isUnionType(type) ? [] : Object.values(type.getFields())
  const fitting = fields.filter(({ type: of }) => depth < MAX_DEPTH || !isCompositeType(getNamedType(of)))
  const selections = fitting.map((field) =>
    fc
      .tuple(fc.constantFrom('', '', '', `${field.name}_: `), condition, belowOf(field, depth))
      .map(([alias, when, below]) => `${alias}${field.name}${when}${below}`),
  )
  const typename = fc.tuple(fc.constantFrom('', 't: ')).map(([alias]) => `${alias}__typename`)
  const within = depth < MAX_DEPTH ? fragmentTypes(type) : []
  const fragments = within.map((one) =>
    fc.oneof(
      fc
        .tuple(condition, lazily(one, depth + 1))
        .map(([when, below]) => `... on ${one.name}${when} ${below}`),
      fc.constantFrom(`...${one.name}Fields`, `... on ${one.name} { __typename }`),
    ),
  )
  return fc
    .subarray([...selections, typename, ...fragments], {
      minLength: 1,
      maxLength: Math.min(6, fitting.length + 1),
    })
    .chain((chosen) => fc.tuple(...chosen))
    .map((items) => `{ ${items.join(' ')} }`)
}

/** The types that fragments may narrow a type to, or repeat. */
function fragmentTypes(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return type.name === 'VpcChannel' ? [type] : []
}

const selections = new Map<string, fc.Arbitrary<string>>()

function lazily(type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> {
  const key = `${type.name} ${depth}`
  const known = selections.get(key) ?? selectionOf(type, depth)
  selections.set(key, known)
  return known
}

function belowOf({ type }: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const of = getNamedType(type)
  return isCompositeType(of) ? lazily(of, depth + 1).map((text) => ` ${text}`) : fc.constant('')
}

const literal = (name: string, value: Json): string =>
  name === 'product' ? String(value) : literalOf(value, name)

function argumentOf(field: string, argument: GraphQLArgument, key: string): fc.Arbitrary<Part> {
  const { fitting, any } = valuesOf(field, argument.name)
  const mayOmit = !isNonNullType(argument.type) || argument.defaultValue !== undefined
  const name = `${argument.name}_${key}`
  const values = fc.oneof(
    { arbitrary: fitting, weight: 24 },
    { arbitrary: any, weight: 1 },
    { arbitrary: fc.constant(null), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: mayOmit ? 4 : 1 },
  )
  const given = (byDefault: string, type = String(argument.type)): Part => ({
    text: `${argument.name}: $${name}`,
    variables: [{ name, type, byDefault, values }],
  })
  // Where the argument has a default, a variable without one may be null by its type.
  const nullable = argument.defaultValue === undefined ? undefined : String(argument.type).replace(/!$/, '')
  return fc
    .tuple(
      fc.constantFrom(
        'variable',
        'variable',
        'literal',
        'default',
        ...(mayOmit ? ['omitted', 'omitted'] : []),
      ),
      fitting,
    )
    .map(([how, value]) => {
      if (how === 'omitted') return { text: '', variables: [] }
      if (how === 'literal')
        return { text: `${argument.name}: ${literal(argument.name, value)}`, variables: [] }
      return how === 'default' ? given(` = ${literal(argument.name, value)}`) : given('', nullable)
    })
}

function rootField(field: GraphQLField<unknown, unknown>, key: string): fc.Arbitrary<Part> {
  return fc
    .tuple(
      fc.tuple(...field.args.map((argument) => argumentOf(field.name, argument, key))),
      condition,
      belowOf(field, 0),
    )
    .map(([parts, when, below]) => {
      const given = parts.map(({ text }) => text).filter((text) => text !== '')
      return {
        text: `${key}: ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${when}${below}`,
        variables: parts.flatMap(({ variables }) => variables),
      }
    })
}

const fieldOf = (kind: 'query' | 'mutation', name: string, key: string): fc.Arbitrary<Part> => {
  const fields = (kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {}
  const field = fields[name]
  if (field === undefined) throw new Error(`no ${name}`)
  return rootField(field, key)
}

const TYPENAME: fc.Arbitrary<Part> = fc.constant({ text: '__typename', variables: [] })

/*
 * Which of several fields fails first may differ from one run to the next. Where a failure may end all others, because its
 * field cannot be null, it is the only one that calls the cloud.
 */
const roots: fc.Arbitrary<readonly ['query' | 'mutation', readonly Part[]]> = fc.oneof(
  ...['vpcChannel', 'vpcChannels', 'projectVpcChannels', 'planProjectVpcChannels', '_entities'].map((name) =>
    fc.tuple(fc.constant('query' as const), fc.tuple(fieldOf('query', name, 'r0'))),
  ),
  ...['createVpcChannel', 'createVpcChannel', 'upsertProjectVpcChannels', 'upsertProjectVpcChannels'].map(
    (name) =>
      fc.tuple(
        fc.constant('mutation' as const),
        fc.oneof(
          fc.tuple(fieldOf('mutation', name, 'r0')),
          fc.tuple(TYPENAME, fieldOf('mutation', name, 'r0')),
        ),
      ),
  ),
  fc.tuple(
    fc.constant('query' as const),
    fc.tuple(
      fieldOf('query', 'vpcChannel', 'r0'),
      TYPENAME,
      fieldOf('query', 'vpcChannel', 'r1'),
      fieldOf('query', '_service', 'r2'),
    ),
  ),
  fc.tuple(fc.constant('query' as const), fc.tuple(TYPENAME)),
)

const CONDITION_TYPES = ['Boolean!', 'Boolean! = true', 'Boolean = false', 'Boolean = true']
const ofCondition = fc.oneof(
  { arbitrary: fc.boolean(), weight: 8 },
  fc.constantFrom<Json | undefined>(null, undefined, undefined, 'true'),
)

const operation = (name: string) =>
  fc
    .tuple(roots, fc.constantFrom(...CONDITION_TYPES), lazily(channelType(), MAX_DEPTH))
    .map(([[kind, parts], conditionType, fragment]) => ({ name, kind, parts, conditionType, fragment }))

function channelType(): GraphQLCompositeType {
  const type = schema.getType('VpcChannel')
  if (!isCompositeType(type)) throw new Error('no VpcChannel')
  return type
}

const FRAGMENTS = {
  VpcChannelFields: '',
  VpcChannelCseMicroserviceFields:
    'fragment VpcChannelCseMicroserviceFields on VpcChannelCseMicroservice { engineId serviceType }',
  VpcChannelCceMicroserviceFields:
    'fragment VpcChannelCceMicroserviceFields on VpcChannelCceMicroservice { workloadType id }',
}

/** Operations of one document: each declares what it uses, fragments included, and nothing else. */
export const operations: fc.Arbitrary<AnyOperation> = fc
  .oneof(
    { arbitrary: fc.tuple(operation('First')), weight: 6 },
    { arbitrary: fc.tuple(operation('First'), operation('Second')), weight: 1 },
  )
  .map((all) => {
    const [{ fragment }] = all
    const conditional = fragment
      .replaceAll(/ @\w+\(if: \$c\d\)/g, '')
      .replaceAll(/\.\.\.VpcChannelFields/g, '__typename')
    const fragments = {
      ...FRAGMENTS,
      VpcChannelFields: `fragment VpcChannelFields on VpcChannel ${conditional}`,
    }
    const variables = new Map<string, fc.Arbitrary<Json | undefined>>()
    const texts = all.map(({ name, kind, parts, conditionType }) => {
      const body = parts.map(({ text }) => text).join(' ')
      const declared = parts.flatMap((part) =>
        part.variables.map((one) => {
          variables.set(one.name, one.values)
          return `$${one.name}: ${one.type}${one.byDefault}`
        }),
      )
      for (const one of ['c0', 'c1']) {
        if (!body.includes(`$${one})`)) continue
        variables.set(one, ofCondition)
        declared.push(`$${one}: ${conditionType}`)
      }
      const head = all.length === 1 && kind === 'query' && declared.length === 0 ? '' : `${kind} ${name}`
      return `${head}${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${body} }`
    })
    const used = new Set<string>()
    for (let before = -1; before < used.size; ) {
      before = used.size
      const text = [...texts, ...used].join(' ')
      for (const [name, one] of Object.entries(fragments)) if (text.includes(`...${name}`)) used.add(one)
    }
    const given = fc.record(Object.fromEntries(variables)).map(withoutUndefined)
    return {
      text: [...texts, ...used].join('\n'),
      names: all.map(({ name }) => name),
      variables: fc.oneof(
        { arbitrary: given, weight: 20 },
        { arbitrary: given.map((some) => ({ ...some, unused: 1 })), weight: 1 },
        { arbitrary: fc.constantFrom(null, undefined, {}), weight: variables.size === 0 ? 10 : 1 },
      ),
    }
  })

const withoutUndefined = (values: Readonly<Record<string, Json | undefined>>) =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
