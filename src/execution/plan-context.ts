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

/** What is known about an operation before it runs. */
export interface PlanContext {
  readonly schema: GraphQLSchema
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly operation: OperationDefinitionNode
  /** Number of fields that may still be planned. */
  fieldsLeft: number
  readonly planObject: (type: GraphQLObjectType, nodes: readonly FieldNode[]) => CompleteObject
}

/** Thrown while planning where only graphql-js can execute the operation. */
export class Unsupported extends Error {}

export type Data = Record<string, unknown>

/** Resolves the selected fields of an object. */
export type CompleteObject = (
  source: unknown,
  path: ResponsePath | undefined,
  run: Run,
) => Data | Promise<Data>

/** Resolves a field of an object to a value or a promise. `above` is the path of the object. */
export type ResolveField = (source: unknown, above: ResponsePath | undefined, run: Run) => unknown

/** A field of an object, with its response key. */
export interface PlannedField {
  readonly key: string
  readonly resolve: ResolveField
  /** Set for a field that only reads a property of the object. */
  readonly leaf?: PlainLeaf
}

/** A property that holds a leaf. */
export interface PlainLeaf {
  readonly property: string
  readonly kind: LeafKind
  readonly isNullable: boolean
  /** Completes the value of the property, whatever it is. */
  readonly complete: (value: unknown, source: unknown, above: ResponsePath | undefined, run: Run) => unknown
  /** Completes a property that throws when it is read. */
  readonly unreadable: (error: unknown, above: ResponsePath | undefined, run: Run) => unknown
}

/** Completes the value that a resolver returns, now or as a promise; throws where the type does not allow it. */
export type CompleteValue = (
  value: unknown,
  path: ResponsePath,
  run: Run,
  info: GraphQLResolveInfo,
) => unknown
