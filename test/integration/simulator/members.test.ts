import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, type Sandbox, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

const ECS_1 = '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b01'
const ECS_2 = '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b02'

interface Member {
  readonly id: string
  readonly host: string
  readonly member_group_name: string
  readonly port: number
  readonly status: number
}

async function channelOf(sandbox: Sandbox, path: string, request: object = SERVER_CHANNEL): Promise<string> {
  const { body } = await sandbox.send('POST', path, request)
  return `${path}/${body.id}`
}

async function membersOf(sandbox: Sandbox, channel: string, query = ''): Promise<Member[]> {
  const { body } = await sandbox.send('GET', `${channel}/members${query}`)
  expect(body.size).toBe(body.members.length)
  return body.members
}

const placesOf = (members: readonly Member[]): string[] =>
  members.map(({ host, member_group_name, port }) => `${member_group_name}/${host}:${port}`)

describe.each(['apig', 'roma'] as const)('the servers of a channel of %s', (product) => {
  test('are added, and updated where group, address and port are known', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const before = await membersOf(sandbox, channel)
    const { status, body } = await sandbox.send('POST', `${channel}/members`, {
      members: [
        { host: '192.168.0.5', member_group_name: 'test', port: 0, status: 2, is_backup: true, weight: 9 },
        { host: '192.168.0.5', member_group_name: 'test', port: 22, status: 1 },
        { host: '192.168.0.5', member_group_name: 'test', port: 23 },
        { host: '192.168.0.5', member_group_name: 'default' },
        { host: '192.168.0.5' },
      ],
    })
    expect([status, body.size, body.total]).toEqual([201, 5, 5])
    const after = await membersOf(sandbox, channel)
    expect(placesOf(after)).toEqual([
      'test/192.168.0.5:22',
      'default/192.168.1.124:22',
      'test/192.168.0.5:23',
      'default/192.168.0.5:22',
      '/192.168.0.5:22',
    ])
    // The group has a weight, so that of the server stays.
    expect(after[0]).toMatchObject({ id: before[0]!.id, status: 2, is_backup: true, weight: 1 })
    expect(after[1]).toEqual(before[1])
    expect(body.members.map(({ id }: Member) => id)).toEqual(after.map(({ id }) => id))
  })

  test('in no group take another weight', async () => {
    await using sandbox = await startSandbox()
    const request = { ...BARE_CHANNEL, members: [{ host: '192.168.0.1', weight: 3 }] }
    const channel = await channelOf(sandbox, sandbox[product], request)
    await sandbox.send('POST', `${channel}/members`, { members: [{ host: '192.168.0.1', weight: 8 }] })
    expect(await membersOf(sandbox, channel)).toMatchObject([{ weight: 8 }])
  })

  test('of ECS are known by their ECS', async () => {
    await using sandbox = await startSandbox()
    const request = { ...BARE_CHANNEL, member_type: 'ecs', members: [{ ecs_id: ECS_1, ecs_name: 'web' }] }
    const channel = await channelOf(sandbox, sandbox[product], request)
    const members = [
      { ecs_id: ECS_1, ecs_name: 'web', host: '10.0.0.1', status: 2 },
      { ecs_id: ECS_2, ecs_name: 'other' },
    ]
    await sandbox.send('POST', `${channel}/members`, { members })
    expect(await membersOf(sandbox, channel)).toMatchObject([
      { ecs_id: ECS_1, host: '192.168.0.11', status: 2 },
      { ecs_id: ECS_2, host: '192.168.0.12' },
    ])
    const unknown = { members: [{ ecs_id: 'nowhere', ecs_name: 'x' }] }
    expect(await sandbox.send('POST', `${channel}/members`, unknown)).toMatchObject({
      status: 404,
      body: { error_code: 'APIG.3092' },
    })
  })

  test('are replaced as a whole, or those of one group', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const [first] = await membersOf(sandbox, channel)
    const ofGroup = await sandbox.send('PUT', `${channel}/members`, {
      member_group_name: 'default',
      members: [
        { host: '192.168.9.9', member_group_name: 'default' },
        { host: '192.168.9.8', member_group_name: 'test' },
        { host: '192.168.9.7' },
      ],
    })
    expect(ofGroup.status).toBe(200)
    const places = ['test/192.168.0.5:22', 'default/192.168.9.9:22']
    expect(placesOf(ofGroup.body.members)).toEqual(places)
    expect(placesOf(await membersOf(sandbox, channel))).toEqual(places)

    await sandbox.send('PUT', `${channel}/members`, {
      members: [{ host: '192.168.0.5', member_group_name: 'test' }],
    })
    expect(await membersOf(sandbox, channel)).toMatchObject([{ id: first!.id, host: '192.168.0.5' }])
    const emptied = await sandbox.send('PUT', `${channel}/members`, { members: [] })
    expect(emptied).toMatchObject({ status: 200, body: { size: 0, total: 0, members: [] } })
    expect(await membersOf(sandbox, channel)).toEqual([])
  })

  test('are deleted one by one, the last one too', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    for (const { id } of await membersOf(sandbox, channel)) {
      const path = `${channel}/members/${id}`
      expect(await sandbox.send('DELETE', path)).toMatchObject({ status: 204, body: '' })
      expect(await sandbox.send('DELETE', path)).toMatchObject({
        status: 404,
        body: { error_code: 'APIG.3024' },
      })
    }
    expect(await membersOf(sandbox, channel)).toEqual([])
  })

  test('are disabled and enabled by their ids', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const [first, second] = await membersOf(sandbox, channel)
    const statuses = async () => (await membersOf(sandbox, channel)).map(({ status }) => status)
    const both = { member_ids: [first!.id, second!.id] }
    expect(await sandbox.send('POST', `${channel}/members/batch-disable`, both)).toMatchObject({
      status: 204,
      body: '',
    })
    expect(await statuses()).toEqual([2, 2])
    await sandbox.send('POST', `${channel}/members/batch-enable`, { member_ids: [second!.id] })
    expect(await statuses()).toEqual([2, 1])
    expect((await sandbox.send('POST', `${channel}/members/batch-enable`, {})).status).toBe(204)
    expect(await statuses()).toEqual([2, 1])
  })

  test('are found by group, in part or exactly, and by the id of the group', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const hosts = async (query: string) => (await membersOf(sandbox, channel, query)).map(({ host }) => host)
    const { body } = await sandbox.send('GET', `${channel}/member-groups`)
    const [group] = body.member_groups
    expect(await hosts('?member_group_name=def')).toEqual(['192.168.1.124'])
    expect(await hosts('?member_group_name=def&precise_search=member_group_name')).toEqual([])
    expect(await hosts(`?member_group_id=${group.member_group_id}`)).toEqual(['192.168.0.5'])
    expect(await hosts('?name=1.124')).toEqual(['192.168.1.124'])
    expect(await hosts('?name=1.124&precise_search=name')).toEqual([])
    const page = await sandbox.send('GET', `${channel}/members?member_group_name=test&offset=1`)
    expect(page.body).toEqual({ size: 0, total: 1, members: [] })
  })

  test.each([
    ['POST', '', {}, 'members', product === 'apig' ? 'APIG.2001' : 'APIG.2011'],
    ['POST', '', { members: null }, 'members', product === 'apig' ? 'APIG.2001' : 'APIG.2011'],
    ['POST', '', { members: [{ weight: 1 }] }, 'host', product === 'apig' ? 'APIG.2001' : 'APIG.2011'],
    ['POST', '', { members: [{ host: 'a', weight: 10_001 }] }, 'weight', 'APIG.2003'],
    ['POST', '', { members: [{ host: 'a', member_group_name: 'gone' }] }, 'member_group_name', 'APIG.2012'],
    ['POST', '', { members: [], member_group_name: 'test' }, 'member_group_name', 'APIG.2000'],
    ['PUT', '', { members: [], member_group_name: 'gone' }, 'member_group_name', 'APIG.2012'],
    ['PUT', '', { members: [{ host: 'a', id: 'x' }] }, 'id', 'APIG.2000'],
    ['POST', '/batch-enable', { member_ids: [1] }, 'member_ids', 'APIG.2012'],
    ['POST', '/batch-disable', { ids: [] }, 'ids', 'APIG.2000'],
  ])('%s members%s refuses %o', async (method, tail, body, parameter, code) => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product])
    const reply = await sandbox.send(method, `${channel}/members${tail}`, body)
    expect([reply.status, reply.body.error_code]).toEqual([400, code])
    expect(reply.body.error_msg).toMatch(new RegExp(`(parameter name|parameterName):${parameter}\\b`))
    expect(await membersOf(sandbox, channel)).toHaveLength(2)
  })

  test('are no more than the quota', async () => {
    await using sandbox = await startSandbox()
    const channel = await channelOf(sandbox, sandbox[product], BARE_CHANNEL)
    const members = Array.from({ length: 201 }, (_, index) => ({ host: `10.0.0.${index}` }))
    for (const method of ['POST', 'PUT']) {
      expect(await sandbox.send(method, `${channel}/members`, { members })).toMatchObject({
        status: 403,
        body: { error_code: 'APIG.3110' },
      })
    }
    const reply = await sandbox.send('POST', `${channel}/members`, { members: members.slice(1) })
    expect(reply.body.total).toBe(200)
  })

  test.each([
    ['POST', '', { members: [] }],
    ['PUT', '', { members: [] }],
    ['DELETE', '/any', undefined],
    ['POST', '/batch-enable', { member_ids: [] }],
    ['POST', '/batch-disable', { member_ids: [] }],
  ])('are not for %s members%s on a reference channel', async (method, tail, body) => {
    await using sandbox = await startSandbox({ edition: 'current' })
    const request = { ...BARE_CHANNEL, vpc_channel_type: 'reference' }
    const channel = await channelOf(sandbox, sandbox[product], request)
    expect(await sandbox.send(method, `${channel}/members${tail}`, body)).toMatchObject({
      status: 403,
      body: { error_code: 'APIG.3471' },
    })
  })

  test('of a channel that is gone are not found', async () => {
    await using sandbox = await startSandbox()
    for (const method of ['GET', 'POST', 'PUT']) {
      expect(await sandbox.send(method, `${sandbox[product]}/gone/members`, { members: [] })).toMatchObject({
        status: 404,
        body: { error_code: 'APIG.3023' },
      })
    }
  })
})

test('APIG refuses to disable an unknown server, ROMA Connect passes over it', async () => {
  await using sandbox = await startSandbox()
  for (const [path, status] of [
    [sandbox.apig, 400],
    [sandbox.roma, 204],
  ] as const) {
    const channel = await channelOf(sandbox, path)
    const [first] = await membersOf(sandbox, channel)
    const member_ids = [first!.id, 'unknown']
    const reply = await sandbox.send('POST', `${channel}/members/batch-disable`, { member_ids })
    expect(reply.status).toBe(status)
    expect((await membersOf(sandbox, channel))[0]!.status).toBe(status === 204 ? 2 : 1)
  }
})

test('a fault applies to writes of servers, and they are on record', async () => {
  await using sandbox = await startSandbox()
  const channel = await channelOf(sandbox, sandbox.apig)
  const lost = { 'x-simulator-fault': '500-after-write' }
  const body = { members: [{ host: '10.0.0.1' }] }
  expect((await sandbox.send('POST', `${channel}/members`, body, lost)).status).toBe(500)
  expect(await membersOf(sandbox, channel)).toHaveLength(3)
  expect(sandbox.calls[1]!.writes).toMatchObject([{ kind: 'UPDATED', isChange: true }])
  const late = { 'x-simulator-fault': 'late-write;ms=1;code=APIG.9999' }
  await sandbox.send('PUT', `${channel}/members`, { members: [] }, late)
  await sandbox.settled()
  expect(await membersOf(sandbox, channel)).toEqual([])
})
