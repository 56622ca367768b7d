/** When a response was sent and read, in milliseconds since 1970. */
export interface ResponseTimes {
  /** By the cloud's clock: the header `Date`; `null` without one. */
  readonly respondedAt: number | null
  /** By the gateway's clock. */
  readonly readAt: number
}

/** `create_time` and `Date` come in whole seconds, and the cloud's machines agree within some seconds. */
const MARGIN_MS = 5_000
/** How far the cloud's clock may be from the gateway's where a response has no `Date`. */
const MAX_CLOCK_SKEW_MS = 24 * 60 * 60_000

/**
 * Whether something was created clearly before a request was sent. The difference between the two clocks comes from a
 * response; the time that the response took to arrive only makes the request look older.
 */
export function isClearlyOlder(
  createdAt: string | null,
  sentAt: number,
  { respondedAt, readAt }: ResponseTimes,
): boolean {
  const created = createdAt === null ? Number.NaN : Date.parse(createdAt)
  if (Number.isNaN(created)) return false
  return respondedAt === null
    ? created < sentAt - MAX_CLOCK_SKEW_MS
    : created < sentAt + (respondedAt - readAt) - MARGIN_MS
}
