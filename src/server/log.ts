import { type Logger, pino } from 'pino'

/** What a line for a person says in words already. */
const IN_THE_TEXT = 'kind,operationName,fields,durationMs,upstream,errors'

/** JSON lines on standard output; on a terminal, lines for a person. */
export async function createLog(level: string, pretty: boolean): Promise<Logger> {
  const base = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (!pretty) return pino(base)
  const { default: prettyStream } = await import('pino-pretty')
  return pino(
    base,
    prettyStream({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true, ignore: IN_THE_TEXT }),
  )
}
