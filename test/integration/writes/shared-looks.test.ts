import { describe, expect, test } from 'vitest'
import { crowd, ORDERS, startPair } from './upsert-pair.ts'

describe('many chunks whose answers do not say what happened', () => {
  test('are looked at together, and all are sent', async () => {
    const { seed, ids } = crowd(50)
    await using pair = await startPair({ seed, instancesPerCall: 1, limits: { settlingMs: 200 } })
    pair.sandbox.failNext({ kind: '500-after-write' }, { match: { method: 'PUT' }, times: 50 })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: ids })).toEqual(ids.map(() => 'CREATED'))
    expect(pair.puts).toHaveLength(50)
    // Each look serves all chunks that wait for one: never as many as there are chunks.
    const looks = pair.calls.filter(({ method }) => method === 'GET')
    expect(looks.length).toBeLessThan(50)
  })

  test('that all fail are told one by one, in the error and in the log', async () => {
    const { seed, ids } = crowd(3)
    await using pair = await startPair({ seed, instancesPerCall: 1 })
    const answer = (status: number, error_code: string) =>
      ({ kind: 'answer', status, body: { error_code, error_msg: 'no' } }) as const
    pair.sandbox.failNext(answer(403, 'APIG.1005'), { match: { method: 'PUT' } })
    pair.sandbox.failNext(answer(400, 'APIG.2011'), { match: { method: 'PUT' }, skip: 1 })
    pair.sandbox.failNext(answer(403, 'APIG.3110'), { match: { method: 'PUT' }, skip: 2 })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(data).toBeNull()
    const { results, effect } = errors?.[0]?.extensions ?? {}
    expect(effect).toBe('NOT_APPLIED')
    expect(results.map(({ instanceId }: { instanceId: string }) => instanceId)).toEqual(ids)
    const codes = ['BAD_USER_INPUT', 'FORBIDDEN', 'QUOTA_EXCEEDED']
    expect(results.map(({ code }: { code: string }) => code).toSorted()).toEqual(codes)
    for (const result of results) {
      expect(result).toMatchObject({
        outcome: 'FAILED',
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
        upstream: { service: 'ROMA', operation: 'upsertProjectVpcChannels' },
        message: expect.stringMatching(/./),
      })
    }
    const line = pair.gateway.logged.find((one) => one['kind'] === 'mutation')
    expect(line).toMatchObject({
      errors: expect.arrayContaining(codes),
      reasons: expect.arrayContaining(['INVALID_VALUE', 'MEMBER_QUOTA']),
    })
    const audit = pair.gateway.audited.find((one) => 'instances' in one)
    const told = codes.map((code) => expect.objectContaining({ error: expect.objectContaining({ code }) }))
    expect(audit).toMatchObject({ instances: expect.arrayContaining(told) })
  })
})
