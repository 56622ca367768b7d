import fc from 'fast-check'
import type { Fault } from '../../../../src/simulator/faults/fault.ts'

/** Over which the gateways of these properties look for a write: long enough for the lags, short enough for thousands of runs. */
export const SETTLING_MS = 80
const LAG_MS = 60

export const coded = (status: number, code: string): Fault => ({
  kind: 'answer',
  status,
  body: { error_code: code, error_msg: 'System error' },
})

/** Lists and shows behind the write, each by itself, or a total that is ahead of its items. */
const lag: fc.Arbitrary<Fault> = fc.oneof(
  fc.integer({ min: 1, max: LAG_MS }).map((ms): Fault => ({ kind: 'read-lag', ms })),
  fc
    .record({
      listMs: fc.integer({ min: 0, max: LAG_MS }),
      showMs: fc.integer({ min: 0, max: LAG_MS }),
      totalMs: fc.constantFrom(0, LAG_MS / 2),
    })
    .map((ages): Fault => ({ kind: 'read-lag', ...ages })),
)

const spelling: fc.Arbitrary<Fault> = fc
  .integer({ min: 0, max: 5 })
  .map((seed): Fault => ({ kind: 'respell', seed }))

/** How a cloud behaves for as long as a run takes. */
export const habits: fc.Arbitrary<readonly Fault[]> = fc
  .tuple(fc.option(lag, { freq: 1 }), fc.option(spelling, { freq: 1 }))
  .map((both) => both.filter((habit) => habit !== null))

/** When a late write lands: while its caller looks, mostly; after it has given up, sometimes. */
export const lateMs = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 4, arbitrary: fc.integer({ min: 13, max: SETTLING_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: SETTLING_MS + 1, max: 2 * SETTLING_MS }) },
)

export const redirect = fc
  .constantFrom(301, 302, 303, 307, 308)
  .map((status): Fault => ({ kind: 'redirect', status }))
