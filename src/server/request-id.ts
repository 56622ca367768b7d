import { randomUUID } from 'node:crypto'

const SANE = /^[A-Za-z0-9._-]{1,128}$/

/** The caller's `x-request-id` if it can stand in a log line and a header as it is, else one of our own. */
export const requestIdOf = (given: unknown): string =>
  typeof given === 'string' && SANE.test(given) ? given : randomUUID()
