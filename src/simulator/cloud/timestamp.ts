declare const timestamp: unique symbol

/** RFC 3339 with nine digits of a second, such as `2020-07-23T07:11:57.244829604Z`. */
export type Timestamp = string & { readonly [timestamp]: true }

export type Clock = () => Date

/** Timestamps that never repeat, even if the clock does: the digits below the milliseconds count up. */
export function timestampsOf(clock: Clock): () => Timestamp {
  let stamps = 0
  return () => {
    stamps = (stamps + 1) % 1_000_000
    return clock()
      .toISOString()
      .replace('Z', `${String(stamps).padStart(6, '0')}Z`) as Timestamp
  }
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/

export function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value)
}

/** A time of any number of digits, with all nine. */
export function timestampOf(time: string): Timestamp {
  const [, seconds = time, digits = ''] = TIME.exec(time) ?? []
  return `${seconds}.${digits.padEnd(9, '0')}Z` as Timestamp
}
