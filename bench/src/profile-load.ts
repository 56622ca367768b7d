import { fileURLToPath } from 'node:url'
import { OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import type { Options } from './options.ts'
import { profiled } from './profiler.ts'
import { startContender } from './running-contender.ts'
import { sample } from './sample.ts'
import { selfTime } from './self-time.ts'
import type { Upstream } from './upstream/upstream.ts'
import { warmUp } from './warm-up.ts'
import type { Workload } from './workloads.ts'

/** Microseconds of processor time per request, by owner and by function. */
export interface LoadProfile {
  readonly cpuUs: number
  readonly byOwner: ReadonlyMap<string, number>
  readonly byFunction: ReadonlyMap<string, number>
}

/** The sources: in the one file that is built of them, nothing tells whose a function is. */
const SOURCES = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const INSPECTED = {
  ...OURS,
  command: (port: number, upstream: string) => ({
    ...OURS.command(port, upstream),
    args: ['--inspect=127.0.0.1:0', SOURCES],
  }),
}

/**
 * Where the gateway's time goes while it does one job again and again. The shares are the profile's; what they are shares of
 * is the processor time that the process used, for a profile counts the time, too, in which others had the core.
 */
export async function profileLoad(
  workload: Workload,
  { warmUpSeconds, seconds }: Options,
  upstream: Upstream,
  directory: string,
): Promise<LoadProfile> {
  const exchange = workload.graphql
  await using running = await startContender(INSPECTED, upstream.secureUrl, exchange, directory)
  const measured = { running: [running], exchange, calls: workload.calls }
  const load = { connections: 64, cores: LOAD_CORE }
  await warmUp(measured, upstream, load, directory, warmUpSeconds)
  let cpuUs = 0
  const profile = await profiled(running.errorFile, async () => {
    cpuUs = (await sample(measured, upstream, { ...load, seconds }, directory)).cpuUs
  })
  const { byOwner, byFunction } = selfTime(profile)
  const all = [...byOwner.values()].reduce((sum, time) => sum + time, 0)
  const perRequest = (times: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    new Map([...times].map(([name, time]) => [name, (time / all) * cpuUs]))
  return { cpuUs, byOwner: perRequest(byOwner), byFunction: perRequest(byFunction) }
}
