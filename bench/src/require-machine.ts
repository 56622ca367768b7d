import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { installed } from './debian.ts'
import { WRK } from './wrk.ts'

/**
 * Makes sure that this machine can measure.
 *
 * @throws {Error} that says what is missing
 */
export async function requireMachine(): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('the bench reads /proc and pins processes: it needs Linux')
  if (availableParallelism() < 2)
    throw new Error('the bench needs two cores: one for the server, one for the load')
  for (const built of ['../../dist/main.js', '../dist/bare-node.js']) {
    if (!existsSync(new URL(built, import.meta.url)))
      throw new Error('not built: start it with npm run bench')
  }
  if (!(await installed(WRK, 'wrk'))) throw new Error('wrk is missing: run apt-get install wrk')
}
