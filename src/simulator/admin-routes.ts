import type { Cloud } from './cloud/cloud.ts'
import type { OffsetClock } from './cloud/offset-clock.ts'
import type { SeededChannel } from './cloud/seed.ts'
import { isTime } from './cloud/timestamp.ts'
import type { Connections } from './faults/connections.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import type { Pending } from './faults/pending.ts'
import { readPlannedFault } from './faults/read-fault.ts'
import { isJsonObject, parseJson } from './http/json.ts'
import { Refusal } from './http/refusal.ts'
import { type Route, route } from './http/route.ts'

interface Steered {
  readonly cloud: Cloud
  readonly clock: OffsetClock
  readonly faults: FaultPlan
  readonly connections: Connections
  readonly pending: Pending
}

/** The routes by which tests in another process control the simulator. */
export function adminRoutes({ cloud, clock, faults, connections, pending }: Steered): Route[] {
  return [
    route('POST /_simulator/faults', (call) => {
      const { fault, options } = readPlannedFault(call.body)
      faults.add(fault, options)
      return { status: 204 }
    }),
    route('DELETE /_simulator/faults', () => {
      faults.clear()
      connections.revive()
      return { status: 204 }
    }),
    // The calls and late writes that are not executed yet: `{"pending": 2}`.
    route('GET /_simulator/pending', () => ({ status: 200, body: { pending: pending.count } })),
    // All connections that have carried a call reset at their next one.
    route('POST /_simulator/kill-idle', () => {
      connections.kill()
      return { status: 204 }
    }),
    // `{"offsetMs": -60000}`
    route('PUT /_simulator/clock', (call) => {
      const body = parseJson(call.body)
      const offsetMs = isJsonObject(body) ? body['offsetMs'] : undefined
      if (typeof offsetMs !== 'number') throw refuse('a number for offsetMs')
      clock.offsetMs = offsetMs
      return { status: 204 }
    }),
    // `{"instanceId": "…", "request": {…}, "createTime": "2020-07-23T07:11:57Z"}`
    route('POST /_simulator/channels', (call) => {
      const body = parseJson(call.body)
      if (!isJsonObject(body) || !isJsonObject(body['request'])) {
        throw refuse('instanceId and request, the body of a create')
      }
      if (body['createTime'] !== undefined && !isTime(body['createTime'])) {
        throw refuse('for createTime a time such as 2020-07-23T07:11:57Z')
      }
      const { id } = cloud.plant(body as unknown as SeededChannel)
      return { status: 201, body: { id } }
    }),
  ]
}

function refuse(expected: string): Refusal {
  return new Refusal(400, { message: `The simulator expects ${expected}.` })
}
