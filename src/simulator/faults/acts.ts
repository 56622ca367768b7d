import type { Call } from '../http/exchange.ts'
import type { Accident } from './fault.ts'
import { forInstances, instancesOf } from './split-batch.ts'

/** A part of what a call asks for; executed so many milliseconds after the answer or, without a time, before it. */
export interface Act {
  readonly call: Call
  readonly afterMs?: number
}

type Of<Kind extends Accident['kind']> = Extract<Accident, { kind: Kind }>

const LATE_MS = 50

export function lateActs(call: Call, { ms = LATE_MS, stepMs }: Of<'late-write'>): Act[] {
  const ids = instancesOf(call)
  if (stepMs === undefined || ids.length === 0) return [{ call, afterMs: ms }]
  return ids.map((id, index) => ({ call: forInstances(call, [id]), afterMs: ms + index * stepMs }))
}

export function partialActs(call: Call, { instances, restMs, status = 500 }: Of<'partial-write'>): Act[] {
  const ids = instancesOf(call)
  const chosen = instances?.split('+') ?? ids.slice(0, Math.ceil(ids.length / 2))
  const found = ids.filter((id) => chosen.includes(id))
  // A refusal is caused by one of the instances, so that one is not written.
  const now = status < 500 && found.length === ids.length ? found.slice(0, -1) : found
  const rest = restMs === undefined ? [] : ids.filter((id) => !now.includes(id))
  // One at a time: where one instance refuses the call, the others are written all the same.
  return [
    ...now.map((id) => ({ call: forInstances(call, [id]) })),
    ...rest.map((id) => ({ call: forInstances(call, [id]), afterMs: restMs ?? 0 })),
  ]
}
