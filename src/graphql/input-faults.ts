import {
  GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
} from 'graphql'
import { type FaultPath, MAX_FAULTS, type ValidationFault } from '../errors/validation-fault.ts'

/*
 * GraphQL refuses a value of the wrong type before any resolver runs, with its faults in prose. A form wants them as
 * it gets all others: by path, rule and parameters. These walk the value again, once it is known to be refused.
 */

/** The faults of a variable's value. */
export const valueFaults = (value: unknown, type: GraphQLInputType, path: FaultPath): ValidationFault[] =>
  walk(value, type, path)
    .take(MAX_FAULTS)
    .map((fault) => ({ ...fault, source: 'GATEWAY' as const }))
    .toArray()

/** The faults of a literal in a document. Variables inside it are left out: each is checked for itself. */
export const literalFaults = (node: ValueNode, type: GraphQLInputType, path: FaultPath): ValidationFault[] =>
  valueFaults(treeOf(node), type, path)

type Fault = Omit<ValidationFault, 'source'>

function* walk(value: unknown, type: GraphQLInputType, path: FaultPath): Generator<Fault> {
  if (value === VARIABLE) return
  if (isNonNullType(type)) {
    if (value === null || value === undefined) yield { path, rule: 'REQUIRED', params: {} }
    else yield* walk(value, type.ofType, path)
  } else if (value === null || value === undefined) {
    return
  } else if (isListType(type)) {
    // One item in place of a list is a list of one.
    const items: unknown[] = Array.isArray(value) ? value : [value]
    for (const [index, item] of items.entries()) yield* walk(item, type.ofType, [...path, index])
  } else if (isInputObjectType(type)) {
    yield* walkObject(value, type, path)
  } else if (!isLeafValue(value, type)) {
    yield type instanceof GraphQLEnumType
      ? { path, rule: 'ENUM', params: { values: type.getValues().map((one) => one.name) } }
      : { path, rule: 'TYPE', params: { type: type.name } }
  }
}

function* walkObject(value: unknown, type: GraphQLInputObjectType, path: FaultPath): Generator<Fault> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Leaf) {
    yield { path, rule: 'TYPE', params: { type: type.name } }
    return
  }
  const given = new Map<string, unknown>(Object.entries(value))
  const fields = type.getFields()
  for (const field of Object.values(fields)) {
    if (given.has(field.name) || field.defaultValue === undefined) {
      yield* walk(given.get(field.name), field.type, [...path, field.name])
    }
  }
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name)) yield { path: [...path, name], rule: 'UNKNOWN_FIELD', params: {} }
  }
  if (type.isOneOf && (given.size !== 1 || [...given.values()].includes(null))) {
    yield { path, rule: 'EXACTLY_ONE', params: { of: Object.keys(fields) } }
  }
}

function isLeafValue(value: unknown, type: GraphQLLeafType): boolean {
  try {
    const parsed = value instanceof Leaf ? type.parseLiteral(value.node, {}) : type.parseValue(value)
    return parsed !== undefined
  } catch {
    return false
  }
}

/** A scalar or enum as a document writes it: whether it fits depends on its kind, so its node is kept. */
class Leaf {
  readonly node: ValueNode
  constructor(node: ValueNode) {
    this.node = node
  }
}

const VARIABLE = Symbol('variable')

function treeOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null
    case Kind.VARIABLE:
      return VARIABLE
    case Kind.LIST:
      return node.values.map(treeOf)
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, treeOf(field.value)]))
    default:
      return new Leaf(node)
  }
}
