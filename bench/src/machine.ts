import { cpus, release, totalmem } from 'node:os'

/** What the numbers were taken on, in a line. */
export function machine(): string {
  const [cpu] = cpus()
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    `Linux ${release()}`,
    `Node ${process.version}`,
  ].join(', ')
}
