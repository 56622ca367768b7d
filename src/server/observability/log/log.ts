import { type DestinationStream, type Logger, pino } from 'pino'
import { BoundedWriter } from './bounded-writer.ts'
import { bufferedWriter } from './buffered-writer.ts'
import { isoTime } from './iso-time.ts'

/** The log of the process, on standard output. */
export interface ProcessLog {
  readonly log: Logger
  /** How many lines could not be written. */
  readonly lostLines: () => number
  /** Writes what is left, synchronously: the process is about to end. */
  readonly end: () => void
}

/** JSON lines; on a terminal, lines for a person, where pino-pretty is installed. */
export async function createLog(level: string, pretty: boolean): Promise<ProcessLog> {
  const base = { level, base: null, timestamp: () => `,"time":"${isoTime()}"` }
  const forPerson = pretty ? await prettyStream() : undefined
  if (forPerson !== undefined) {
    return { log: pino(base, forPerson), lostLines: () => 0, end: () => undefined }
  }
  const writer = new BoundedWriter({ descriptor: nonBlockingOutput(), lostNotice })
  const lines = bufferedWriter((text) => writer.write(text))
  const log = pino(base, lines)
  if (pretty) log.info('pino-pretty is not installed: the log is JSON')
  return {
    log,
    lostLines: () => writer.lostLines,
    end: () => {
      lines.flushSync()
      writer.end()
    },
  }
}

/** Node makes a pipe or a socket non-blocking when its stream is made: a full one then refuses a write instead of holding up the process. */
const nonBlockingOutput = (): number => process.stdout.fd

const lostNotice = (lines: number): string =>
  `${JSON.stringify({
    level: pino.levels.values['warn'],
    time: isoTime(),
    lostLines: lines,
    msg: `${lines} log lines could not be written and are lost`,
  })}\n`

/** What a line for a person says in words already. */
const IN_THE_TEXT = 'kind,operationName,fields,durationMs,upstream,errors'

/** Lines for a person on a terminal; `undefined` where pino-pretty, a development dependency, is not installed. */
async function prettyStream(): Promise<DestinationStream | undefined> {
  const { default: pretty } = await import('pino-pretty').catch(() => ({ default: undefined }))
  return pretty?.({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true, ignore: IN_THE_TEXT })
}
