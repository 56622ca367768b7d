import { type DestinationStream, type Logger, pino } from 'pino'
import { isoTime } from './iso-time.ts'

/**
 * Writes lines to where a log writes its own, in the form of pino's: there is at least one for every operation, and to have
 * pino put it together value by value costs several times what it takes to write it down.
 *
 * @param members what the line says beside level, time and message, as members of a JSON object
 * @param message as the text of a JSON string
 */
export function lineWriter(log: Logger): (level: 'info' | 'warn', members: string, message: string) => void {
  const stream: DestinationStream = Reflect.get(log, pino.symbols.streamSym)
  return (level, members, message) => {
    const head = `{"level":${pino.levels.values[level]},"time":"${isoTime()}"`
    stream.write(`${head},${members},"msg":"${message}"}\n`)
  }
}
