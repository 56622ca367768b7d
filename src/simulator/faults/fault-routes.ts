import { type Route, route } from '../http/route.ts'
import type { FaultPlan } from './fault-plan.ts'
import { readPlannedFault } from './read-fault.ts'

/** Faults for tests that run in another process than the simulator. */
export function faultRoutes(plan: FaultPlan): Route[] {
  return [
    route('POST /_simulator/faults', (call) => {
      const { fault, options } = readPlannedFault(call.body)
      plan.add(fault, options)
      return { status: 204 }
    }),
    route('DELETE /_simulator/faults', () => {
      plan.clear()
      return { status: 204 }
    }),
  ]
}
