import type { DocumentRead } from '../documents/read-document.ts'
import { acceptedTypes, type JsonType, type StreamType } from '../http/media-types.ts'

/** A stream of events, or of one result. */
export interface StreamTypes {
  readonly stream: StreamType
  /** For errors of a subscription that does not begin, where the caller accepts JSON too. */
  readonly json: JsonType | undefined
}

type OneText = { readonly stream?: never; readonly json: JsonType }

/**
 * How the response to a document is sent; `undefined` where its caller could not read it. Events need a stream. Everything else,
 * errors of a subscription included, is JSON for a caller that accepts it.
 */
export function responseFormOf(
  accept: string | undefined,
  { operation, errors }: DocumentRead,
): StreamTypes | OneText | undefined {
  const { json, stream, events } = acceptedTypes(accept)
  const isSubscription = operation?.operation === 'subscription'
  if (isSubscription && errors === undefined) return events && { stream: events, json }
  if (json !== undefined) return { json }
  // A document that cannot be read may have been a subscription.
  const mayBeSubscription = operation === undefined || isSubscription
  const type = (mayBeSubscription ? events : undefined) ?? stream
  return type && { stream: type, json }
}
