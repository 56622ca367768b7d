import {
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  Kind,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { FaultPath, ValidationFault } from '../errors/validation-fault.ts'
import { literalFaults, valueFaults } from './input-faults.ts'

/** What a request gave, for a second look at it. */
export interface GivenOperation {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

/** Checks the `input` of a root field by the rules of its product; no faults for a field without rules. */
export type CheckInput = (field: string, input: object) => readonly ValidationFault[]

/** The faults of one field's arguments, and the field. */
export interface RefusedArguments {
  readonly field: FieldNode
  readonly faults: readonly ValidationFault[]
}

/** Of a document that failed validation: the fields whose literal arguments GraphQL refuses, with all their faults. */
export function refusedLiterals(
  schema: GraphQLSchema,
  given: GivenOperation,
  checkInput: CheckInput,
): RefusedArguments[] {
  return argumentsOf(schema, given.document).flatMap((argument) => {
    const faults = literalFaults(argument.value, argument.definition.type, [argument.name])
    const { field } = argument
    return faults.length === 0
      ? []
      : [{ field, faults: merged(faults, ruleFaults(argument, given, checkInput)) }]
  })
}

/** Whether a validation error is about a value, and so told by its faults instead. */
export const isAboutValue = (error: GraphQLError): boolean =>
  error.nodes?.some((node) => VALUE_KINDS.has(node.kind)) ?? false

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
])

/** Of an operation that failed before it ran: all faults of its variables, at the arguments that use them. */
export function refusedVariables(
  schema: GraphQLSchema,
  given: GivenOperation,
  checkInput: CheckInput,
): ValidationFault[] {
  const operation = getOperationAST(given.document, given.operationName)
  if (!operation) return []
  const used = argumentsOf(schema, given.document)
  const places = placesOf(used)
  const faults = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (!isInputType(type)) return []
    const isGiven = Object.hasOwn(given.variables, name)
    if (!isGiven && definition.defaultValue !== undefined) return []
    return valueFaults(isGiven ? given.variables[name] : undefined, type, places.get(name) ?? [name])
  })
  if (faults.length === 0) return []
  return merged(
    faults,
    used.flatMap((argument) => ruleFaults(argument, given, checkInput)),
  )
}

/** The faults that the rules find in an input that GraphQL has refused for others: a form wants all of them at once. */
function ruleFaults(
  { field, value, definition }: GivenArgument,
  given: GivenOperation,
  checkInput: CheckInput,
): readonly ValidationFault[] {
  const type = getNamedType(definition.type)
  const input = valueFromASTUntyped(value, given.variables)
  if (!isInputObjectType(type) || typeof input !== 'object' || input === null) return []
  const defaults = Object.values(type.getFields())
    .filter(({ defaultValue }) => defaultValue !== undefined)
    .map(({ name, defaultValue }) => [name, defaultValue] as const)
  return checkInput(field.name.value, { ...Object.fromEntries(defaults), ...input })
}

/** One fault a place, unless rules alone found several there. A range says more of a number than its type does. */
function merged(
  byGraphql: readonly ValidationFault[],
  byRules: readonly ValidationFault[],
): ValidationFault[] {
  const at = ({ path }: ValidationFault): string => path.join('.')
  const ranges = new Map(byRules.filter(({ rule }) => rule === 'RANGE').map((fault) => [at(fault), fault]))
  const taken = new Set(byGraphql.map(at))
  return [
    ...byGraphql.map((fault) => ranges.get(at(fault)) ?? fault),
    ...byRules.filter((fault) => !taken.has(at(fault))),
  ]
}

interface GivenArgument {
  readonly field: FieldNode
  readonly name: string
  readonly value: ValueNode
  readonly definition: GraphQLArgument
}

function argumentsOf(schema: GraphQLSchema, document: DocumentNode): GivenArgument[] {
  const found: GivenArgument[] = []
  const typeInfo = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(field) {
        for (const { name, value } of field.arguments ?? []) {
          const definition = typeInfo.getFieldDef()?.args.find((argument) => argument.name === name.value)
          if (definition !== undefined) found.push({ field, name: name.value, value, definition })
        }
      },
    }),
  )
  return found
}

/** Where each variable stands among the arguments; the first place where it stands in several. */
function placesOf(used: readonly GivenArgument[]): Map<string, FaultPath> {
  const places = new Map<string, FaultPath>()
  for (const { name, value } of used) collectVariables(value, [name], places)
  return places
}

function collectVariables(node: ValueNode, path: FaultPath, places: Map<string, FaultPath>): void {
  if (node.kind === Kind.VARIABLE) {
    if (!places.has(node.name.value)) places.set(node.name.value, path)
  } else if (node.kind === Kind.LIST) {
    for (const [index, item] of node.values.entries()) collectVariables(item, [...path, index], places)
  } else if (node.kind === Kind.OBJECT) {
    for (const field of node.fields) collectVariables(field.value, [...path, field.name.value], places)
  }
}
