import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, PROJECT_CHANNEL, ROMA_TEST1, type Sandbox, startSandbox } from './sandbox.ts'

/** Before any test began, and so before all that it wrote. */
const LONG_AGO_MS = 600_000
const header = (fault: string) => ({ 'x-simulator-fault': fault })

async function totalOf(sandbox: Sandbox, fault?: string): Promise<[number, number]> {
  const path = `${sandbox.apig}?name=bare&precise_search=name`
  const { body } = await sandbox.send('GET', path, undefined, fault ? header(fault) : {})
  return [body.total, body.vpc_channels.length]
}

describe('a read that lags', () => {
  test('does not see what was created since, in a list or by itself', async () => {
    await using sandbox = await startSandbox()
    const { id } = (await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).body
    const path = `${sandbox.apig}/${id}`
    expect(await totalOf(sandbox, `read-lag;ms=${LONG_AGO_MS}`)).toEqual([0, 0])
    expect(await totalOf(sandbox)).toEqual([1, 1])
    const shown = await sandbox.send('GET', path, undefined, header(`read-lag;ms=${LONG_AGO_MS}`))
    expect(shown).toMatchObject({ status: 404, body: { error_code: 'APIG.3023' } })
    expect((await sandbox.send('GET', path)).status).toBe(200)
  })

  test('sees what was there before: an old content, a channel deleted since', async () => {
    await using sandbox = await startSandbox()
    const [seeded] = (await sandbox.send('GET', `${sandbox.apig}?name=payments`)).body.vpc_channels
    const path = `${sandbox.apig}/${seeded.id}`
    await sandbox.send('PUT', path, { ...BARE_CHANNEL, name: 'payments' })
    const lagging = () => sandbox.send('GET', path, undefined, header(`read-lag;ms=${LONG_AGO_MS}`))
    expect((await lagging()).body).toMatchObject({ port: 8080, members: [{}, {}] })
    expect((await sandbox.send('GET', path)).body).toMatchObject({ port: 80, members: [] })
    await sandbox.send('DELETE', path)
    expect((await lagging()).body).toMatchObject({ id: seeded.id, port: 8080 })
    expect((await sandbox.send('GET', path)).status).toBe(404)
  })

  test('catches up', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'read-lag', ms: 40 }, { times: Number.POSITIVE_INFINITY })
    await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
    await expect.poll(() => totalOf(sandbox), { interval: 5 }).toEqual([1, 1])
  })

  test('may list what it does not show, show what it does not list, and count what it does not list', async () => {
    await using sandbox = await startSandbox()
    const { id } = (await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).body
    const show = async (fault: string) =>
      (await sandbox.send('GET', `${sandbox.apig}/${id}`, undefined, header(fault))).status
    const listOnly = `read-lag;listMs=${LONG_AGO_MS}`
    expect([await totalOf(sandbox, listOnly), await show(listOnly)]).toEqual([[0, 0], 200])
    const showOnly = `read-lag;showMs=${LONG_AGO_MS}`
    expect([await totalOf(sandbox, showOnly), await show(showOnly)]).toEqual([[1, 1], 404])
    expect(await totalOf(sandbox, `read-lag;listMs=${LONG_AGO_MS};totalMs=0`)).toEqual([1, 0])
  })

  test('is of one instance, or of all, as it is planned; writes meet the cloud as it is', async () => {
    await using sandbox = await startSandbox()
    const plan = {
      fault: { kind: 'read-lag', ms: LONG_AGO_MS },
      match: { path: ROMA_TEST1 },
      times: 'always',
    }
    expect((await sandbox.send('POST', '/_simulator/faults', plan)).status).toBe(204)
    for (const path of [sandbox.roma, sandbox.apig]) await sandbox.send('POST', path, BARE_CHANNEL)
    const total = async (path: string) => (await sandbox.send('GET', `${path}?name=bare`)).body.total
    expect([await total(sandbox.roma), await total(sandbox.apig)]).toEqual([0, 1])
    expect(await sandbox.send('POST', sandbox.roma, BARE_CHANNEL)).toMatchObject({
      body: { error_code: 'APIG.3208' },
    })
    const { id } = (await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, name: 'other' })).body
    sandbox.failNext({ kind: 'read-lag', ms: LONG_AGO_MS }, { times: 2 })
    expect((await sandbox.send('PUT', `${sandbox.apig}/${id}`, BARE_CHANNEL)).status).toBe(400)
  })

  test("is of the project's list too", async () => {
    await using sandbox = await startSandbox()
    await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
    const path = `${sandbox.romaProject}?name=VPC_demo`
    const { body } = await sandbox.send('GET', path, undefined, header(`read-lag;ms=${LONG_AGO_MS}`))
    expect(body).toEqual({ size: 0, total: 0, project_vpc_channels: [] })
  })

  test('may have an accident as well', async () => {
    await using sandbox = await startSandbox()
    await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
    sandbox.failNext({ kind: 'read-lag', ms: LONG_AGO_MS }, { times: Number.POSITIVE_INFINITY })
    sandbox.failNext({ kind: '429' })
    expect((await sandbox.send('GET', sandbox.apig)).status).toBe(429)
    expect(await totalOf(sandbox)).toEqual([0, 0])
  })
})
