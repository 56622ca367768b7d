import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { FaultPath, ValidationFault } from '../errors/validation-fault.ts'
import { assumedValue } from './assumed-value.ts'
import { literalFaults, valueFaults } from './input-faults.ts'

/** What a request asks for. */
export interface GivenOperation {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

/** Checks the `input` of a root field by the rules of its write; no faults for a field without rules. */
export type CheckInput = (field: string, input: object) => readonly ValidationFault[]

/** The faults of one field's arguments, and the field; of variables that no field uses, without one. */
export interface RefusedArguments {
  readonly field: FieldNode | undefined
  readonly faults: readonly ValidationFault[]
}

/**
 * The faults in the arguments of an operation that GraphQL has refused before it ran: in literals, in variables, and by the
 * rules. A form needs all of them at once. Empty where no value is at fault.
 */
export function refusedArguments(
  schema: GraphQLSchema,
  given: GivenOperation,
  checkInput: CheckInput,
): RefusedArguments[] {
  const operation = getOperationAST(given.document, given.operationName) ?? undefined
  const used = argumentsOf(schema, given.document, operation)
  const variables = { ...defaultsOf(operation), ...given.variables }
  const byVariable = variableFaults(schema, operation, variables)
  const places = used.flatMap(placesOf)
  const refused = used.map((argument) => {
    const faults = [
      ...literalFaults(argument.value, argument.definition.type, [argument.name]),
      ...placesOf(argument).flatMap(({ variable, path }) => {
        const known = byVariable(variable, path)
        const isMissing =
          variables[variable] === null && isNonNullType(typeAt(argument.definition.type, path))
        return known.length === 0 && isMissing ? [required(path)] : known
      }),
    ]
    const all = argument.runs ? merged(faults, ruleFaults(argument, variables, checkInput)) : faults
    return { field: argument.field, faults: all }
  })
  const elsewhere = (operation?.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((name) => !places.some(({ variable }) => variable === name))
    // The server puts a space after a name that every object has.
    .flatMap((name) => byVariable(name, [name.trimEnd()]))
  return [...refused, { field: undefined, faults: elsewhere }].filter(({ faults }) => faults.length > 0)
}

/** Whether a validation error is about a value: the faults of the value replace it. */
export const isAboutValue = (error: GraphQLError): boolean =>
  error.nodes?.some((node) => VALUE_KINDS.has(node.kind)) ?? false

/**
 * Whether a valid document did not run for the values of its variables: an error of validation has another code. GraphQL's
 * message would echo them.
 */
export const isAboutVariable = ({ nodes, extensions }: GraphQLError): boolean =>
  ['BAD_USER_INPUT', undefined].includes(extensions['code'] as string | undefined) &&
  (nodes?.some((node) => node.kind === Kind.VARIABLE_DEFINITION) ?? false)

/**
 * Whether a field, or a condition, did not run because a variable gave it `null` where there may be none: GraphQL lets a
 * nullable variable with a default be there, and finds out only as it runs.
 */
export const isAboutArgument = (document: DocumentNode, { nodes }: GraphQLError): boolean => {
  let found = false
  const isOne = ({ value }: ArgumentNode): boolean => nodes?.includes(value) ?? false
  const look = ({ arguments: given }: { readonly arguments?: readonly ArgumentNode[] | undefined }): void => {
    found ||= given?.some(isOne) ?? false
  }
  visit(document, { Field: look, Directive: look })
  return found
}

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

/** Faults without duplicates: each path and rule once. */
export function distinct(faults: readonly ValidationFault[]): ValidationFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify([fault.path, fault.rule]), fault])).values()]
}

interface GivenArgument {
  readonly field: FieldNode
  readonly name: string
  readonly value: ValueNode
  readonly definition: GraphQLArgument
  /** Whether it is part of the operation that was to run: the variables are of that one. */
  readonly runs: boolean
}

function argumentsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
): GivenArgument[] {
  const found: GivenArgument[] = []
  for (const definition of document.definitions) {
    const runs = definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION
    const typeInfo = new TypeInfo(schema)
    visit(
      definition,
      visitWithTypeInfo(typeInfo, {
        Field(field) {
          for (const { name, value } of field.arguments ?? []) {
            const argument = typeInfo.getFieldDef()?.args.find((one) => one.name === name.value)
            if (argument !== undefined)
              found.push({ field, name: name.value, value, definition: argument, runs })
          }
        },
      }),
    )
  }
  return found
}

/** The default values of variables. */
function defaultsOf(operation: OperationDefinitionNode | undefined): Record<string, unknown> {
  const definitions = operation?.variableDefinitions ?? []
  return Object.fromEntries(
    definitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  )
}

/** The faults of a variable's value, with their paths at the place where the variable is used. */
function variableFaults(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): (variable: string, path: FaultPath) => ValidationFault[] {
  const types = new Map(
    operation?.variableDefinitions?.map((definition) => [
      definition.variable.name.value,
      typeFromAST(schema, definition.type),
    ]),
  )
  return (variable, path) => {
    const type = types.get(variable)
    return isInputType(type) ? valueFaults(variables[variable], type, path) : []
  }
}

/** Where an argument uses variables. */
function placesOf(argument: GivenArgument): { readonly variable: string; readonly path: FaultPath }[] {
  const places: { variable: string; path: FaultPath }[] = []
  const look = (node: ValueNode, path: FaultPath): void => {
    if (node.kind === Kind.VARIABLE) places.push({ variable: node.name.value, path })
    else if (node.kind === Kind.LIST) {
      for (const [index, item] of node.values.entries()) look(item, [...path, index])
    } else if (node.kind === Kind.OBJECT) {
      for (const field of node.fields) look(field.value, [...path, field.name.value])
    }
  }
  if (argument.runs) look(argument.value, [argument.name])
  return places
}

/** The type at a place in an argument, whose own name the path begins with. */
function typeAt(type: GraphQLInputType | undefined, [, ...path]: FaultPath): GraphQLInputType | undefined {
  return path.reduce<GraphQLInputType | undefined>((at, step) => {
    const nullable = at && getNullableType(at)
    if (isListType(nullable)) return nullable.ofType
    return isInputObjectType(nullable) ? nullable.getFields()[step]?.type : undefined
  }, type)
}

const required = (path: FaultPath): ValidationFault => ({
  path,
  rule: 'REQUIRED',
  params: {},
  source: 'GATEWAY',
})

function ruleFaults(
  { field, value, definition }: GivenArgument,
  variables: Readonly<Record<string, unknown>>,
  checkInput: CheckInput,
): readonly ValidationFault[] {
  if (!isInputObjectType(getNamedType(definition.type))) return []
  const input = assumedValue(valueFromASTUntyped(value, variables), definition.type)
  return typeof input === 'object' && input !== null ? checkInput(field.name.value, input) : []
}

/** One fault per path, unless rules alone found several there. A range says more about a number than its type does. */
function merged(
  byGraphql: readonly ValidationFault[],
  byRules: readonly ValidationFault[],
): ValidationFault[] {
  const at = ({ path }: ValidationFault): string => JSON.stringify(path)
  const ranges = new Map(byRules.filter(({ rule }) => rule === 'RANGE').map((fault) => [at(fault), fault]))
  const taken = new Set(byGraphql.map(at))
  return [
    ...byGraphql.map((fault) => ranges.get(at(fault)) ?? fault),
    ...byRules.filter((fault) => !taken.has(at(fault))),
  ]
}
