import { type DestinationStream, type Logger, pino } from 'pino'
import { isoTime } from './iso-time.ts'

type Level = 'info' | 'warn'

/** Writes lines to where a log writes its own, in the form of pino's but past its levels. */
export interface LineWriter {
  /**
   * Writes a line of parts that are JSON already. There is one for every operation, and to have it put together value by
   * value costs several times what it takes to write it down.
   *
   * @param members the members of the line besides level, time and message, as JSON
   * @param message as the text of a JSON string
   */
  readonly writeMembers: (level: Level, members: string, message: string) => void
  /** Hands what was written to the operating system, so that it outlives the process. */
  readonly flush: () => void
}

export function lineWriter(log: Logger): LineWriter {
  const stream: DestinationStream & { flushSync?: () => void } = Reflect.get(log, pino.symbols.streamSym)
  return {
    writeMembers: (level, members, message) => {
      const head = `{"level":${pino.levels.values[level]},"time":"${isoTime()}"`
      stream.write(`${head},${members},"msg":"${message}"}\n`)
    },
    flush: () => stream.flushSync?.(),
  }
}
