import { stdSerializers } from 'pino'
import type { RequestSecrets } from '../../http/request-secrets.ts'

/** A fault of ours as the log has it: its type, message and stack, and nothing else that may hang on an error. */
export function loggedError(error: unknown, secrets: RequestSecrets): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { type, message, stack } = stdSerializers.err(error)
  if (!secrets.isIn(message) && !secrets.isIn(stack)) return { type, message, stack }
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !secrets.isIn(line))
  return { type, message: '(withheld)', stack: frames.join('\n') }
}
