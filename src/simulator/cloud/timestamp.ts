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

/**
 * The call that sets a time answers it with nanoseconds; every later one answers the same time in seconds,
 * which is why `2020-07-23T07:11:57.244829604Z` and `2021-08-30T14:02:25Z` stand side by side on the ROMA page.
 */
export function spellTime(time: Timestamp, setBy: Timestamp | undefined): string {
  return time === setBy ? time : `${time.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`
}
