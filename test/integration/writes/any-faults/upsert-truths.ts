import { expect } from 'vitest'
import type { SeenChannel } from '../upsert-pair.ts'
import type { Result, UpsertAnswer, UpsertClouds } from './upsert-cloud.ts'

/** What is so before a request, and when every write has landed. */
export interface States {
  readonly instanceIds: readonly string[]
  readonly input: { readonly type?: string }
  readonly isIn: (channel: SeenChannel) => boolean
  readonly before: ReadonlyMap<string, SeenChannel>
  readonly after: ReadonlyMap<string, SeenChannel>
  /** Whether nobody else wrote meanwhile, and reads before the request saw what was there: then outcomes have names. */
  readonly isAlone: boolean
}

/** One result per instance, whether some succeeded or all failed; of a request that is refused as a whole, none. */
export function resultsOf({ answer }: UpsertAnswer): readonly Result[] {
  if (answer.data) return answer.data.upsertProjectVpcChannels.results
  const { effect, results } = answer.errors?.[0]?.extensions ?? {}
  if (results === undefined) {
    expect(effect).toBe('NOT_APPLIED')
    return []
  }
  return results.map(({ instanceId, outcome, ...error }: Result & Record<string, unknown>) => {
    expect(error).toMatchObject({
      code: expect.any(String),
      effect: expect.stringMatching(/^(NOT_APPLIED|UNKNOWN)$/),
      retry: { retryable: expect.any(Boolean) },
    })
    return { instanceId, outcome, vpcChannel: null, ignored: [], error }
  })
}

/** Whatever was answered to a request is so, instance by instance. */
export function expectTrueUpsert(request: UpsertAnswer, clouds: UpsertClouds, states: States): void {
  const { sent, written } = clouds.putsOf(request)
  const results = resultsOf(request)
  const { instanceIds } = states
  if (results.length === 0) expect(written).toEqual([])
  else expect(results.map(({ instanceId }) => instanceId)).toEqual(instanceIds)
  for (const result of results) {
    expectTrueResult(result, written.includes(result.instanceId), states)
    // Once, once more after an unclear answer, and without each other one that brought a refusal.
    const times = sent.filter((id) => id === result.instanceId).length
    expect(times).toBeLessThanOrEqual(2 + instanceIds.length - 1)
  }
}

const DONE = ['CREATED', 'UPDATED', 'UNCHANGED', 'DONE']

/** As much of an outcome as an error tells. */
const unasked = (error: Result['error']): string =>
  error === null ? 'DONE' : error.effect === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'

function expectTrueResult(
  { instanceId, vpcChannel, ignored, error, outcome = unasked(error) }: Result,
  isWritten: boolean,
  { input, isIn, before, after, isAlone }: States,
): void {
  const [was, is] = [before.get(instanceId), after.get(instanceId)]
  const isDone = DONE.includes(outcome)
  expect([error === null, vpcChannel !== null]).toEqual([isDone, isDone])
  if (isDone) {
    expect(is && isIn(is)).toBe(true)
    const asksForAnotherType = input.type === 'SERVER' && is?.type !== 2
    expect(ignored.map(({ path }) => path)).toEqual(asksForAnotherType ? ['type'] : [])
    if (isAlone && outcome !== 'DONE') {
      expect(outcome).toBe(was === undefined ? 'CREATED' : isIn(was) ? 'UNCHANGED' : 'UPDATED')
    }
  } else if (outcome === 'UNKNOWN') {
    expect(error?.effect).toBe('UNKNOWN')
  } else {
    expect(['FAILED', 'NOT_ATTEMPTED']).toContain(outcome)
    expect([error?.effect, isWritten]).toEqual(['NOT_APPLIED', false])
    if (isAlone) expect(is).toEqual(was)
  }
}
