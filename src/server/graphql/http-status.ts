import type { GraphQLError } from 'graphql'
import { MULTIPART_SUBSCRIPTION, type ResponseType } from '../http/media-types.ts'

/** The HTTP status that an error asks for, in `extensions.http`; no response has this extension. */
interface HttpHint {
  readonly status: number
  /** A refusal by the rules of GraphQL itself: `application/json` has 200 for it (GraphQL over HTTP, 6.4.1), and streams of events. */
  readonly spec?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpStatus {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** The status and headers of a response with these errors: the highest status that one of them asks for. */
export function httpStatusOf(errors: readonly GraphQLError[], type: ResponseType | undefined): HttpStatus {
  let status = 200
  let headers = {}
  const maskStatus = type !== undefined && MASKED.has(type)
  for (const { extensions } of errors) {
    const hint = extensions['http'] as HttpHint | undefined
    if (hint === undefined) continue
    if (hint.headers !== undefined) headers = { ...headers, ...hint.headers }
    if (!(hint.spec && maskStatus)) status = Math.max(status, hint.status)
  }
  return status === 200 ? OK : { status, headers }
}

const MASKED: ReadonlySet<ResponseType> = new Set([
  'application/json',
  'text/event-stream',
  MULTIPART_SUBSCRIPTION,
])

export const OK: HttpStatus = { status: 200, headers: {} }
