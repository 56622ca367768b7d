import type { Call } from '../http/exchange.ts'
import { isJsonObject, type JsonObject, parseJson } from '../http/json.ts'
import { requestUnreadable } from '../refusals.ts'
import { checkFields } from './check-fields.ts'
import type { FieldTable } from './field-table.ts'
import type { Rules } from './rules.ts'

/** The JSON body of a call, checked by a table; without the fields that are `null`. */
export function readBody({ product }: Rules, call: Call, table: FieldTable): JsonObject {
  const [mediaType] = (call.headers['content-type'] ?? '').split(';')
  if (mediaType?.trim().toLowerCase() !== 'application/json') {
    throw requestUnreadable('the Content-Type must be application/json')
  }
  const body = parseJson(call.body)
  if (!isJsonObject(body)) throw requestUnreadable('the body must be a JSON object')
  checkFields(product, body, table)
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
}
