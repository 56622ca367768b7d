import { type Measured, sample } from './sample.ts'
import type { Upstream } from './upstream/upstream.ts'
import type { Load } from './wrk.ts'

const MAX_LOADS = 20

/** Puts a load on a contender until it has used so much processor time: on a busy machine that takes longer. */
export async function warmUp(
  measured: Measured,
  upstream: Upstream,
  load: Omit<Load, 'seconds'>,
  directory: string,
  seconds: number,
): Promise<void> {
  let usedUs = 0
  for (let loads = 0; usedUs < seconds * 1e6 && loads < MAX_LOADS; loads += 1) {
    const { cpuUs, requests } = await sample(measured, upstream, { ...load, seconds: 1 }, directory)
    usedUs += cpuUs * requests
  }
}
