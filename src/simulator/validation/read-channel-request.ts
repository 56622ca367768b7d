import type { ChannelRequest, ProjectChannelRequest } from '../cloud/channel-request.ts'
import type { Product, Seed } from '../cloud/seed.ts'
import type { Call } from '../http/exchange.ts'
import { isJsonObject, type JsonObject, parseJson } from '../http/json.ts'
import { parameterMissing, parameterRefused, requestUnreadable } from '../refusals.ts'
import { CHANNEL_TABLES, PROJECT_CHANNEL_TABLE } from './channel-tables.ts'
import { checkConditions } from './check-conditions.ts'
import { checkFields } from './check-fields.ts'

export function readChannelRequest(product: Product, seed: Seed, call: Call): ChannelRequest {
  const body = readJsonObject(call)
  checkFields(product, body, CHANNEL_TABLES[product])
  // The table just checked is this type, row by row.
  const request = body as unknown as ChannelRequest
  checkConditions(product, seed, request)
  return request
}

export function readProjectChannelRequest(seed: Seed, call: Call): ProjectChannelRequest {
  const body = readJsonObject(call)
  checkFields('ROMA_CONNECT', body, PROJECT_CHANNEL_TABLE)
  const request = body as unknown as ProjectChannelRequest
  checkConditions('ROMA_CONNECT', seed, request)
  const ids = request.instance_ids
  if (ids.length === 0) throw parameterMissing('ROMA_CONNECT', 'instance_ids')
  if (ids.length > seed.limits.instancesPerBatch) throw parameterRefused('tooLarge', 'instance_ids')
  if (new Set(ids).size < ids.length) throw parameterRefused('invalid', 'instance_ids')
  return request
}

function readJsonObject(call: Call): JsonObject {
  const [mediaType] = (call.headers['content-type'] ?? '').split(';')
  if (mediaType?.trim().toLowerCase() !== 'application/json') {
    throw requestUnreadable('the Content-Type must be application/json')
  }
  const body = parseJson(call.body)
  if (!isJsonObject(body)) throw requestUnreadable('the body must be a JSON object')
  return body
}
