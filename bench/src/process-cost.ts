import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second for programs to read, whatever its own clock. */
const TICK_US = 10_000

/** Processor time that a process and its children have used so far, in user and system mode, in microseconds. */
export const cpuMicroseconds = (pid: number): number =>
  treeOf(pid).reduce((sum, id) => {
    // The name, in brackets, may hold anything; the fields after it are numbered from 3 in proc(5).
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return sum + (Number(fields[14 - 3]) + Number(fields[15 - 3])) * TICK_US
  }, 0)

/** Memory that a process and its children have in use, in bytes. */
export const residentBytes = (pid: number): number =>
  treeOf(pid).reduce((sum, id) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]
    return sum + Number(kilobytes ?? 0) * 1024
  }, 0)

function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(treeOf)]
}
