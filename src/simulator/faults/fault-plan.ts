import type { Fault, FaultMatch, FaultOptions } from './fault.ts'

interface PlannedFault {
  readonly fault: Fault
  readonly match: FaultMatch
  toSkip: number
  left: number
}

/** The faults still to come: of accidents the first planned is the first served, habits come along. */
export class FaultPlan {
  #planned: PlannedFault[] = []

  add(fault: Fault, { match = {}, skip = 0, times = 1 }: FaultOptions = {}): void {
    this.#planned.push({ fault, match, toSkip: skip, left: times })
  }

  take(method: string, path: string): readonly Fault[] {
    const matching = this.#planned.filter(
      ({ match }) => (match.method ?? method) === method && path.includes(match.path ?? ''),
    )
    const due = matching.filter(({ toSkip }) => toSkip === 0)
    for (const planned of matching) planned.toSkip = Math.max(0, planned.toSkip - 1)
    const accident = due.find(({ fault }) => !isHabit(fault))
    // An accident happens to what the habits have made.
    const hitting = [...due.filter(({ fault }) => isHabit(fault)), ...(accident ? [accident] : [])]
    for (const planned of hitting) planned.left -= 1
    this.#planned = this.#planned.filter(({ left }) => left > 0)
    return hitting.map(({ fault }) => fault)
  }

  clear(): void {
    this.#planned = []
  }
}

function isHabit({ kind }: Fault): boolean {
  return kind === 'read-lag' || kind === 'respell'
}
