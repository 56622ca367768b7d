import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { WRITE_FIELDS } from '../../operations/recorded-write.ts'
import { operationOf, type RequestScope } from '../request-scope.ts'
import { rootFields } from './root-fields.ts'

/** What reports say of an operation's document: the same for every request that sends it. */
export interface DescribedOperation {
  /** `request` where there was no operation to read. */
  readonly kind: 'query' | 'mutation' | 'subscription' | 'request'
  readonly name: string | undefined
  /** The root fields, as the caller wrote them. */
  readonly fields: readonly string[]
  /** Those of them that write. */
  readonly writes: readonly FieldNode[]
}

const LONGEST_NAME = 100

const NO_OPERATION: DescribedOperation = { kind: 'request', name: undefined, fields: [], writes: [] }

const described = new WeakMap<OperationDefinitionNode, DescribedOperation>()

export function describedOperation(scope: RequestScope): DescribedOperation {
  const { document } = scope
  const operation = operationOf(scope)
  if (document === undefined || operation === undefined) return NO_OPERATION
  const known = described.get(operation)
  if (known !== undefined) return known
  const fields = rootFields(document, operation)
  const made = {
    kind: operation.operation,
    name: operation.name?.value.slice(0, LONGEST_NAME),
    fields: fields.map(({ name }) => name.value.slice(0, LONGEST_NAME)),
    writes: operation.operation === 'query' ? [] : fields.filter(isWrite),
  }
  described.set(operation, made)
  return made
}

const isWrite = ({ name }: FieldNode): boolean => (WRITE_FIELDS as readonly string[]).includes(name.value)
