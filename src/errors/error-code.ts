/**
 * The closed list of `extensions.code`: the one thing a client branches on. GraphQL's own codes
 * (`GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`, …) stand beside these for documents that never ran.
 */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'QUOTA_EXCEEDED'
  | 'FAILED_PRECONDITION'
  | 'RATE_LIMITED'
  | 'UPSTREAM_ERROR'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'OVERLOADED'
  | 'INTERNAL_SERVER_ERROR'

/** The finer reason behind a code, where there is one. */
export type ErrorReason =
  // of the cloud's input checks: also the `rule` of the validation entry that names the field
  | 'REQUIRED'
  | 'TOO_SMALL'
  | 'TOO_LARGE'
  | 'OUT_OF_RANGE'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'LENGTH'
  | 'CHARSET'
  | 'INVALID_VALUE'
  | 'INVALID_IP'
  | 'INVALID_PORT'
  | 'INVALID_MICROSERVICE'
  | 'INVALID_ENGINE'
  // of the cloud's state
  | 'MICROSERVICE_UNAVAILABLE'
  | 'CHANNEL_NAME_TAKEN'
  | 'MICROSERVICE_BOUND'
  | 'CHANNEL_IN_USE'
  | 'LOAD_BALANCER_IN_USE'
  | 'CHANNEL_QUOTA'
  | 'MEMBER_QUOTA'
  | 'CHANNEL_TYPE'
  | 'CHANNEL_NOT_FOUND'
  | 'MEMBER_NOT_FOUND'
  | 'INSTANCE_NOT_FOUND'
  | 'ECS_NOT_FOUND'
  | 'BUSY'
  | 'NAME_MODIFIABLE'
  | 'PLAN_OUTDATED'
  | 'NOT_ATTEMPTED'
  | 'FEATURE_UNSUPPORTED'
  | 'SYNC_FAILED'
  // of the caller
  | 'TOKEN_MISSING'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID'
  | 'TOKEN_WITHOUT_PROJECT'
  | 'ACCOUNT_NOT_VERIFIED'
  | 'ACCOUNT_BALANCE'
  | 'ACCOUNT_FROZEN'
  | 'ACCOUNT_LOCKED'
  | 'READ_ONLY'
  // of the way to the cloud
  | 'ENDPOINT_NOT_SET'
  | 'NOT_CONNECTED'
  | 'CONNECTION_LOST'
  | 'UNREADABLE_ANSWER'
  | 'INSTANCE_MISSING_FROM_ANSWER'

/** Whether a failed mutation changed anything in the cloud. */
export type Effect = 'NOT_APPLIED' | 'APPLIED' | 'PARTIAL' | 'UNKNOWN'
