import fc from 'fast-check'
import type { Fault, FaultOptions } from '../../../../src/simulator/faults/fault.ts'
import { INSTANCES } from '../upsert-pair.ts'
import { coded, lateMs, redirect } from './habits.ts'

/** Instances that nothing keeps from taking part. */
export const FREE = INSTANCES.slice(0, 6)

const SIMPLE: readonly Fault[] = [
  { kind: 'refuse' },
  { kind: 'reset-before-body' },
  { kind: 'reset-during-body' },
  { kind: 'reset-after-body' },
  { kind: 'reset-after-body' },
  { kind: 'kill-idle' },
  { kind: 'cut-json' },
  { kind: 'html' },
  { kind: 'html', status: 500 },
  { kind: 'html', status: 503 },
  { kind: 'empty' },
  { kind: 'garbage-2xx' },
  { kind: 'error-under-200' },
  { kind: '500-after-write' },
  { kind: '500-after-write', code: 'APIG.3500' },
  { kind: 'leave-out-one' },
  { kind: 'leave-out-one' },
  { kind: '429' },
  { kind: '401-once' },
  { kind: 'delay', ms: 2 },
  coded(500, 'APIG.9999'),
  coded(500, 'APIG.3500'),
  coded(500, 'APIG.9008'),
  coded(400, 'APIG.2011'),
  coded(403, 'APIG.1005'),
  coded(403, 'APIG.3109'),
  coded(404, 'APIG.3030'),
  coded(409, 'APIG.3718'),
  coded(412, 'APIG.3458'),
]

const late: fc.Arbitrary<Fault> = fc
  .record({
    ms: lateMs,
    stepMs: fc.constantFrom(undefined, 0, 15),
    answer: fc.constantFrom(
      {},
      { status: 202 },
      { status: 500 },
      { status: 504 },
      { code: 'APIG.9999' },
      { code: 'APIG.3500' },
    ),
  })
  .map(({ ms, stepMs, answer }) => ({
    kind: 'late-write',
    ms,
    ...(stepMs !== undefined && { stepMs }),
    ...answer,
  }))

const partial: fc.Arbitrary<Fault> = fc
  .record({
    instances: fc.subarray([...FREE]),
    refusal: fc.constantFrom(
      { status: 400, code: 'APIG.2011' },
      { status: 403, code: 'APIG.1005' },
      { status: 404, code: 'APIG.3030' },
      { status: 412, code: 'APIG.3458' },
      { status: 500, code: 'APIG.9999' },
      { status: 500, code: 'APIG.3500' },
    ),
    restMs: fc.option(lateMs, { freq: 1, nil: undefined }),
  })
  .map(({ instances, refusal, restMs }) => ({
    kind: 'partial-write',
    instances: instances.join('+'),
    ...refusal,
    // A refusal is the last word on what is not applied yet, an internal error is not.
    ...(refusal.status === 500 && restMs !== undefined && { restMs }),
  }))

const onPut = fc.record({
  fault: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...SIMPLE) },
    { weight: 3, arbitrary: late },
    { weight: 3, arbitrary: partial },
    { weight: 1, arbitrary: redirect },
  ),
  options: fc.record({ match: fc.constant({ method: 'PUT' }), skip: fc.integer({ min: 0, max: 2 }) }),
})

/** Reads are repeated, and so a fault of three reads in a row is one that a look does not get over. */
const onGet = fc.record({
  fault: fc.constantFrom<Fault>(
    { kind: 'reset-after-body' },
    { kind: 'kill-idle' },
    { kind: 'cut-json' },
    coded(403, 'APIG.1005'),
    coded(500, 'APIG.9999'),
  ),
  options: fc.record({
    match: fc.constant({ method: 'GET' }),
    skip: fc.integer({ min: 0, max: 5 }),
    times: fc.constantFrom(1, 3),
  }),
})

export interface Planned {
  readonly fault: Fault
  readonly options: FaultOptions
}

export const faults: fc.Arbitrary<readonly Planned[]> = fc
  .tuple(fc.array(onPut, { maxLength: 3 }), fc.array(onGet, { maxLength: 1 }))
  .map(([puts, gets]) => [...puts, ...gets])
