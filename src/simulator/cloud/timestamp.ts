declare const timestamp: unique symbol

/** RFC 3339 with nine digits of a second, such as `2020-07-23T07:11:57.244829604Z`. */
export type Timestamp = string & { readonly [timestamp]: true }

export type Clock = () => Date

/** Stamps that never repeat, though a clock may stand still: the digits below its milliseconds count up. */
export function timestampsOf(clock: Clock): () => Timestamp {
  let stamps = 0
  return () => {
    stamps = (stamps + 1) % 1_000_000
    return clock()
      .toISOString()
      .replace('Z', `${String(stamps).padStart(6, '0')}Z`) as Timestamp
  }
}

/** A time of any number of digits, with all nine. */
export function timestampOf(text: string): Timestamp {
  const [, seconds = '', digits = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? []
  if (seconds === '')
    throw new Error(`The simulator expects a time such as 2020-07-23T07:11:57Z, not ${text}.`)
  return `${seconds}.${digits.padEnd(9, '0')}Z` as Timestamp
}
