import type { Cloud } from '../cloud/cloud.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { Refusal } from '../http/refusal.ts'
import { romaRefused } from '../refusals.ts'
import { ROMA_RUNNING, romaInstanceView } from '../views/roma-instance-view.ts'

const DEFAULT_LIMIT = 10
const MAX = 100

/**
 * `GET /v2/{project_id}/instances`, of ROMA Connect: its list has names, bounds and errors that no other call has.
 *
 * @param authenticate throws the refusals of the service integration, which are answered in ROMA Connect's own form
 */
export function listRomaInstances(
  call: Call,
  cloud: Cloud,
  projectId: string,
  authenticate: () => void,
): Answer {
  try {
    authenticate()
  } catch (error) {
    if (error instanceof Refusal)
      throw romaRefused(error.answer.status, 'ROMA.00012000', 'Authentication failed')
    throw error
  }
  const offset = boundedAt(call.query, 'offset') ?? 0
  const limit = boundedAt(call.query, 'limit') ?? DEFAULT_LIMIT
  const status = call.query.get('status')
  const found = status && status !== ROMA_RUNNING ? [] : cloud.instancesOf(projectId, 'ROMA_CONNECT')
  const page = found.slice(offset, offset + limit).map(romaInstanceView)
  return { status: 200, body: { total: found.length, size: page.length, instances: page } }
}

function boundedAt(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= MAX)) throw romaRefused(400, 'ROMA.00013000', `Invalid parameter ${name}`)
  return value
}
