import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { endWithWorker } from './end-with-worker.ts'

/** What build-gateway.ts has built of the sources, or the file that the environment names. */
const MAIN = process.env['GATEWAY_MAIN'] ?? 'src/main.ts'

/** The simulated cloud beside it. */
export const SIMULATOR_MAIN = MAIN.replace('main.', 'simulator/main.')

/** Some thirty processes of these tests need the same files; compiling them was a third of each start. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url))

/** The gateway, or another program of the project, as its own process, with these settings and no others. */
export function startProcess(
  settings: Readonly<Record<string, string>>,
  main = MAIN,
  flags: readonly string[] = [],
  /** Where its standard output goes; its lines are read unless it is a file. */
  output: 'pipe' | number = 'pipe',
  args: readonly string[] = [],
) {
  const child = endWithWorker(
    spawn('node', [...flags, main, ...args], {
      env: { PATH: process.env['PATH'], PORT: '0', NODE_COMPILE_CACHE, ...settings },
      stdio: ['ignore', output, 'pipe'],
    }),
  )
  const lines: string[] = []
  const errors: string[] = []
  const firstLine = new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`the process ended without a line: ${errors.join(' ')}`)))
    if (child.stdout === null) return
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      resolve(line)
    })
  })
  // Not every test waits for it.
  firstLine.catch(() => undefined)
  if (child.stderr !== null) createInterface(child.stderr).on('line', (line) => errors.push(line))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    lines,
    output: child.stdout,
    /** Its exit code when it has ended, whether or not its output has been read to the end. */
    ended,
    errors,
    exited,
    firstLine,
    pid: child.pid ?? 0,
    stop: (signal: NodeJS.Signals) => child.kill(signal),
    url: async () => /http:\S+\/graphql/.exec(await firstLine)?.[0] ?? '',
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      child.stdout?.resume()
      await exited
    },
  }
}
