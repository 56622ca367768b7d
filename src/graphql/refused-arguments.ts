import {
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  Kind,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { FaultPath, ValidationFault } from '../errors/validation-fault.ts'
import { literalFaults, valueFaults } from './input-faults.ts'

/** The faults of one field's arguments, and the field. */
export interface RefusedArguments {
  readonly field: FieldNode
  readonly faults: readonly ValidationFault[]
}

/** Of a document that failed validation: the fields whose literal arguments GraphQL refuses. */
export function refusedLiterals(schema: GraphQLSchema, document: DocumentNode): RefusedArguments[] {
  const refused: RefusedArguments[] = []
  for (const { field, name, value, definition } of argumentsOf(schema, document)) {
    const faults = literalFaults(value, definition.type, [name])
    if (faults.length > 0) refused.push({ field, faults })
  }
  return refused
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

/** Of an operation that failed before it ran: the faults of its variables, at the arguments that use them. */
export function refusedVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): ValidationFault[] {
  const operation = getOperationAST(document, operationName)
  if (!operation) return []
  const places = placesOf(schema, document)
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (!isInputType(type)) return []
    const given = Object.hasOwn(variables, name)
    if (!given && definition.defaultValue !== undefined) return []
    return valueFaults(given ? variables[name] : undefined, type, places.get(name) ?? [name])
  })
}

/** Where each variable stands among the arguments; the first place where it stands in several. */
function placesOf(schema: GraphQLSchema, document: DocumentNode): Map<string, FaultPath> {
  const places = new Map<string, FaultPath>()
  for (const { name, value } of argumentsOf(schema, document)) collectVariables(value, [name], places)
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
