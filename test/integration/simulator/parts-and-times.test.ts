import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import {
  APIG_INSTANCE,
  BARE_CHANNEL,
  PROJECT_CHANNEL,
  ROMA_TEST1,
  ROMA_TEST2,
  type Sandbox,
  startSandbox,
} from './sandbox.ts'

const NEVER_MS = 600_000

async function instancesOf(sandbox: Sandbox): Promise<string[]> {
  const { body } = await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo`)
  return body.project_vpc_channels.map((channel: { instance_id: string }) => channel.instance_id)
}

describe('a batch that is refused', () => {
  test.each([
    [{ kind: 'partial-write' }, 500, 'APIG.9999', [ROMA_TEST1]],
    [
      { kind: 'partial-write', status: 403, code: 'APIG.1005', instances: ROMA_TEST2 },
      403,
      'APIG.1005',
      [ROMA_TEST2],
    ],
    [
      { kind: 'partial-write', status: 404, code: 'APIG.3030', instances: `${ROMA_TEST1}+${ROMA_TEST2}` },
      404,
      'APIG.3030',
      [ROMA_TEST1],
    ],
    [
      { kind: 'partial-write', instances: `${ROMA_TEST1}+${ROMA_TEST2}` },
      500,
      'APIG.9999',
      [ROMA_TEST1, ROMA_TEST2],
    ],
  ] satisfies [Fault, number, string, string[]][])(
    'may be applied in part: %o',
    async (fault, status, code, applied) => {
      await using sandbox = await startSandbox()
      sandbox.failNext(fault)
      const reply = await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
      expect(reply).toMatchObject({ status, body: { error_code: code } })
      expect(await instancesOf(sandbox)).toEqual(applied)
      expect(sandbox.calls[0]!.writes.map(({ instanceId }) => instanceId)).toEqual(applied)
    },
  )

  test('may have its other part applied later', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'partial-write', restMs: 20 })
    await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
    await sandbox.settled()
    expect(await instancesOf(sandbox)).toEqual([ROMA_TEST1, ROMA_TEST2])
  })

  test('for more than one reason is applied where there is none', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'partial-write', instances: `nowhere+${ROMA_TEST2}` })
    const instance_ids = ['nowhere', ROMA_TEST2]
    await sandbox.send('PUT', sandbox.romaProject, { ...PROJECT_CHANNEL, instance_ids })
    expect(await instancesOf(sandbox)).toEqual([ROMA_TEST2])
  })
})

describe('a late write', () => {
  test('of a batch may come to one instance after the other', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write', ms: 1, stepMs: NEVER_MS, status: 500, code: 'APIG.3500' })
    const reply = await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
    expect(reply).toMatchObject({ status: 500, body: { error_code: 'APIG.3500' } })
    await expect.poll(() => instancesOf(sandbox)).toEqual([ROMA_TEST1])
  })

  test('after a coded error is done once the simulator is settled, and recorded with its call', async () => {
    await using sandbox = await startSandbox()
    const fault = { 'x-simulator-fault': 'late-write;ms=30;code=APIG.9999' }
    const reply = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL, fault)
    expect(reply).toMatchObject({ status: 500, body: { error_code: 'APIG.9999' } })
    await sandbox.settled()
    expect(sandbox.calls[0]).toMatchObject({
      status: 500,
      writes: [{ kind: 'CREATED', instanceId: APIG_INSTANCE }],
    })
  })

  test('is pending until it is done, or called off', async () => {
    await using sandbox = await startSandbox()
    const pending = async () => (await sandbox.send('GET', '/_simulator/pending')).body
    expect(await pending()).toEqual({ pending: 0 })
    sandbox.failNext({ kind: 'late-write', ms: NEVER_MS, code: 'APIG.9999' })
    await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
    expect(sandbox.calls[0]).toMatchObject({ status: 500, writes: [] })
    expect(await pending()).toEqual({ pending: 1 })
    const settled = sandbox.settled()
    sandbox.reset()
    await settled
    expect(await pending()).toEqual({ pending: 0 })
  })
})

test('the simulator is settled only when a call that its fault delays is done', async () => {
  await using sandbox = await startSandbox()
  sandbox.failNext({ kind: 'delay', ms: 30 })
  const sent = sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  await expect.poll(() => sandbox.calls.length, { interval: 1 }).toBe(1)
  await sandbox.settled()
  expect(sandbox.calls[0]!.writes).toHaveLength(1)
  await sent
})

test('each call has on record what it changed', async () => {
  await using sandbox = await startSandbox()
  const { id } = (await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).body
  await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  await sandbox.send('PUT', `${sandbox.apig}/${id}`, BARE_CHANNEL)
  await sandbox.send('PUT', `${sandbox.apig}/${id}`, { ...BARE_CHANNEL, port: 81 })
  await sandbox.send('GET', sandbox.apig)
  await sandbox.send('DELETE', `${sandbox.apig}/${id}`)
  const kinds = sandbox.calls.map(({ writes }) =>
    writes.map(({ kind, channelId, isChange }) => [kind, channelId, isChange]),
  )
  expect(kinds).toEqual([
    [['CREATED', id, true]],
    [],
    [['UPDATED', id, false]],
    [['UPDATED', id, true]],
    [],
    [['DELETED', id, true]],
  ])
})

describe('the clock', () => {
  const MINUTE_MS = 60_000
  const NOW = new Date('2026-11-21T12:00:00Z')

  test('is told in the Date header and in times together, and may be wrong', async () => {
    await using sandbox = await startSandbox({ now: () => NOW, clockOffsetMs: -MINUTE_MS })
    const { headers, body } = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
    expect(headers.get('date')).toBe('Sat, 21 Nov 2026 11:59:00 GMT')
    expect(body.create_time).toMatch(/^2026-11-21T11:59:00\./)
    sandbox.setClockOffset(MINUTE_MS)
    expect((await sandbox.send('GET', sandbox.apig)).headers.get('date')).toBe(
      'Sat, 21 Nov 2026 12:01:00 GMT',
    )
    await sandbox.send('PUT', '/_simulator/clock', { offsetMs: 0 })
    expect((await sandbox.send('GET', sandbox.apig)).headers.get('date')).toBe(
      'Sat, 21 Nov 2026 12:00:00 GMT',
    )
  })

  test('has no say over the age of a channel that was there all along', async () => {
    await using sandbox = await startSandbox()
    const request = { ...BARE_CHANNEL, member_type: 'ip' as const }
    const planted = { instanceId: APIG_INSTANCE, request, createTime: '2020-07-23T07:11:57.2Z' }
    const id = sandbox.plant(planted)
    const lagging = { 'x-simulator-fault': `read-lag;ms=${NEVER_MS}` }
    const { body } = await sandbox.send('GET', `${sandbox.apig}/${id}`, undefined, lagging)
    expect(body).toMatchObject({ name: 'bare', create_time: '2020-07-23T07:11:57Z' })
    const more = await sandbox.send('POST', '/_simulator/channels', { ...planted, instanceId: ROMA_TEST1 })
    const elsewhere = await sandbox.send('GET', `${sandbox.roma}/${more.body.id}`)
    expect(elsewhere.body.create_time).toBe('2020-07-23T07:11:57Z')
    const bad = await sandbox.send('POST', '/_simulator/channels', { ...planted, createTime: 'long ago' })
    expect(bad.status).toBe(400)
  })
})
