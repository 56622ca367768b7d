import { setTimeout } from 'node:timers/promises'
import { cpuMicroseconds, residentBytes } from './process-cost.ts'
import { checkAnswer, type RunningContender } from './running-contender.ts'
import type { Upstream } from './upstream/upstream.ts'
import type { Exchange } from './workloads.ts'
import { type Load, runWrk, type Seen } from './wrk.ts'

/** What one contender cost under one load. */
export interface Sample {
  readonly cpuUs: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly residentMb: number
  readonly requests: number
}

export interface Measured {
  /** Its processes, which share the load's connections. */
  readonly running: readonly RunningContender[]
  readonly exchange: Exchange
  /** REST calls that one request takes. */
  readonly calls: number
}

/** The share of calls that may be missing or too many. Calls under way when the load ended are counted separately. */
const CALLS_TOLERANCE = 0.01

/**
 * Puts a load on a contender and counts what it used.
 *
 * @throws {Error} where a request failed, answers are shorter than the right one, or REST calls are not as many as they must be
 */
export async function sample(
  { running, exchange, calls }: Measured,
  upstream: Upstream,
  load: Load,
  directory: string,
): Promise<Sample> {
  const lengths = await Promise.all(running.map(({ url }) => checkAnswer(url, exchange)))
  const cpuBefore = await cpuWhenIdle(running)
  const callsBefore = await upstream.calls()
  const share = { ...load, connections: load.connections / running.length }
  const seen = together(await Promise.all(running.map(({ url }) => runWrk(url, exchange, share, directory))))
  const cpu = (await cpuWhenIdle(running)) - cpuBefore
  const called = (await upstream.calls()) - callsBefore

  const fault = (text: string): Error => new Error(`${running[0]?.contender.title}: ${text}`)
  if (seen.errors > 0 || seen.requests === 0)
    throw fault(`${seen.errors} errors in ${seen.requests} requests`)
  if (seen.bytes / seen.requests < Math.max(...lengths)) throw fault('answers are too short')
  // The server also worked on what was under way when the load ended; the load generator did not see those responses.
  const unseen = called / calls - seen.requests
  const spare = seen.requests * CALLS_TOLERANCE
  if (unseen < -spare || unseen > load.connections + spare) {
    throw fault(`${called} REST calls for ${seen.requests} requests of ${calls} each`)
  }
  return {
    cpuUs: (cpu * calls) / called,
    perSecond: seen.requests / seen.seconds,
    p50Ms: seen.p50Ms,
    p99Ms: seen.p99Ms,
    residentMb: sumOf(running, ({ pid }) => residentBytes(pid)) / 1024 ** 2,
    requests: seen.requests,
  }
}

const IDLE_MS = 60
const WAITS_MS = 3_000

/** Processor time as soon as it does not grow for a while. */
async function cpuWhenIdle(running: readonly RunningContender[]): Promise<number> {
  const used = (): number => sumOf(running, ({ pid }) => cpuMicroseconds(pid))
  const startedAt = performance.now()
  for (let before = used(); ; ) {
    await setTimeout(IDLE_MS)
    const now = used()
    if (now === before || performance.now() - startedAt > WAITS_MS) return now
    before = now
  }
}

/** What several load generators saw at the same time. */
const together = (all: readonly Seen[]): Seen => ({
  requests: sumOf(all, (one) => one.requests),
  seconds: Math.max(...all.map((one) => one.seconds)),
  bytes: sumOf(all, (one) => one.bytes),
  p50Ms: Math.max(...all.map((one) => one.p50Ms)),
  p99Ms: Math.max(...all.map((one) => one.p99Ms)),
  errors: sumOf(all, (one) => one.errors),
})

const sumOf = <One>(all: readonly One[], of: (one: One) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0)
