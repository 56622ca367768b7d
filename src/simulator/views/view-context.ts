import type { Cloud } from '../cloud/cloud.ts'
import type { Edition } from '../cloud/edition.ts'
import type { Product, Seed } from '../cloud/seed.ts'
import type { Timestamp } from '../cloud/timestamp.ts'
import type { Call } from '../http/exchange.ts'

/** What views need in addition to the object that they show. */
export interface ViewContext {
  readonly seed: Seed
  readonly product: Product
  readonly edition: Edition
  readonly spellTime: (time: Timestamp) => string
}

/**
 * The call that sets a time answers it with nanoseconds, later calls answer it in seconds: the ROMA page has both
 * `2020-07-23T07:11:57.244829604Z` and `2021-08-30T14:02:25Z`.
 *
 * @param setBy the time of the write that this call makes
 */
export function viewContext(
  call: Call,
  { seed, edition }: Cloud,
  product: Product,
  setBy?: Timestamp,
): ViewContext {
  const isExact = (time: Timestamp): boolean => (time === setBy) !== (call.swapsTimes ?? false)
  return {
    seed,
    product,
    edition,
    spellTime: (time) => (isExact(time) ? time : `${time.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`),
  }
}
