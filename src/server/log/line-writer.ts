import { type DestinationStream, type Logger, pino } from 'pino'
import { isoTime } from './iso-time.ts'

type Level = 'info' | 'warn'

/**
 * Writes lines of many values to where a log writes its own, in the form of pino's: `JSON.stringify` makes such a line at
 * once, at a third of what it costs to have pino put it together value by value.
 *
 * @param level `info` and `warn` as numbers are pino's: 30 and 40
 */
export function lineWriter(log: Logger): (level: Level, values: object, message: string) => void {
  const stream: DestinationStream = Reflect.get(log, pino.symbols.streamSym)
  return (level, values, message) => {
    const body = JSON.stringify(values).slice(1, -1)
    const head = `{"level":${pino.levels.values[level]},"time":"${isoTime()}"`
    stream.write(`${head},${body},"msg":${JSON.stringify(message)}}\n`)
  }
}
