import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** A folder for configurations and logs, gone when the process ends. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(`${tmpdir()}/bench-`)
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  // Their default would leave the folder, and what has been started, behind.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return directory
}
