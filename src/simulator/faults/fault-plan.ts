import type { Fault, FaultMatch, FaultOptions } from './fault.ts'

interface PlannedFault {
  readonly fault: Fault
  readonly match: FaultMatch
  toSkip: number
  left: number
}

/** The faults still to come, first planned first served. */
export class FaultPlan {
  #planned: PlannedFault[] = []

  add(fault: Fault, { match = {}, skip = 0, times = 1 }: FaultOptions = {}): void {
    this.#planned.push({ fault, match, toSkip: skip, left: times })
  }

  take(method: string, path: string): Fault | undefined {
    const matching = this.#planned.filter(
      ({ match }) => (match.method ?? method) === method && path.includes(match.path ?? ''),
    )
    const due = matching.find(({ toSkip }) => toSkip === 0)
    for (const planned of matching) planned.toSkip = Math.max(0, planned.toSkip - 1)
    if (!due) return undefined
    due.left -= 1
    this.#planned = this.#planned.filter(({ left }) => left > 0)
    return due.fault
  }

  clear(): void {
    this.#planned = []
  }
}
