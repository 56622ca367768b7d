import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'

/** Nothing of the shell's environment reaches a measured process. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Cores to run on, as `taskset -c` takes them. */
  readonly cores: string
}

const argumentsOf = ({ cores, command, args }: Command): string[] => ['-c', cores, command, ...args]

/** Runs a command to its end and answers what it printed. */
export async function run(command: Command): Promise<string> {
  const child = spawn('taskset', argumentsOf(command), {
    env: { PATH, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${command.command} ended with ${code}: ${err}${out}`)
  return out
}

export interface Server extends AsyncDisposable {
  readonly pid: number
  /** How it ended, if it did. */
  readonly exitCode: () => number | null
}

/**
 * Starts a process that runs until it is stopped: its output goes to /dev/null, its errors to a file. `taskset` becomes
 * the process itself, so that its id is the server's.
 */
export function start(command: Command, errorFile: string): Server {
  const errors = openSync(errorFile, 'a')
  const child = spawn('taskset', argumentsOf(command), {
    env: { PATH, ...command.env },
    stdio: ['ignore', 'ignore', errors],
  })
  closeSync(errors)
  if (child.pid === undefined) throw new Error(`${command.command} could not be started`)
  const closed = once(child, 'close')
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  return {
    pid: child.pid,
    exitCode: () => child.exitCode,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      const lastResort = setTimeout(kill, 5_000)
      await closed
      clearTimeout(lastResort)
      process.off('exit', kill)
    },
  }
}
