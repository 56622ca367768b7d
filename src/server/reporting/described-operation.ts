import type { OperationDefinitionNode } from 'graphql'
import { operationOf, type RequestScope } from '../request-scope.ts'
import { rootFields } from './root-fields.ts'

/** What reports say of an operation's document: the same for every request that sends it. */
export interface DescribedOperation {
  /** `request` where there was no operation to read. */
  readonly kind: 'query' | 'mutation' | 'subscription' | 'request'
  readonly name: string | undefined
  /** The root fields, as the caller wrote them. */
  readonly fields: readonly string[]
}

const LONGEST_NAME = 100

const NO_OPERATION: DescribedOperation = { kind: 'request', name: undefined, fields: [] }

const described = new WeakMap<OperationDefinitionNode, DescribedOperation>()

export function describedOperation(scope: RequestScope): DescribedOperation {
  const { document } = scope
  const operation = operationOf(scope)
  if (document === undefined || operation === undefined) return NO_OPERATION
  const known = described.get(operation)
  if (known !== undefined) return known
  const made = {
    kind: operation.operation,
    name: operation.name?.value.slice(0, LONGEST_NAME),
    fields: rootFields(document, operation).map(({ name }) => name.value.slice(0, LONGEST_NAME)),
  }
  described.set(operation, made)
  return made
}
