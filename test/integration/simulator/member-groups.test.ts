import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, MICROSERVICE_CHANNEL, type Sandbox, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

async function channelOf(sandbox: Sandbox, path: string, request: object = SERVER_CHANNEL): Promise<string> {
  const { body } = await sandbox.send('POST', path, request)
  return `${path}/${body.id}`
}

interface Group {
  readonly member_group_id: string
  readonly member_group_name: string
}

async function groupsOf(sandbox: Sandbox, channel: string, query = ''): Promise<Group[]> {
  const { body } = await sandbox.send('GET', `${channel}/member-groups${query}`)
  expect([body.size, body.total]).toEqual([body.member_groups.length, body.member_groups.length])
  return body.member_groups
}

const namesOf = (groups: readonly Group[]): string[] => groups.map((group) => group.member_group_name)

describe.each(['apig', 'roma'] as const)('the groups of a channel of %s', (product) => {
  test('are added, and updated by name', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const before = await groupsOf(sandbox, channel)
    const { status, body } = await sandbox.send('POST', `${channel}/member-groups`, {
      member_groups: [
        { member_group_name: 'new', member_group_weight: 10 },
        { member_group_name: 'default', member_group_weight: 7 },
        { member_group_name: 'new', member_group_weight: 99 },
      ],
    })
    expect([status, body.size, body.total]).toEqual([201, 2, 2])
    expect(body.member_groups).toMatchObject([
      { member_group_name: 'new', member_group_weight: 10, create_time: expect.stringMatching(/\.\d{9}Z$/) },
      { member_group_id: before[1]!.member_group_id, member_group_weight: 7, member_group_remark: '' },
    ])
    const after = await groupsOf(sandbox, channel)
    expect(namesOf(after)).toEqual(['test', 'default', 'new'])
    expect(after[0]).toEqual(before[0])
  })

  test('keep their servers under another name', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const [{ member_group_id: id }] = (await groupsOf(sandbox, channel)) as [Group]
    const path = `${channel}/member-groups/${id}`
    const renamed = await sandbox.send('PUT', path, { member_group_name: 'renamed', member_group_weight: 3 })
    expect(renamed).toMatchObject({
      status: 200,
      body: {
        member_group_id: id,
        member_group_name: 'renamed',
        member_group_weight: 3,
        member_group_remark: '',
      },
    })
    const { body } = await sandbox.send('GET', `${channel}/members`)
    expect(body.members[0]).toMatchObject({ member_group_id: id, member_group_name: 'renamed' })
    expect(body.members[1]).toMatchObject({ member_group_name: 'default' })

    const taken = await sandbox.send('PUT', path, { member_group_name: 'default' })
    expect(taken).toMatchObject({ status: 400, body: { error_code: 'APIG.2012' } })
    expect(namesOf(await groupsOf(sandbox, channel))).toEqual(['renamed', 'default'])
  })

  test('are deleted, and their servers stay without one', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const [{ member_group_id: id }] = (await groupsOf(sandbox, channel)) as [Group]
    const path = `${channel}/member-groups/${id}`
    expect(await sandbox.send('DELETE', path)).toMatchObject({ status: 204, body: '' })
    expect(namesOf(await groupsOf(sandbox, channel))).toEqual(['default'])
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect(await sandbox.send(method, path, { member_group_name: 'test' })).toMatchObject({
        status: 404,
        body: { error_code: 'APIG.3023' },
      })
    }
    await sandbox.send('POST', `${channel}/member-groups`, { member_groups: [{ member_group_name: 'test' }] })
    const { body } = await sandbox.send('GET', `${channel}/members`)
    expect(body.members).toMatchObject([{ member_group_name: '' }, { member_group_name: 'default' }])
  })

  test('are found by name, in part or exactly, and by dictionary code', async () => {
    await using sandbox = await startSandbox()
    const member_groups = [{ member_group_name: 'one', dict_code: 'code' }, { member_group_name: 'one-more' }]
    const channel = await channelOf(sandbox, sandbox[product], { ...BARE_CHANNEL, member_groups })
    const names = async (query: string) => namesOf(await groupsOf(sandbox, channel, query))
    expect(await names('?member_group_name=one')).toEqual(['one', 'one-more'])
    expect(await names('?member_group_name=one&precise_search=member_group_name')).toEqual(['one'])
    expect(await names('?dict_code=code')).toEqual(['one'])
    expect(await names('?dict_code=cod')).toEqual([])
  })

  test.each([
    ['POST', { member_groups: [{}] }, product === 'apig' ? 'APIG.2001' : 'APIG.2011', 'member_group_name'],
    [
      'POST',
      { member_groups: [{ member_group_name: 'one', member_group_weight: 101 }] },
      'APIG.2003',
      'member_group_weight',
    ],
    [
      'POST',
      { member_groups: [{ member_group_name: 'one', microservice_port: 1 }] },
      'APIG.2012',
      'microservice_port',
    ],
    ['POST', { groups: [] }, 'APIG.2000', 'groups'],
    ['PUT', {}, product === 'apig' ? 'APIG.2001' : 'APIG.2011', 'member_group_name'],
    ['PUT', { member_group_name: 'one', member_group_weight: -1 }, 'APIG.2002', 'member_group_weight'],
  ])('%s refuses %o', async (method, body, code, parameter) => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const [group] = await groupsOf(sandbox, channel)
    const tail = method === 'PUT' ? `/${group!.member_group_id}` : ''
    const reply = await sandbox.send(method, `${channel}/member-groups${tail}`, body)
    expect([reply.status, reply.body.error_code]).toEqual([400, code])
    expect(reply.body.error_msg).toMatch(new RegExp(`(parameter name|parameterName):${parameter}\\b`))
    expect(namesOf(await groupsOf(sandbox, channel))).toEqual(['test', 'default'])
  })

  test('of a microservice take its fields', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product], MICROSERVICE_CHANNEL)
    const group = { member_group_name: 'v3', microservice_version: 'v3', microservice_port: 81 }
    const { body } = await sandbox.send('POST', `${channel}/member-groups`, { member_groups: [group] })
    expect(body.member_groups).toMatchObject([group])
  })
})

describe.each(['apig', 'roma'] as const)('the health check of a channel of %s', (product) => {
  const CHECK = {
    protocol: 'HTTPS',
    path: '/health',
    http_code: '200',
    threshold_normal: 3,
    threshold_abnormal: 4,
    time_interval: 20,
    timeout: 6,
  }

  test('is replaced as a whole', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const before = (await sandbox.send('GET', channel)).body
    const { status, body } = await sandbox.send('PUT', `${channel}/health-config`, CHECK)
    expect(status).toBe(200)
    expect(body).toStrictEqual({
      ...CHECK,
      protocol: 'https',
      method: 'GET',
      port: 0,
      enable_client_ssl: false,
      status: 1,
      id: before.vpc_health_config.id,
      vpc_channel_id: before.id,
      create_time: before.vpc_health_config.create_time,
    })
    const after = (await sandbox.send('GET', channel)).body
    expect(after).toStrictEqual({ ...before, vpc_health_config: body })
  })

  test('is made where there was none, and switched off', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product], BARE_CHANNEL)
    await sandbox.send('PUT', `${channel}/health-config`, { ...CHECK, status: 2 })
    const { body } = await sandbox.send('GET', channel)
    expect(body.vpc_health_config).toMatchObject({ protocol: 'https', status: 2, time_interval: 20 })
  })

  test.each([
    [{}, product === 'apig' ? 'APIG.2001' : 'APIG.2011'],
    [{ ...CHECK, protocol: 'udp' }, 'APIG.2012'],
    [{ ...CHECK, timeout: 31 }, 'APIG.2003'],
    [{ ...CHECK, timeout: 20 }, 'APIG.2004'],
    [{ ...CHECK, id: 'x' }, 'APIG.2000'],
  ])('refuses %o', async (body, code) => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    expect(await sandbox.send('PUT', `${channel}/health-config`, body)).toMatchObject({
      status: 400,
      body: { error_code: code },
    })
    const shown = await sandbox.send('GET', channel)
    expect(shown.body.vpc_health_config).toMatchObject({ protocol: 'http', time_interval: 10 })
  })
})

test('a group of a Nacos microservice takes no weight', async () => {
  await using sandbox = await startSandbox({ edition: 'current' })
  const channel = await channelOf(sandbox, sandbox.apig, {
    ...BARE_CHANNEL,
    vpc_channel_type: 'microservice',
    microservice_info: {
      service_type: 'NACOS',
      nacos_info: {
        service_name: 's',
        server_config: [{ ip_address: '192.168.0.9', port: 8848 }],
        user_info: { user_name: 'u', password: 'p' },
      },
    },
  })
  const add = (group: object) =>
    sandbox.send('POST', `${channel}/member-groups`, {
      member_groups: [{ member_group_name: 'one', ...group }],
    })
  expect(await add({ member_group_weight: 1 })).toMatchObject({
    status: 400,
    body: { error_code: 'APIG.2012' },
  })
  expect((await add({})).status).toBe(201)
})
