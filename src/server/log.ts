import { type Logger, pino } from 'pino'
import { isoTime } from './log/iso-time.ts'
import { linesTogether, MOST_HELD } from './log/lines-together.ts'

/** What a line for a person says in words already. */
const IN_THE_TEXT = 'kind,operationName,fields,durationMs,upstream,errors'

/** JSON lines on standard output; on a terminal, lines for a person. */
export async function createLog(level: string, pretty: boolean): Promise<Logger> {
  const base = { level, base: null, timestamp: () => `,"time":"${isoTime()}"` }
  if (!pretty) return pino(base, linesOfProcess())
  const { default: prettyStream } = await import('pino-pretty')
  return pino(
    base,
    prettyStream({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true, ignore: IN_THE_TEXT }),
  )
}

function linesOfProcess() {
  // Lines that come together are written together, and not in pieces of the usual 16 KB.
  const output = pino.destination({ dest: STANDARD_OUTPUT, sync: false, maxWrite: 2 * MOST_HELD })
  const lines = linesTogether((text) => output.write(text))
  // However the process ends: nothing that is not synchronous is done any more. pino has written `output` out by then.
  process.once('exit', () =>
    lines.end((text) => pino.destination({ dest: STANDARD_OUTPUT, sync: true }).write(text)),
  )
  return lines
}

const STANDARD_OUTPUT = 1
