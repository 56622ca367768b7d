import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  Source,
} from 'graphql'
import type { CompiledOperations } from '../../execution/compiled-operations.ts'
import { withoutStack } from '../../lib/without-stack.ts'
import type { Profile } from '../profile.ts'
import type { RefusalCode } from '../refusal-code.ts'
import { checkDocument } from './check-document.ts'
import type { RunParams } from './choose-document.ts'
import { copyString } from './copy-string.ts'
import type { DocumentLimits } from './document-limits.ts'
import { withoutInheritedNames } from './inherited-names.ts'
import { checkTextLimits } from './text-limits.ts'

/** A document that may run, or why it may not. The errors have a code and the HTTP status of a response without data. */
export type DocumentRead =
  | {
      readonly document: DocumentNode
      readonly operation: OperationDefinitionNode
      /** Whether the document had come before. */
      readonly isKnown: boolean
      readonly errors?: undefined
    }
  | {
      readonly document: DocumentNode | undefined
      readonly operation: OperationDefinitionNode | undefined
      readonly errors: readonly GraphQLError[]
    }

export type ReadDocument = (params: RunParams, method: string | undefined) => DocumentRead

export interface DocumentSettings {
  readonly schema: GraphQLSchema
  readonly limits: DocumentLimits
  readonly profile: Profile
  /** The valid documents that have come before. */
  readonly operations: CompiledOperations
}

/** Parses and validates documents that are not known, and keeps those that are valid. */
export const documentReader =
  (settings: DocumentSettings): ReadDocument =>
  (params, method) =>
    withoutStack(() => readDocument(settings, params, method))

function readDocument(
  { schema, limits, profile, operations }: DocumentSettings,
  { query = '', operationName }: RunParams,
  method: string | undefined,
): DocumentRead {
  const known = operations.document(query)
  const parsed = known ?? parseDocument(query, limits)
  if (parsed instanceof GraphQLError) {
    return { document: undefined, operation: undefined, errors: refused([parsed], 'GRAPHQL_PARSE_FAILED') }
  }
  const document = parsed
  const operation = getOperationAST(document, operationName) ?? undefined
  if (operation === undefined) return { document, operation, errors: [noOperation()] }
  if (operation.operation === 'mutation' && method === 'GET')
    return {
      document,
      operation,
      errors: [notByGet('Can only perform a mutation operation from a POST request.')],
    }
  if (known === undefined) {
    const errors = checkDocument(schema, document, limits, profile)
    if (errors.length > 0)
      return { document, operation, errors: refused(errors, 'GRAPHQL_VALIDATION_FAILED') }
    operations.add(document.loc?.source.body ?? '', document)
  }
  if (operation.operation === 'subscription' && method === 'GET')
    return { document, operation, errors: [notByGet('Send a subscription that writes by POST.')] }
  return { document, operation, isKnown: known !== undefined }
}

function parseDocument(query: string, limits: DocumentLimits): DocumentNode | GraphQLError {
  const source = new Source(copyString(query))
  try {
    return checkTextLimits(source, limits.tokens) ?? withoutInheritedNames(parse(source), source.body)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

/** GraphQL over HTTP: 200 for `application/json`, else 400. */
function refused(errors: readonly GraphQLError[], code: RefusalCode): readonly GraphQLError[] {
  for (const { extensions } of errors) {
    extensions['code'] = code
    extensions['http'] = { status: 400, spec: true }
  }
  return errors
}

const noOperation = (): GraphQLError =>
  new GraphQLError('Could not determine what operation to execute.', {
    extensions: {
      code: 'OPERATION_RESOLUTION_FAILURE' satisfies RefusalCode,
      http: { status: 400, spec: true },
    },
  })

/** A GET is safe: it may not write. */
const notByGet = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'BAD_REQUEST' satisfies RefusalCode,
      http: { status: 405, headers: { allow: 'POST' } },
    },
  })
