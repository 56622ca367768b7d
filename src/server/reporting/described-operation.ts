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
  /** What log lines say of it, as members of a JSON object. */
  readonly logMembers: string
}

const LONGEST_NAME = 100

const NO_OPERATION: DescribedOperation = {
  kind: 'request',
  name: undefined,
  fields: [],
  writes: [],
  logMembers: '"kind":"request","fields":[]',
}

const described = new WeakMap<OperationDefinitionNode, DescribedOperation>()

export function describedOperation(scope: RequestScope): DescribedOperation {
  const { document } = scope
  const operation = operationOf(scope)
  if (document === undefined || operation === undefined) return NO_OPERATION
  const known = described.get(operation)
  if (known !== undefined) return known
  const fields = rootFields(document, operation)
  const kind = operation.operation
  const name = operation.name?.value.slice(0, LONGEST_NAME)
  const names = fields.map((field) => field.name.value.slice(0, LONGEST_NAME))
  const made = {
    kind,
    name,
    fields: names,
    writes: kind === 'query' ? [] : fields.filter(isWrite),
    logMembers: JSON.stringify({ kind, operationName: name, fields: names }).slice(1, -1),
  }
  described.set(operation, made)
  return made
}

const isWrite = ({ name }: FieldNode): boolean => (WRITE_FIELDS as readonly string[]).includes(name.value)
