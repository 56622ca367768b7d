/** The codes of requests that are not executed, but for those of input values; `docs/errors.md` explains each. */
export const REFUSAL_CODES = [
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_MISMATCH',
  'PERSISTED_QUERY_ONLY',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]
