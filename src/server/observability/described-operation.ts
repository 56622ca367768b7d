import type { DocumentNode, FieldNode, OperationDefinitionNode } from 'graphql'
import { schema } from '../../graphql/schema.ts'
import { writes } from '../../operations/writes.ts'
import type { RequestSecrets } from '../http/request-secrets.ts'
import { rootFields } from './root-fields.ts'

/** What reports have of an operation's document: the same for every request that sends it. */
export interface DescribedOperation {
  /** `request` where there was no operation to read. */
  readonly kind: 'query' | 'mutation' | 'subscription' | 'request'
  readonly name: string | undefined
  /** The root fields; those that the schema does not have as `(unknown)`: callers may write anything there. */
  readonly fields: readonly string[]
  /** Those of them that write. */
  readonly writes: readonly FieldNode[]
  /** The members that log lines have of it, as JSON. */
  readonly logMembers: string
}

const MAX_NAME = 100

/** How the cloud's tokens, and JWTs, begin: a caller has put one in the wrong place. */
const TOKEN_LIKE = /^(?:MII|eyJ)\w{20}/

const NO_OPERATION: DescribedOperation = {
  kind: 'request',
  name: undefined,
  fields: [],
  writes: [],
  logMembers: '"kind":"request","fields":[]',
}

const described = new WeakMap<OperationDefinitionNode, DescribedOperation>()

/** A document and the operation of it that runs, as far as there are any. */
interface OperationOfDocument {
  readonly document: DocumentNode | undefined
  readonly operation: OperationDefinitionNode | undefined
}

/** Describes an operation, without its name where that is a secret of its request. */
export function describedOperation(
  { document, operation }: OperationOfDocument,
  secrets: RequestSecrets,
): DescribedOperation {
  if (document === undefined || operation === undefined) return NO_OPERATION
  let known = described.get(operation)
  if (known === undefined) {
    known = describe(document, operation)
    described.set(operation, known)
  }
  const isPublic = known.name === undefined || !secrets.include(known.name)
  return isPublic ? known : describe(document, operation, false)
}

function describe(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  withName = true,
): DescribedOperation {
  const fields = rootFields(document, operation)
  const kind = operation.operation
  const given = withName ? operation.name?.value.slice(0, MAX_NAME) : undefined
  const name = given !== undefined && TOKEN_LIKE.test(given) ? undefined : given
  const names = fields.map((field) => (ROOT_FIELDS.has(field.name.value) ? field.name.value : '(unknown)'))
  return {
    kind,
    name,
    fields: names,
    writes: kind === 'query' ? [] : fields.filter(isWrite),
    logMembers: JSON.stringify({ kind, operationName: name, fields: names }).slice(1, -1),
  }
}

const ROOT_FIELDS: ReadonlySet<string> = new Set([
  '__typename',
  '__schema',
  '__type',
  ...[schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  ),
])

const isWrite = ({ name }: FieldNode): boolean => writes.has(name.value)
