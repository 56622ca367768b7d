import {
  GraphQLEnumType,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql'
import { type Dice, diceOf } from './dice.ts'

/** What resolvers of one execution get, and what they note. */
export interface OutcomeContext {
  readonly seed: string
  /** How likely a thing goes wrong, and whether anything takes time. */
  readonly trouble: number
  readonly isAsync: boolean
  readonly calls: unknown[]
}

/**
 * Gives each field of a schema something to answer: values, nulls, errors and promises, by the seed of the execution and
 * the field's path alone. About half of the fields are left to the default resolver.
 */
export function withRandomOutcomes(schema: GraphQLSchema): GraphQLSchema {
  const possible = (name: string): readonly string[] => {
    const type = schema.getType(name)
    return isAbstractType(type) ? schema.getPossibleTypes(type).map((one) => one.name) : [name]
  }

  function outcome(type: GraphQLOutputType, at: string, context: OutcomeContext, mayThrow: boolean): unknown {
    const dice = diceOf(`${context.seed} ${at}`)
    const goesWrong = dice.chance(context.trouble)
    const wrong = dice.below(5)
    const give = (): unknown => {
      if (goesWrong && wrong === 0) throw new Error(`thrown at ${at}`)
      if (goesWrong && wrong === 1) throw new GraphQLError(`told at ${at}`, { extensions: { code: at } })
      if (goesWrong && wrong === 2) return new RangeError(`answered at ${at}`)
      if (goesWrong && wrong === 3) return dice.of([null, undefined])
      if (goesWrong && wrong === 4 && dice.chance(0.2)) throw `no error at ${at}`
      return answerOf(type, at, context, dice, goesWrong && wrong === 4)
    }
    if (context.isAsync && dice.chance(0.35)) return later(dice.below(5), give)
    if (mayThrow) return give()
    try {
      return give()
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  function answerOf(
    type: GraphQLOutputType,
    at: string,
    context: OutcomeContext,
    dice: Dice,
    isWrong: boolean,
  ): unknown {
    if (isNonNullType(type)) return answerOf(type.ofType, at, context, dice, isWrong)
    if (isListType(type)) return listOf(type.ofType, at, context, dice, isWrong)
    if (!isCompositeType(type)) return leafOf(type, dice, isWrong)
    if (isWrong) return dice.of(['no object', 7, {}])
    return objectOf(dice.of(possible(type.name)) as string, at, context)
  }

  function listOf(
    type: GraphQLOutputType,
    at: string,
    context: OutcomeContext,
    dice: Dice,
    isWrong: boolean,
  ): unknown {
    if (isWrong && dice.chance(0.3)) return dice.of(['no list', 7, {}])
    const items = Array.from({ length: dice.below(4) }, (_, index) => {
      const item = outcome(type, `${at}[${index}]`, context, false)
      // graphql-js forgets the promises of items before one that fails at once, which would end the process.
      return isNonNullType(type) && context.isAsync ? later(0, () => item) : item
    })
    return dice.chance(0.1) ? new Set(items) : dice.chance(0.1) ? items.values() : items
  }

  function objectOf(typename: string, at: string, context: OutcomeContext): unknown {
    const type = schema.getType(typename)
    const value = { typename, at }
    if (!isObjectType(type)) return value
    for (const field of Object.values(type.getFields())) {
      if (field.resolve !== undefined || ['typename', 'at'].includes(field.name)) continue
      const below = `${at}.${field.name}`
      const isFunction = diceOf(`function ${context.seed} ${below}`).chance(0.05)
      const get = isFunction
        ? () => (given: unknown, _context: unknown, info: GraphQLResolveInfo) => {
            note(context, given, info)
            return outcome(field.type, below, context, true)
          }
        : () => outcome(field.type, below, context, true)
      // Not enumerable: graphql-js shows objects in some messages, and would read what nobody waits for.
      Object.defineProperty(value, field.name, { get })
    }
    return value
  }

  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isAbstractType(type)) {
      type.resolveType = (value: { typename?: string; at?: string }, context: OutcomeContext, info) => {
        const dice = diceOf(`type ${context.seed} ${value.at}`)
        const isWrong = dice.chance(context.trouble / 3)
        const told = isWrong ? dice.of(['NoType', 'Query', 'String', undefined, 7]) : value.typename
        note(context, 'type', info)
        return (context.isAsync && dice.chance(0.2) ? later(dice.below(3), () => told) : told) as string
      }
    }
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const isRoot = [schema.getQueryType(), schema.getMutationType()].includes(type)
      if (!isRoot && diceOf(`${type.name}.${field.name}`).chance(0.5)) continue
      field.resolve = (_source, given, context: OutcomeContext, info) => {
        note(context, given, info)
        const at = `${info.parentType.name}.${info.fieldName} ${responsePathAsArray(info.path).join('.')}`
        return outcome(field.type, at, context, true)
      }
    }
  }
  return schema
}

/** Everything that a resolver is told. */
function note(context: OutcomeContext, given: unknown, info: GraphQLResolveInfo): void {
  const { path, operation, fieldNodes, parentType, returnType, fragments, schema, ...rest } = info
  context.calls.push({
    given,
    ...rest,
    path: responsePathAsArray(path).join('.'),
    typenames: typenamesOf(info),
    parentType: parentType.name,
    returnType: String(returnType),
    operation: operation.loc?.start,
    nodes: fieldNodes.map((node) => node.loc?.start),
    fragments: Object.keys(fragments),
    schema: schema.getQueryType()?.name,
  })
}

function typenamesOf({ path }: GraphQLResolveInfo): unknown[] {
  const names: unknown[] = []
  for (let at: typeof path | undefined = path; at !== undefined; at = at.prev) names.push(at.typename)
  return names
}

async function later(turns: number, give: () => unknown): Promise<unknown> {
  for (let turn = 0; turn < turns; turn += 1) await undefined
  return give()
}

function leafOf(type: GraphQLOutputType, dice: Dice, isWrong: boolean): unknown {
  if (isWrong) return dice.of(['NO_SUCH_VALUE', {}, Number.NaN, 13, 1e12, [], A_SYMBOL, 5n])
  if (type instanceof GraphQLEnumType) return dice.of(type.getValues())?.value
  return dice.of(LEAVES[getNamedType(type).name] ?? ['text'])
}

const A_SYMBOL = Symbol('leaf')

const LEAVES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, -0, 7, -2147483648, true, '12'],
  Float: [0.5, -0, 1e21, '1.5', false],
  Boolean: [true, false, 1, 0],
  String: [
    '',
    'text',
    'with "quotes" and \\',
    'line\nbreak \u0007 \u2028',
    '中文 \ud83d\ude00 \ud800',
    7,
    true,
    { valueOf: () => 'object' },
  ],
  ID: ['id', 'i"d', 7, { toJSON: () => 'object' }],
  Port: [0, 8080],
  Small: [1, -5],
  JSON: [{ a: [1, null, 'x"'] }, 'text', 1.5, false],
  Anything: [{ a: [1, null, 'x"'] }, 'text', 1.5, false, [undefined]],
  DateTime: ['2020-07-23T07:11:57.244829604Z'],
}
