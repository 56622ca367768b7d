import type { DestinationStream } from 'pino'

/** What a line for a person says in words already. */
const IN_THE_TEXT = 'kind,operationName,fields,durationMs,upstream,errors'

/** Lines for a person on a terminal; `undefined` where pino-pretty, a development dependency, is not installed. */
export async function prettyStream(): Promise<DestinationStream | undefined> {
  const { default: pretty } = await import('pino-pretty').catch(() => ({ default: undefined }))
  return pretty?.({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true, ignore: IN_THE_TEXT })
}
