import fc from 'fast-check'
import type { Fault } from '../../../../src/simulator/faults/fault.ts'
import { coded, lateMs, redirect } from './habits.ts'

const lateCode = fc.constantFrom('APIG.9999', 'APIG.3500')

/** What can become of a POST; the faults that cost a time limit each are the rarest. */
export const postFault: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(null) },
  {
    weight: 12,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'reset-after-body' },
      { kind: 'cut-json' },
      { kind: 'empty' },
      { kind: 'garbage-2xx' },
      { kind: '500-after-write' },
      { kind: '500-after-write', code: 'APIG.3500' },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'error-under-200' },
      coded(500, 'APIG.9999'),
      coded(500, 'APIG.3500'),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'refuse' },
      { kind: 'reset-before-body' },
      { kind: 'reset-during-body' },
      { kind: 'kill-idle' },
      { kind: 'html', status: 502 },
      { kind: 'html', status: 200 },
      { kind: 'answer', status: 500 },
      { kind: 'answer', status: 503 },
      { kind: 'answer', status: 504 },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Fault>({ kind: '429' }, { kind: '401-once' }, coded(403, 'APIG.1005')),
  },
  { weight: 2, arbitrary: redirect },
  {
    weight: 5,
    arbitrary: fc
      .record({ ms: lateMs, status: fc.constantFrom(undefined, 201, 500, 502, 504) })
      .map(({ ms, status }): Fault => ({ kind: 'late-write', ms, ...(status !== undefined && { status }) })),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(lateMs, lateCode).map(([ms, code]): Fault => ({ kind: 'late-write', ms, code })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 12 }).map((ms): Fault => ({ kind: 'delay', ms })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'stall-headers' },
      { kind: 'stall-body' },
      { kind: 'drip-body', everyMs: 2 },
    ),
  },
)

export const getFault: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 14, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'reset-before-body' },
      { kind: 'reset-after-body' },
      { kind: 'kill-idle' },
      { kind: 'cut-json' },
      { kind: 'garbage-2xx' },
      { kind: 'error-under-200' },
      { kind: 'html', status: 502 },
      { kind: 'answer', status: 503 },
      { kind: 'redirect' },
      coded(500, 'APIG.9999'),
      coded(403, 'APIG.1005'),
    ),
  },
)
