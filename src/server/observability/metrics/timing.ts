/** The upper bounds of the buckets, in seconds: from an answer out of memory to an operation's default deadline. */
export const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25] as const

/** How often something was done, and how long it took. */
export class Timing {
  count = 0
  seconds = 0
  /** How many took no longer than the bound of the same index, and longer than the one before. */
  readonly within: number[] = BOUNDS.map(() => 0)

  add(seconds: number): void {
    this.count += 1
    this.seconds += seconds
    let index = 0
    while (index < BOUNDS.length && seconds > (BOUNDS[index] ?? 0)) index += 1
    if (index < BOUNDS.length) this.within[index] = (this.within[index] ?? 0) + 1
  }
}
