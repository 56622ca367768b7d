import { describe, expect, test } from 'vitest'
import { CREATE, expectContract, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { nothingBefore } from '../../fixtures/nothing-before.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type Answering, startUpstream } from '../../support/start-upstream.ts'

const QUERY = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'
const OPERATIONS = [
  ['create', CREATE, { input: leastInput('APIG') }, 'NOT_APPLIED'],
  ['upsert', UPSERT, { input: leastInput('ROMA_CONNECT') }, 'NOT_APPLIED'],
  ['query', QUERY, {}, undefined],
] as const

const BODIES = [
  ['without a body', ''],
  ['with a page for people', '<html>Moved</html>'],
  ['with an error code', { error_code: 'APIG.9999', error_msg: 'moved' }],
] as const

/** Sends the operation to an upstream that answers every write, or every read, as `answering` does. */
async function sent(name: string, answering: Answering, headers: Readonly<Record<string, string>> = {}) {
  const [, document, variables] = OPERATIONS.find(([one]) => one === name) ?? OPERATIONS[0]
  await using upstream = await startUpstream(name === 'upsert' ? nothingBefore(answering) : answering)
  await using gateway = await startGateway({ upstream: upstream.url })
  const answer = await gateway.send<unknown, unknown>(document, variables, headers)
  const calls = upstream.calls.filter(({ method }) => name === 'query' || method !== 'GET')
  return { answer, calls, all: [...upstream.calls] }
}

describe.each(OPERATIONS)('%s', (name, _document, _variables, effect) => {
  describe.each([301, 302, 303, 307, 308])('answered by %i', (status) => {
    test.each(BODIES)('%s is not followed, not repeated, and was not carried out', async (_what, body) => {
      await using elsewhere = await startUpstream({ body: { id: 'stolen', name: 'stolen' } })
      const location = `${elsewhere.url}/elsewhere`
      const { answer, calls, all } = await sent(name, () => ({ status, headers: { location }, body }))
      expectContract(answer)
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'UPSTREAM_BAD_RESPONSE',
        reason: 'REDIRECTED',
        retry: { retryable: false },
        upstream: { status },
      })
      expect(answer.errors?.[0]?.extensions.effect).toBe(effect)
      expect(answer.errors?.[0]?.message).toMatch(/redirect.*check the configured endpoint/)
      expect(answer.text).not.toContain('elsewhere')
      expect(calls).toHaveLength(1)
      expect(all.filter(({ path }) => path.includes('elsewhere'))).toEqual([])
      expect(elsewhere.calls).toEqual([])
    })
  })

  test('has its error in Chinese, too', async () => {
    const { answer } = await sent(name, () => ({ status: 308, headers: { location: '/x' }, body: '' }), {
      'accept-language': 'zh-CN',
    })
    expect(answer.errors?.[0]?.message).toContain('重定向')
  })

  // They do not say that the request has to go elsewhere.
  test.each([300, 304, 305, 306, 399])('answered by %i says nothing of a write', async (status) => {
    const { answer } = await sent(name, () => ({ status, headers: { location: '/x' }, body: '' }))
    const { reason, effect: told } = answer.errors?.[0]?.extensions ?? {}
    expect(reason).not.toBe('REDIRECTED')
    expect(told).toBe(effect === undefined ? undefined : 'UNKNOWN')
  })
})
