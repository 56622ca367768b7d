import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Profile } from '../profile.ts'
import type { RefusalCode } from '../refusal-code.ts'
import { complexityOf } from './complexity.ts'
import type { DocumentLimits } from './document-limits.ts'
import { visitNodes } from './document-nodes.ts'
import { validateDocument } from './validate-document.ts'

/** As deep as the query goes that GraphiQL asks for the schema, and a little deeper. */
const MAX_INTROSPECTION_DEPTH = 20

/** GraphQL has two directives for a field, and allows each of them once. */
const MAX_DIRECTIVES_AT_ONE_PLACE = 4

/**
 * Why a document may not run, if so: it is larger than the limits, asks for what the profile keeps, or does not fit the
 * schema. The limits come first, because the rest takes longer the larger a document is.
 */
export function checkDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  limits: DocumentLimits,
  profile: Pick<Profile, 'introspection' | 'federationSdl' | 'suggestions'>,
): readonly GraphQLError[] {
  const large = limitFaults(document, limits)
  if (large.length > 0) return large
  const faults = [...disabledFields(document, profile), ...skippedSubscriptions(document)]
  return faults.length > 0 ? faults : validateDocument(schema, document, !profile.suggestions)
}

function limitFaults(document: DocumentNode, limits: DocumentLimits): GraphQLError[] {
  const complexity = complexityOf(document)
  const endless = document.definitions.find(
    (definition) => 'selectionSet' in definition && complexity(definition.selectionSet).depth === Infinity,
  )
  // The rules of GraphQL find this too, but run out of stack where the circle is wide.
  if (endless !== undefined) return [fault('A fragment spreads itself.', endless)]
  const faults = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return []
    const of = complexity(definition.selectionSet)
    const beyond = (name: string, value: number, most: number): GraphQLError[] =>
      value > most ? [fault(`The operation has ${name} than ${most}.`, definition)] : []
    return [
      ...beyond('more levels of fields', of.depth, limits.depth),
      ...beyond('more levels of introspection', of.introspectionDepth, MAX_INTROSPECTION_DEPTH),
      ...beyond('more aliases and repeated fields', of.aliases, limits.aliases),
      ...beyond('more fields', of.fields, limits.tokens),
      ...beyond('more fields at its root', of.topFields, limits.rootFields),
      ...beyond('more writes', isWrite(definition) ? of.namedTopFields : 0, limits.writes),
    ]
  })
  return [...faults, ...directiveFaults(document, limits.directives)]
}

const isWrite = ({ operation }: OperationDefinitionNode): boolean => operation !== 'query'

function directiveFaults(document: DocumentNode, most: number): GraphQLError[] {
  let count = 0
  let crowded: ASTNode | undefined
  visitNodes(document, {
    enter(node) {
      if (!('directives' in node) || node.directives === undefined) return
      count += node.directives.length
      if (node.directives.length > MAX_DIRECTIVES_AT_ONE_PLACE) crowded ??= node
    },
  })
  return [
    ...(count > most ? [fault(`The document has more directives than ${most}.`)] : []),
    ...(crowded
      ? [fault(`There are more directives than ${MAX_DIRECTIVES_AT_ONE_PLACE} at one place.`, crowded)]
      : []),
  ]
}

/** The first field of each kind that the profile turns off. */
function disabledFields(
  document: DocumentNode,
  { introspection, federationSdl }: Pick<Profile, 'introspection' | 'federationSdl'>,
): GraphQLError[] {
  if (introspection && federationSdl) return []
  const found = new Map<string, ASTNode>()
  const note = (what: string, field: ASTNode) => {
    if (!found.has(what)) found.set(what, field)
  }
  visitNodes(document, {
    enter(node) {
      if (node.kind !== Kind.FIELD) return
      const { value: name } = node.name
      if (!introspection && (name === '__schema' || name === '__type')) note('Introspection', node)
      if (!federationSdl && name === '_service') note('The field _service', node)
    },
  })
  return Array.from(found, ([what, field]) => fault(`${what} is turned off.`, field))
}

/** A subscription must have its one field, as the specification has it: the executor does not know what to do without. */
function skippedSubscriptions(document: DocumentNode): GraphQLError[] {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  )
  const mayBeSkipped = (selections: SelectionSetNode | undefined): boolean =>
    selections?.selections.some((one) => {
      if (one.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true
      if (one.kind === Kind.FIELD) return false
      return mayBeSkipped(
        one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one.selectionSet,
      )
    }) ?? false
  return document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION &&
    one.operation === 'subscription' &&
    mayBeSkipped(one.selectionSet)
      ? [fault('The field of a subscription cannot be skipped or included.', one)]
      : [],
  )
}

const fault = (message: string, node?: ASTNode): GraphQLError =>
  new GraphQLError(message, {
    nodes: node ?? null,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' satisfies RefusalCode },
  })
