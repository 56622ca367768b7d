import { describe, expect, test } from 'vitest'
import { http } from '../../support/http.ts'
import {
  APIG_INSTANCE,
  PROJECT_CHANNEL,
  ROMA_NAME_MODIFIABLE,
  ROMA_TEST1,
  ROMA_TEST2,
  startSandbox,
} from './sandbox.ts'

const MINUTE_MS = 60_000

describe('the list of APIG instances', () => {
  test.each([
    ['', ['apig-sandbox-1', 'apig-sandbox-2']],
    [`?instance_id=${APIG_INSTANCE}`, ['apig-sandbox-1']],
    ['?instance_name=box-2', ['apig-sandbox-2']],
    ['?status=Frozen', []],
    ['?status=Running&limit=1&offset=1', ['apig-sandbox-2']],
  ])('%s', async (query, names) => {
    await using sandbox = await startSandbox()
    const { status, body } = await sandbox.send('GET', `/v2/${sandbox.projectId}/apigw/instances${query}`)
    expect([status, body.size]).toEqual([200, names.length])
    expect(body.instances.map((each: { instance_name: string }) => each.instance_name)).toEqual(names)
  })

  test('has milliseconds for the time, and a status in text and number', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('GET', `/v2/${sandbox.projectId}/apigw/instances`)
    expect(body.instances[0]).toMatchObject({
      id: APIG_INSTANCE,
      project_id: sandbox.projectId,
      status: 'Running',
      instance_status: 6,
      type: 'apig',
      create_time: 1585300425070,
    })
  })

  test('corrects a limit today', async () => {
    await using sandbox = await startSandbox({ edition: 'current' })
    const path = `/v2/${sandbox.projectId}/apigw/instances?limit=0`
    expect((await sandbox.send('GET', path)).body.size).toBe(2)
  })
})

describe('the list of ROMA Connect instances', () => {
  test('has ten unless told otherwise, in its own words', async () => {
    await using sandbox = await startSandbox()
    const path = `/v2/${sandbox.projectId}/instances`
    const { body } = await sandbox.send('GET', path)
    expect(body).toMatchObject({ total: 14, size: 10 })
    expect(body.instances[0]).toMatchObject({
      id: ROMA_TEST1,
      name: 'test1',
      status: 'RUNNING',
      create_time: '2020-07-23T07:11:57Z',
    })
    expect((await sandbox.send('GET', `${path}?offset=10&limit=100`)).body).toMatchObject({
      total: 14,
      size: 4,
    })
    expect((await sandbox.send('GET', `${path}?limit=0`)).body).toMatchObject({ total: 14, size: 0 })
    expect((await sandbox.send('GET', `${path}?status=FROZEN`)).body).toMatchObject({
      total: 0,
      instances: [],
    })
    expect((await sandbox.send('GET', `${path}?status=RUNNING`)).body.total).toBe(14)
  })

  test.each(['limit=101', 'limit=-1', 'offset=101', 'offset=x'])(
    'refuses %s in four fields',
    async (query) => {
      await using sandbox = await startSandbox()
      const { status, body } = await sandbox.send('GET', `/v2/${sandbox.projectId}/instances?${query}`)
      expect(status).toBe(400)
      expect(body.error_code).toBe('ROMA.00013000')
      expect(Object.keys(body)).toEqual(['error_code', 'error_msg', 'error_details', 'request_id'])
    },
  )

  test('has its own code for a token that is wrong, and for a project of others', async () => {
    await using sandbox = await startSandbox()
    const wrong = await http(`${sandbox.url}/v2/${sandbox.projectId}/instances`, {
      headers: { 'x-auth-token': 'wrong' },
    })
    expect([wrong.status, JSON.parse(wrong.text).error_code]).toEqual([401, 'ROMA.00012000'])
    const other = await sandbox.send('GET', '/v2/0c6d1b6f8a2e4f0c9e7d5b3a1f2c4e68/instances')
    expect([other.status, other.body.error_code]).toEqual([403, 'ROMA.00012000'])
  })

  test('is not under the path of the service integration', async () => {
    await using sandbox = await startSandbox()
    const { status, body } = await sandbox.send('GET', `/v2/${sandbox.projectId}/apic/instances`)
    expect([status, body.error_code]).toEqual([404, 'APIGW.0101'])
  })
})

test.each([
  ['apigw', APIG_INSTANCE, 'PROFESSIONAL'],
  ['apic', ROMA_TEST1, 'ROMA_PROFESSIONAL'],
])('an instance of %s can be shown', async (product, id, spec) => {
  await using sandbox = await startSandbox()
  const path = `/v2/${sandbox.projectId}/${product}/instances`
  const { status, body } = await sandbox.send('GET', `${path}/${id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ id, spec, status: 'Running', create_time: 1585300425070 })
  expect(await sandbox.send('GET', `${path}/nowhere`)).toMatchObject({
    status: 404,
    body: { error_code: 'APIG.3030' },
  })
})

describe('a feature', () => {
  test('changes once a minute, and decides over the calls on the project', async () => {
    let now = new Date('2026-11-21T12:00:00Z')
    await using sandbox = await startSandbox({ now: () => now })
    const instance = `/v2/${sandbox.projectId}/apic/instances/${ROMA_NAME_MODIFIABLE}`
    const batch = { ...PROJECT_CHANNEL, instance_ids: [ROMA_NAME_MODIFIABLE] }
    const put = async () => (await sandbox.send('PUT', sandbox.romaProject, batch)).status
    const set = (config: string) =>
      sandbox.send('POST', `${instance}/features`, { name: 'vpc_name_modifiable', enable: true, config })
    expect(await put()).toBe(412)

    const changed = await set('off')
    expect(changed).toMatchObject({
      status: 201,
      body: {
        name: 'vpc_name_modifiable',
        enable: true,
        config: 'off',
        instance_id: ROMA_NAME_MODIFIABLE,
        update_time: expect.stringMatching(/^2026-11-21T12:00:00\./),
      },
    })
    const { body } = await sandbox.send('GET', `${instance}/features?limit=500`)
    expect(body.features).toContainEqual(changed.body)
    expect(await put()).toBe(200)

    now = new Date(now.getTime() + MINUTE_MS - 1)
    expect(await set('on')).toMatchObject({ status: 409, body: { error_code: 'APIG.3711' } })
    expect(await put()).toBe(200)
    // Another feature, and another instance, have minutes of their own.
    const other = { name: 'retry', enable: false }
    expect((await sandbox.send('POST', `${instance}/features`, other)).body).toMatchObject({ enable: false })
    now = new Date(now.getTime() + 1)
    expect((await set('on')).status).toBe(201)
    expect(await put()).toBe(412)
    sandbox.reset()
    expect((await set('off')).status).toBe(201)
  })

  test.each([
    [{ name: 'no_such', enable: true }, 'APIG.2000', 'unrecognized feature no_such'],
    [{ name: 'retry' }, 'APIG.2001', 'parameter name:enable'],
    [{ enable: true }, 'APIG.2001', 'parameter name:name'],
    [{ name: 'retry-2', enable: true }, 'APIG.2012', 'parameterName:name'],
    [{ name: 'retry', enable: 'on' }, 'APIG.2012', 'parameterName:enable'],
    [{ name: 'retry', enable: true, config: {} }, 'APIG.2012', 'parameterName:config'],
  ])('is not set by %o', async (request, code, message) => {
    await using sandbox = await startSandbox()
    const path = `/v2/${sandbox.projectId}/apigw/instances/${APIG_INSTANCE}/features`
    const { status, body } = await sandbox.send('POST', path, request)
    expect([status, body.error_code]).toEqual([400, code])
    expect(body.error_msg).toContain(message)
  })

  test('is among those that an APIG instance supports', async () => {
    await using sandbox = await startSandbox()
    const path = `/v2/${sandbox.projectId}/apigw/instances/${APIG_INSTANCE}/instance-features`
    const { body } = await sandbox.send('GET', `${path}?limit=500`)
    expect(body.features).toContain('vpc_name_modifiable')
    const ofRoma = path.replace('apigw', 'apic').replace(APIG_INSTANCE, ROMA_TEST2)
    expect((await sandbox.send('GET', ofRoma)).body.error_code).toBe('APIGW.0101')
  })
})
