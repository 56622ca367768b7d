import type { GatewayError } from '../errors/gateway-error.ts'

/**
 * Whether the cloud may still be at work on a request, or have done it where a list does not show it yet: nothing came
 * back, only word from a proxy before the service, or a success without its channel. An error code is the service's own
 * word that it has ended.
 */
export function mayStillHappen({ effect, reason, upstream }: GatewayError): boolean {
  if (effect !== 'UNKNOWN') return false
  // The cloud has answered for the other instances.
  if (reason === 'INSTANCE_MISSING_FROM_ANSWER') return false
  const status = upstream?.status ?? null
  const isWordOfProxy = status === null || [408, 502, 503, 504].includes(status)
  return isWordOfProxy || (upstream?.errorCode ?? null) === null
}
