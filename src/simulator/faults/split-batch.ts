import type { Call } from '../http/exchange.ts'
import { isJsonObject, parseJson } from '../http/json.ts'

/** The instances that a batch names; empty for any other call. */
export function instancesOf(call: Call): readonly string[] {
  const body = parseJson(call.body)
  const ids = isJsonObject(body) ? body['instance_ids'] : undefined
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

/** A batch, as if it had been sent for these instances. */
export function forInstances(call: Call, instanceIds: readonly string[]): Call {
  const body = parseJson(call.body)
  if (!isJsonObject(body)) return call
  return { ...call, body: JSON.stringify({ ...body, instance_ids: instanceIds }) }
}

/** A batch, as if it had been sent without its last instance. Any other call is left as it is. */
export function leaveOutLastInstance(call: Call): Call {
  const ids = instancesOf(call)
  return ids.length < 2 ? call : forInstances(call, ids.slice(0, -1))
}
