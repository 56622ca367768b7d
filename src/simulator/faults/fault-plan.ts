import type { Fault, FaultMatch, FaultOptions } from './fault.ts'

interface PlannedFault {
  readonly fault: Fault
  readonly match: FaultMatch
  left: number
}

/** The faults still to come, first planned first served. */
export class FaultPlan {
  #planned: PlannedFault[] = []

  add(fault: Fault, { match = {}, times = 1 }: FaultOptions = {}): void {
    this.#planned.push({ fault, match, left: times })
  }

  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find(
      ({ match }) => (match.method ?? method) === method && path.includes(match.path ?? ''),
    )
    if (!planned) return undefined
    planned.left -= 1
    this.#planned = this.#planned.filter(({ left }) => left > 0)
    return planned.fault
  }

  clear(): void {
    this.#planned = []
  }
}
