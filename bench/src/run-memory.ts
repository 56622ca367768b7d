import type { Bench } from './bench.ts'
import { OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import { startContender } from './running-contender.ts'
import { sample } from './sample.ts'
import { CREATING } from './workloads.ts'

/** Memory in use after so many requests. */
export interface MemoryResult {
  readonly marks: readonly { readonly requests: number; readonly residentMb: number }[]
}

const MARKS = 10
const LOAD = { seconds: 1, connections: 64, cores: LOAD_CORE }

/** The gateway's memory over many requests, at ten marks at the most. */
export async function runMemory({ options, upstream, directory, say }: Bench): Promise<MemoryResult> {
  await using running = await startContender(OURS, upstream.urls[0], CREATING.graphql, directory)
  const measured = { running: [running], exchange: CREATING.graphql, calls: CREATING.calls }
  const marks: MemoryResult['marks'][number][] = []
  let requests = 0
  while (requests < options.requests) {
    const one = await sample(measured, upstream, LOAD, directory)
    requests += one.requests
    if (requests < (options.requests * (marks.length + 1)) / MARKS) continue
    marks.push({ requests, residentMb: one.residentMb })
    say(`  memory: ${requests} requests`)
  }
  return { marks }
}
