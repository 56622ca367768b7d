import { expect, test } from 'vitest'
import { guardedClient } from '../../../src/upstream/guarded-client.ts'
import { UpstreamFailure, NO_ANSWER } from '../../../src/upstream/upstream-failure.ts'
import { channelDifferences } from '../../../src/translation/channel-differences.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startSimulator } from '../../../src/simulator/start-simulator.ts'
import { CREATE } from '../../fixtures/ask.ts'

const ctx = (token: string) => ({ token, language: 'en-us' as const, deadline: performance.now() + 25000, record: () => {} })
const req = { operation: 'x', method: 'GET' as const, path: '/' }
const outage = () => new UpstreamFailure('REFUSED', { service: 'APIG', operation: 'x' }, { sent: true, answer: { ...NO_ANSWER, status: 503 } })

test('exactly half', async () => {
  let n = 0
  const g = guardedClient({ service: 'APIG', close: async () => {}, call: async () => { n++; if (n % 2 === 0) throw outage(); return {} as never } })
  for (let i = 0; i < 40; i++) await g.call(req, ctx('a')).catch(() => {})
  expect(g.state().breaker).toBe('open')
})
test('4xx count as calls that were answered', async () => {
  let n = 0
  const g = guardedClient({ service: 'APIG', close: async () => {}, call: async () => { n++; throw n % 5 === 0 ? outage() : new UpstreamFailure('REFUSED', { service: 'APIG', operation: 'x' }, { sent: true, answer: { ...NO_ANSWER, status: 404 } }) } })
  for (let i = 0; i < 200; i++) await g.call(req, ctx('a')).catch(() => {})
  expect(g.state().breaker).toBe('closed')
})
test('queue over callers', async () => {
  const g = guardedClient({ service: 'APIG', close: async () => {}, call: () => new Promise(() => {}) })
  let rejected = 0
  for (let c = 0; c < 10; c++) for (let i = 0; i < 30; i++) g.call(req, ctx(`c${c}`)).catch(() => { rejected++ })
  await new Promise((r) => setTimeout(r, 100))
  expect([rejected, g.state()]).toEqual([300 - 96, {breaker:'closed', inFlight: 32, queued: 64}])
})
test('weights', () => {
  const base = { name: 'x', port: 1, balanceStrategy: 'WEIGHTED_ROUND_ROBIN', memberType: 'IP' } as const
  expect(channelDifferences({ ...base, memberGroups: [{ name: 'g', weight: 5 }], members: [{ host: 'h', weight: 2, memberGroupName: 'g' }] },
   { ...base, memberGroups: [{ name: 'g', weight: 5 }], members: [{ host: 'h', port: 1, weight: 2, memberGroupName: 'g' }] } as never)).toEqual([])
})
test.each([500, 201, 302])('late %i twice', async (status) => {
  await using sim = await startSimulator()
  await using gw = await startGateway({ upstream: sim.url, projectId: sim.projectId })
  sim.failNext({ kind: 'late-write', ms: 300, status }, { match: { method: 'POST' }, times: 2 })
  const a = await gw.send<unknown, unknown>(CREATE, { input: { instanceId: 'eddc4d25480b4cd6b512f270a1b8b341', name: 'late', port: 80, memberType: 'IP' } }, { 'x-auth-token': sim.issueToken() })
  expect(a.errors?.[0]?.extensions.effect).toBe('UNKNOWN')
})
