import type { Bench } from './bench.ts'
import { BARE, type Contender, OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import { startContender } from './running-contender.ts'
import { sample } from './sample.ts'
import { CREATING } from './workloads.ts'

/** Resident memory after so many requests, at the same marks for each. */
export interface MemoryResult {
  readonly rows: readonly { readonly title: string; readonly residentMb: readonly number[] }[]
  /** Requests at each mark; a load may have gone some thousands beyond. */
  readonly marks: readonly number[]
}

const MARKS = 10
const LOAD = { seconds: 1, connections: 64, cores: LOAD_CORE }

/** The memory of the gateway, and of bare Node, over many requests. */
export async function runMemory(bench: Bench): Promise<MemoryResult> {
  const each = bench.options.requests / MARKS
  const marks = Array.from({ length: MARKS }, (_, index) => each * (index + 1))
  const rows: MemoryResult['rows'][number][] = []
  for (const contender of bench.contenders.filter((one) => one === OURS || one === BARE)) {
    rows.push({ title: contender.title, residentMb: await residentAt(marks, contender, bench) })
  }
  return { rows, marks }
}

async function residentAt(
  marks: readonly number[],
  contender: Contender,
  { upstream, directory, say }: Bench,
): Promise<number[]> {
  const exchange = contender.exchange(CREATING)
  if (exchange === undefined) throw new Error(`${contender.title} does not do the mutation`)
  await using running = await startContender(contender, upstream.urls[0], exchange, directory)
  const measured = { running: [running], exchange, calls: CREATING.calls }
  const residentMb: number[] = []
  let [requests, now] = [0, 0]
  for (const mark of marks) {
    while (requests < mark) {
      const one = await sample(measured, upstream, LOAD, directory)
      requests += one.requests
      now = one.residentMb
    }
    residentMb.push(now)
    say(`  memory: ${contender.title}, ${requests} requests`)
  }
  return residentMb
}
