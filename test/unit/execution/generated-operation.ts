import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  GraphQLEnumType,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql'
import type { Dice } from './dice.ts'

/** An operation that is nearly always valid, and values for its variables that mostly are. */
export interface GeneratedOperation {
  readonly text: string
  readonly variables: (dice: Dice) => Readonly<Record<string, unknown>>
}

interface Variable {
  readonly name: string
  readonly type: string
  readonly byDefault: string | undefined
  readonly value: (dice: Dice) => unknown
}

const MAX_DEPTH = 3

/** Scalars of the schemas with texts of good literals; the values of variables are these as JSON. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '-7', '20', '2147483647'],
  Float: ['0.5', '3', '-1e3'],
  String: ['"a"', '"\\"quoted\\" \\u4e2d"', '""'],
  ID: ['"id-1"', '7'],
  Boolean: ['true', 'false'],
  Port: ['0', '8080'],
  Small: ['1', '99'],
  JSON: ['"x"', '1'],
  Anything: ['"x"', '1', '[1, "a"]', '{ a: 1 }'],
  _Any: ['"x"', '1'],
}

/** What no variable of any type of ours takes, but `Anything`. */
const BAD_VALUES: readonly unknown[] = [{ unknown: 1 }, 'NO_SUCH_VALUE', 1.5, true, [[]], 1e12, Number.NaN]

class Generator {
  readonly schema: GraphQLSchema
  readonly dice: Dice
  readonly declared: Variable[] = []
  readonly fragments: string[] = []
  readonly fragmentsOf = new Map<GraphQLNamedType, string[]>()
  #aliases = 0

  constructor(schema: GraphQLSchema, dice: Dice) {
    this.schema = schema
    this.dice = dice
  }

  operation(): GeneratedOperation {
    const mutation = this.schema.getMutationType()
    const isMutation = mutation && this.dice.chance(0.4)
    const root = isMutation ? mutation : (this.schema.getQueryType() as GraphQLObjectType)
    const selection = this.selection(root, 0)
    const declarations = this.declared.map(
      ({ name, type, byDefault }) => `$${name}: ${type}${byDefault === undefined ? '' : ` = ${byDefault}`}`,
    )
    const head = `${isMutation ? 'mutation' : 'query'} Generated`
    const variables = declarations.length > 0 ? `(${declarations.join(', ')})` : ''
    return {
      text: [`${head}${variables} ${selection}`, ...this.fragments].join('\n'),
      variables: (dice) =>
        Object.fromEntries(
          this.declared
            .map((variable) => [variable.name, givenValue(variable, dice)] as const)
            .filter(([, value]) => value !== OMITTED),
        ),
    }
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const count = this.dice.below(depth === 0 ? 2 : 5) + 1
    const items = Array.from({ length: count }, () => this.item(type, depth))
    return `{ ${items.join(' ')} }`
  }

  item(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this
    if (depth < MAX_DEPTH && dice.chance(0.12)) return this.inlineFragment(type, depth)
    if (depth < MAX_DEPTH && dice.chance(0.12)) return this.spread(type, depth)
    if (isUnionType(type) || dice.chance(0.08)) return `${this.alias(0.2)}__typename${this.conditions()}`
    const fields = Object.values(type.getFields()).filter(
      ({ type: of }) => depth < MAX_DEPTH || !isCompositeType(getNamedType(of)),
    )
    const field = dice.of(fields)
    if (field === undefined) return '__typename'
    const given = this.arguments(field.args)
    // What differs in its arguments needs a key of its own.
    const alias = this.alias(field.args.length > 0 || isCompositeType(getNamedType(field.type)) ? 0.9 : 0.15)
    const of = getNamedType(field.type)
    const below = isCompositeType(of) ? ` ${this.selection(of, depth + 1)}` : ''
    return `${alias}${field.name}${given}${this.conditions()}${below}`
  }

  alias(chance: number): string {
    if (!this.dice.chance(chance)) return ''
    this.#aliases += 1
    return this.#aliases === 5 ? 'constructor: ' : `a${this.#aliases}: `
  }

  typeWithin(type: GraphQLCompositeType): GraphQLCompositeType {
    if (!isAbstractType(type)) {
      const wider = 'getInterfaces' in type ? type.getInterfaces() : []
      return this.dice.of([type, ...wider]) ?? type
    }
    return this.dice.of([type, ...this.schema.getPossibleTypes(type)]) ?? type
  }

  inlineFragment(type: GraphQLCompositeType, depth: number): string {
    const within = this.typeWithin(type)
    const condition = within === type && this.dice.chance(0.5) ? '' : ` on ${within.name}`
    return `...${condition}${this.conditions()} ${this.selection(within, depth + 1)}`
  }

  spread(type: GraphQLCompositeType, depth: number): string {
    const within = this.typeWithin(type)
    const known = this.fragmentsOf.get(within) ?? []
    let name = this.dice.chance(0.5) ? this.dice.of(known) : undefined
    if (name === undefined) {
      name = `F${this.fragments.length}`
      const place = this.fragments.push('') - 1
      this.fragments[place] = `fragment ${name} on ${within.name} ${this.selection(within, depth + 1)}`
      this.fragmentsOf.set(within, [...known, name])
    }
    return `...${name}${this.conditions()}`
  }

  conditions(): string {
    const { dice } = this
    if (!dice.chance(0.12)) return ''
    const directives = dice.chance(0.2) ? ['skip', 'include'] : [dice.of(['skip', 'include'])]
    return directives.map((name) => ` @${name}(if: ${this.condition()})`).join('')
  }

  condition(): string {
    const { dice } = this
    if (dice.chance(0.2)) return String(dice.chance(0.5))
    const name = dice.of(['c0', 'c1', 'c2']) as string
    if (!this.declared.some((one) => one.name === name)) {
      const hasDefault = dice.chance(0.4)
      // Where its type says that it may be null, a `null` fails only when the fields are collected.
      const type = hasDefault ? 'Boolean' : 'Boolean!'
      const value = (dice: Dice): unknown => dice.chance(0.5)
      this.declared.push({ name, type, byDefault: hasDefault ? 'true' : undefined, value })
    }
    return `$${name}`
  }

  arguments(definitions: readonly GraphQLArgument[]): string {
    const given = definitions.flatMap((argument) => {
      const mayOmit = !isNonNullType(argument.type) || argument.defaultValue !== undefined
      if (mayOmit && this.dice.chance(0.4)) return []
      return [`${argument.name}: ${this.literal(argument.type, 0)}`]
    })
    return given.length > 0 ? `(${given.join(', ')})` : ''
  }

  /** A literal, perhaps with variables in it. */
  literal(type: GraphQLInputType, depth: number): string {
    const { dice } = this
    if (dice.chance(0.35)) return this.variable(type)
    if (isNonNullType(type)) return this.given(type.ofType, depth)
    return dice.chance(0.15) ? 'null' : this.given(type, depth)
  }

  given(type: GraphQLInputType, depth: number): string {
    const { dice } = this
    if (isListType(type)) {
      if (dice.chance(0.2))
        return this.given(isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType, depth)
      const items = Array.from({ length: dice.below(3) }, () => this.literal(type.ofType, depth + 1))
      return `[${items.join(', ')}]`
    }
    if (isInputObjectType(type)) {
      const fields = fieldsGiven(type, dice, depth).map(
        ({ name, type: of }) =>
          `${name}: ${type.isOneOf ? this.given(of, depth + 1) : this.literal(of, depth + 1)}`,
      )
      return `{ ${fields.join(', ')} }`
    }
    if (type instanceof GraphQLEnumType) return dice.of(type.getValues())?.name ?? 'null'
    return dice.of(LITERALS[getNamedType(type).name] ?? []) ?? 'null'
  }

  variable(type: GraphQLInputType): string {
    const { dice } = this
    const name = `v${this.declared.length}`
    const value = (dice: Dice): unknown => valueOfType(type, dice, 0)
    this.declared.push({
      name,
      type: !isNonNullType(type) && dice.chance(0.2) ? `${type}!` : String(type),
      byDefault: dice.chance(0.2) ? literalOf(value(dice), getNamedType(type)) : undefined,
      value,
    })
    return `$${name}`
  }
}

const OMITTED = Symbol('omitted')

function givenValue({ type, byDefault, value }: Variable, dice: Dice): unknown {
  const isRequired = type.endsWith('!')
  if (dice.chance(0.02)) return dice.of(BAD_VALUES)
  if (dice.chance(isRequired ? 0.01 : 0.1)) return null
  if (dice.chance(isRequired && byDefault === undefined ? 0.01 : 0.3)) return OMITTED
  return value(dice)
}

const fieldsGiven = (type: GraphQLInputObjectType, dice: Dice, depth: number): GraphQLInputField[] => {
  const fields = Object.values(type.getFields())
  if (type.isOneOf) return [dice.of(fields)].filter((field) => field !== undefined)
  return fields.filter(
    ({ type: of, defaultValue }) =>
      (isNonNullType(of) && defaultValue === undefined) ||
      dice.chance(depth > 2 && isInputObjectType(getNamedType(of)) ? 0 : 0.3),
  )
}

/** A value as `JSON.parse` makes it. */
function valueOfType(type: GraphQLInputType, dice: Dice, depth: number): unknown {
  if (isNonNullType(type)) return valueOfType(type.ofType, dice, depth)
  if (isListType(type)) {
    const { ofType } = type
    if (dice.chance(0.2)) return valueOfType(ofType, dice, depth)
    return Array.from({ length: dice.below(3) }, () =>
      !isNonNullType(ofType) && dice.chance(0.1) ? null : valueOfType(ofType, dice, depth + 1),
    )
  }
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      fieldsGiven(type, dice, depth).map(({ name, type: of }) => [
        name,
        !isNonNullType(of) && !type.isOneOf && dice.chance(0.15) ? null : valueOfType(of, dice, depth + 1),
      ]),
    )
  }
  if (type instanceof GraphQLEnumType) return dice.of(type.getValues())?.name
  const text = dice.of((LITERALS[type.name] ?? ['null']).filter((one) => !one.startsWith('{')))
  return JSON.parse(text ?? 'null')
}

/** A value as a document writes it. */
const literalOf = (value: unknown, type: GraphQLNamedType): string => {
  if (Array.isArray(value)) return `[${value.map((item) => literalOf(item, type)).join(', ')}]`
  if (typeof value === 'object' && value !== null && isInputObjectType(type)) {
    const fields = Object.entries(value).map(([name, of]) => {
      const field = type.getFields()[name]
      return `${name}: ${literalOf(of, getNamedType(field?.type ?? GraphQLID))}`
    })
    return `{ ${fields.join(', ')} }`
  }
  if (type instanceof GraphQLEnumType && typeof value === 'string') return value
  return JSON.stringify(value)
}

export const generatedOperation = (schema: GraphQLSchema, dice: Dice): GeneratedOperation =>
  new Generator(schema, dice).operation()
