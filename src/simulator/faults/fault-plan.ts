import type { Fault, FaultMatch, FaultOptions } from './fault.ts'

interface PlannedFault {
  readonly fault: Fault
  readonly match: FaultMatch
  toSkip: number
  left: number
}

/** The planned faults: a call gets the first accident that matches it, and all habits that do. */
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
    // An accident acts on what the habits have changed.
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
