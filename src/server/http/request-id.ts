import { randomUUID } from 'node:crypto'
import type { RequestSecrets } from './request-secrets.ts'

const SANE = /^[A-Za-z0-9._-]{1,128}$/

/** The caller's `x-request-id` if it is safe in a log line and a header, and no secret of the request; else a new id. */
export const requestIdOf = (given: unknown, secrets: RequestSecrets): string =>
  typeof given === 'string' && SANE.test(given) && !secrets.include(given) ? given : randomUUID()
