import type { ErrorReason } from './error-code.ts'

/** The rules that the gateway checks itself, before anything is sent. */
export type GatewayRule =
  | 'REQUIRED'
  | 'REQUIRED_ONE_OF'
  | 'EXACTLY_ONE'
  | 'UNKNOWN_FIELD'
  | 'TYPE'
  | 'ENUM'
  | 'ID'
  | 'LENGTH'
  | 'CHARSET'
  | 'STARTS_WITH'
  | 'ENDS_WITH'
  | 'RANGE'
  | 'LESS_THAN'
  | 'LIST_SIZE'
  | 'UNIQUE'
  | 'REFERENCE'
  | 'HTTP_CODES'
  | 'CURSOR'
  | 'PLAN_OUTDATED'

/** The kinds of characters that the pages speak of. */
export type Characters = 'LETTERS' | 'CHINESE' | 'DIGITS' | 'HYPHEN' | 'UNDERSCORE' | 'PERIOD'

/** The rules that the cloud checks: the reasons of its errors that are about a part of the input. */
const UPSTREAM_RULES = [
  'REQUIRED',
  'TOO_SMALL',
  'TOO_LARGE',
  'OUT_OF_RANGE',
  'TOO_SHORT',
  'TOO_LONG',
  'LENGTH',
  'CHARSET',
  'INVALID_VALUE',
  'INVALID_IP',
  'INVALID_PORT',
  'INVALID_MICROSERVICE',
  'INVALID_ENGINE',
  'MICROSERVICE_UNAVAILABLE',
  'MICROSERVICE_BOUND',
  'CHANNEL_NAME_TAKEN',
  'CHANNEL_QUOTA',
  'CHANNEL_TYPE',
  'LOAD_BALANCER_IN_USE',
  'MEMBER_QUOTA',
  'MEMBER_NOT_FOUND',
  'ECS_NOT_FOUND',
  'INSTANCE_NOT_FOUND',
  'FEATURE_UNSUPPORTED',
  'NAME_MODIFIABLE',
  'FORBIDDEN',
] as const satisfies readonly (ErrorReason | 'FORBIDDEN')[]

export type UpstreamRule = (typeof UPSTREAM_RULES)[number]

export const isUpstreamRule = (word: string | null | undefined): word is UpstreamRule =>
  (UPSTREAM_RULES as readonly (string | null | undefined)[]).includes(word)

/** Where in the operation's arguments a fault is, in GraphQL names: `['input', 'members', 0, 'port']`. */
export type FaultPath = readonly (string | number)[]

/** One broken rule, as data: a frontend can render it from `rule` and `params` itself. */
export interface ValidationFault {
  readonly path: FaultPath
  readonly rule: GatewayRule | UpstreamRule
  readonly params: Readonly<Record<string, unknown>>
  readonly source: 'GATEWAY' | 'UPSTREAM'
}

/** Faults reported for one input: an answer must not be many times as large as its request. */
export const MAX_FAULTS = 500
