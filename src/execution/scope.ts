import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
  ResponsePath,
} from 'graphql'
import type { LeafKind } from './leaf.ts'
import type { Run } from './run.ts'

/** What is known of an operation before it runs. */
export interface Scope {
  readonly schema: GraphQLSchema
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly operation: OperationDefinitionNode
  /** How many fields may still be planned. */
  fieldsLeft: number
  readonly planObject: (type: GraphQLObjectType, nodes: readonly FieldNode[]) => CompleteObject
}

/** Thrown while planning: graphql-js has to execute this operation. */
export class Unsupported extends Error {}

export type Data = Record<string, unknown>

/** Answers the selected fields of an object. */
export type CompleteObject = (
  source: unknown,
  path: ResponsePath | undefined,
  run: Run,
) => Data | Promise<Data>

/** Answers a field of an object, or a promise of what it answers. `above` is the object's path. */
export type ResolveField = (source: unknown, above: ResponsePath | undefined, run: Run) => unknown

/** A field of an object, under the key that it is answered by. */
export interface PlannedField {
  readonly key: string
  readonly resolve: ResolveField
  /** There for a field that only reads a property of the object above. */
  readonly leaf?: PlainLeaf
}

/** A property that holds a leaf. */
export interface PlainLeaf {
  readonly property: string
  readonly kind: LeafKind
  readonly isNullable: boolean
  /** Answers the property's value, whatever it is. */
  readonly answer: (value: unknown, source: unknown, above: ResponsePath | undefined, run: Run) => unknown
  /** Answers for a property that throws when it is read. */
  readonly unreadable: (error: unknown, above: ResponsePath | undefined, run: Run) => unknown
}

/** Makes of a resolver's answer what its field answers, or a promise of it, or throws why that cannot be. */
export type CompleteValue = (
  value: unknown,
  path: ResponsePath,
  run: Run,
  info: GraphQLResolveInfo,
) => unknown
