import type { Call } from '../http/exchange.ts'
import { isJsonObject, parseJson } from '../http/json.ts'

/** A batch, as if it had been sent without its last instance. Any other call is left as it is. */
export function leaveOutLastInstance(call: Call): Call {
  const body = parseJson(call.body)
  if (!isJsonObject(body)) return call
  const ids = body['instance_ids']
  if (!Array.isArray(ids) || ids.length < 2) return call
  return { ...call, body: JSON.stringify({ ...body, instance_ids: ids.slice(0, -1) }) }
}
