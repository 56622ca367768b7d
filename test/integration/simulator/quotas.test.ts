import { describe, expect, test } from 'vitest'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import {
  APIG_INSTANCE,
  BARE_CHANNEL,
  PROJECT_CHANNEL,
  ROMA_FULL,
  ROMA_TEST1,
  ROMA_TEST2,
  type Sandbox,
  startSandbox,
} from './sandbox.ts'

const QUOTA_REACHED = { status: 403, body: { error_code: 'APIG.3109' } }

const apigConfigs = (sandbox: Sandbox) =>
  `/v2/${sandbox.projectId}/apigw/instances/${APIG_INSTANCE}/project/configs`
const romaConfigs = (sandbox: Sandbox, instanceId: string) =>
  `/v2/${sandbox.projectId}/apic/instances/${instanceId}/project/configs`
const channelsOfFull = (sandbox: Sandbox) => sandbox.roma.replace(ROMA_TEST1, ROMA_FULL)

interface Config {
  readonly config_name: string
}

async function configNamed(sandbox: Sandbox, path: string, name: string) {
  const { body } = await sandbox.send('GET', path)
  return body.configs.find((config: Config) => config.config_name === name)
}

describe("an instance's configs", () => {
  test.each([
    ['APIG', apigConfigs],
    ['ROMA Connect', (sandbox: Sandbox) => romaConfigs(sandbox, ROMA_TEST1)],
  ])('of %s have every field, their values as text', async (_, pathOf) => {
    await using sandbox = await startSandbox()
    const { status, body } = await sandbox.send('GET', pathOf(sandbox))
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['size', 'total', 'configs'])
    expect(body).toMatchObject({ size: body.configs.length, total: body.configs.length })
    for (const config of body.configs) {
      expect(config).toStrictEqual({
        config_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        config_name: expect.stringMatching(/^[A-Z_]+$/),
        config_value: expect.stringMatching(/^\d+$/),
        config_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        remark: expect.any(String),
        used: expect.any(Number),
      })
    }
    const names = body.configs.map((config: Config) => config.config_name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.indexOf('VPC_NUM_LIMIT')).toBeGreaterThan(0)
    expect(names).toContain('VPC_INSTANCE_NUM_LIMIT')
  })

  test('come in pages', async () => {
    await using sandbox = await startSandbox()
    const path = romaConfigs(sandbox, ROMA_TEST1)
    const { body: whole } = await sandbox.send('GET', path)
    const { body } = await sandbox.send('GET', `${path}?offset=1&limit=2`)
    expect(body).toStrictEqual({ size: 2, total: whole.total, configs: whole.configs.slice(1, 3) })
    expect(await sandbox.send('GET', `${path}?limit=501`)).toMatchObject({
      status: 400,
      body: { error_code: 'APIG.2003' },
    })
  })

  test('of an unknown instance do not exist', async () => {
    await using sandbox = await startSandbox()
    expect(await sandbox.send('GET', romaConfigs(sandbox, 'nowhere'))).toMatchObject({
      status: 404,
      body: { error_code: 'APIG.3030' },
    })
  })

  test('tell the limit and the number of channels, on each instance of ROMA Connect its own', async () => {
    await using sandbox = await startSandbox()
    const quotaOf = (instanceId: string) =>
      configNamed(sandbox, romaConfigs(sandbox, instanceId), 'VPC_NUM_LIMIT')
    await sandbox.send('POST', sandbox.roma, BARE_CHANNEL)
    expect(await quotaOf(ROMA_TEST1)).toMatchObject({ config_value: '30', used: 2 })
    expect(await quotaOf(ROMA_TEST2)).toMatchObject({ config_value: '30', used: 1 })
    expect(await quotaOf(ROMA_FULL)).toMatchObject({ config_value: '1', used: 1 })
  })

  test('of APIG count the channels of all its instances, as its limit does', async () => {
    await using sandbox = await startSandbox()
    const elsewhere = sandbox.apig.replace(APIG_INSTANCE, 'c62f1d9b0e7a4c58b3d4f6a8e9012b7d')
    await sandbox.send('POST', elsewhere, BARE_CHANNEL)
    expect(await configNamed(sandbox, apigConfigs(sandbox), 'VPC_NUM_LIMIT')).toMatchObject({
      config_value: '30',
      used: 3,
    })
  })
})

describe('a full instance of ROMA Connect', () => {
  test('refuses one more', async () => {
    await using sandbox = await startSandbox()
    const channels = channelsOfFull(sandbox)
    expect(await sandbox.send('POST', channels, BARE_CHANNEL)).toMatchObject(QUOTA_REACHED)
    expect((await sandbox.send('GET', channels)).body).toMatchObject({ total: 1 })
  })

  test('says of a name that it has that it is taken', async () => {
    await using sandbox = await startSandbox()
    const reply = await sandbox.send('POST', channelsOfFull(sandbox), { ...BARE_CHANNEL, name: 'only-one' })
    expect(reply).toMatchObject({ status: 400, body: { error_code: 'APIG.3208' } })
  })

  test.each([
    ['POST', [ROMA_TEST1, ROMA_FULL]],
    ['PUT', [ROMA_TEST1, ROMA_FULL]],
    ['PUT', [ROMA_FULL, ROMA_TEST1]],
  ])('has a whole batch refused: %s to %j', async (method, instance_ids) => {
    await using sandbox = await startSandbox()
    // On one instance the batch would be an update, which no quota stands against.
    await sandbox.send('PUT', sandbox.romaProject, {
      ...PROJECT_CHANNEL,
      name: method === 'PUT' ? PROJECT_CHANNEL.name : 'another',
      instance_ids: [ROMA_TEST1],
    })
    const list = `${sandbox.romaProject}?members_return=true`
    const { body: before } = await sandbox.send('GET', list)
    const batch = { ...PROJECT_CHANNEL, port: 8080, instance_ids }
    expect(await sandbox.send(method, sandbox.romaProject, batch)).toMatchObject(QUOTA_REACHED)
    expect((await sandbox.send('GET', list)).body).toStrictEqual(before)
  })

  test('takes updates of what it has', async () => {
    await using sandbox = await startSandbox()
    const batch = { ...PROJECT_CHANNEL, name: 'only-one', instance_ids: [ROMA_FULL, ROMA_TEST1] }
    const { status, body } = await sandbox.send('PUT', sandbox.romaProject, batch)
    expect(status).toBe(200)
    const [{ id }] = body.project_vpc_channels
    const renamed = await sandbox.send('PUT', `${channelsOfFull(sandbox)}/${id}`, BARE_CHANNEL)
    expect(renamed).toMatchObject({ status: 200, body: { id, name: 'bare' } })
  })

  test('takes another once one is gone', async () => {
    await using sandbox = await startSandbox()
    const channels = channelsOfFull(sandbox)
    const [{ id }] = (await sandbox.send('GET', channels)).body.vpc_channels
    await sandbox.send('DELETE', `${channels}/${id}`)
    expect((await sandbox.send('POST', channels, BARE_CHANNEL)).status).toBe(201)
  })
})

test('an instance of ROMA Connect has room for thirty unless its seed says otherwise', async () => {
  const seed = sandboxSeed()
  const instances = seed.instances.map((instance) =>
    instance.id === ROMA_TEST2 ? { ...instance, channelLimit: 31 } : instance,
  )
  await using sandbox = await startSandbox({ seed: { ...seed, instances } })
  const createOn = async (instanceIds: readonly string[], name: string) =>
    sandbox.send('POST', sandbox.romaProject, { ...PROJECT_CHANNEL, name, instance_ids: instanceIds })

  // One is seeded on each.
  for (let count = 1; count < 30; count += 1) {
    expect((await createOn([ROMA_TEST1, ROMA_TEST2], `channel-${count}`)).status).toBe(201)
  }
  expect(await createOn([ROMA_TEST1], 'last')).toMatchObject(QUOTA_REACHED)
  expect((await createOn([ROMA_TEST2], 'last')).status).toBe(201)
  expect(await createOn([ROMA_TEST2], 'one-too-many')).toMatchObject(QUOTA_REACHED)
})
