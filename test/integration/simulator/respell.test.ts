import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, MICROSERVICE_CHANNEL, type Sandbox, startSandbox } from './sandbox.ts'

const GIVEN = {
  ...BARE_CHANNEL,
  member_groups: [
    { member_group_name: 'blue', member_group_remark: ' left ', member_group_weight: 0 },
    { member_group_name: 'green' },
  ],
  members: [
    { host: '2001:DB8::a:1', member_group_name: 'blue', weight: 0 },
    { host: 'Web-1.example', port: 81 },
  ],
  vpc_health_config: {
    protocol: 'TCP',
    method: 'GET',
    threshold_normal: 2,
    threshold_abnormal: 5,
    time_interval: 10,
    timeout: 5,
  },
}

// biome-ignore lint/suspicious/noExplicitAny: a REST answer, word for word
async function shown(sandbox: Sandbox, fault: string, given: object = GIVEN): Promise<any> {
  const [found] = (await sandbox.send('GET', `${sandbox.apig}?name=bare`)).body.vpc_channels
  const { id } = found ?? (await sandbox.send('POST', sandbox.apig, { ...given, name: 'bare' })).body
  return (
    await sandbox.send('GET', `${sandbox.apig}/${id}`, undefined, fault ? { 'x-simulator-fault': fault } : {})
  ).body
}

// biome-ignore lint/suspicious/noExplicitAny: see above
const column = (rows: any[], name: string) => rows.map((row) => row[name])

describe('what was given is shown otherwise:', () => {
  test('hosts', async () => {
    await using sandbox = await startSandbox()
    const hosts = async (fault: string) => column((await shown(sandbox, fault)).members, 'host')
    expect(await hosts('respell;what=hosts')).toEqual([
      '2001:0DB8:0000:0000:0000:0000:000A:0001',
      'WEB-1.EXAMPLE',
    ])
    expect(await hosts('respell;what=hosts;seed=1')).toEqual(['2001:db8::a:1', 'web-1.example'])
    expect(await hosts('')).toEqual(['2001:DB8::a:1', 'Web-1.example'])
  })

  test('blanks at the ends', async () => {
    await using sandbox = await startSandbox()
    const remarks = async (fault: string) =>
      column((await shown(sandbox, fault)).member_groups, 'member_group_remark')
    expect(await remarks('respell;what=blanks')).toEqual(['left', ''])
    expect(await remarks('respell;what=blanks;seed=1')).toEqual(['left ', ''])
  })

  test('labels', async () => {
    await using sandbox = await startSandbox()
    const labels = ['b', 'a'].map((name) => ({ label_name: name, label_value: name }))
    const [group] = MICROSERVICE_CHANNEL.member_groups
    const given = {
      ...MICROSERVICE_CHANNEL,
      member_groups: [{ ...group, microservice_labels: labels }],
      members: [],
    }
    const groups = async (fault: string) => (await shown(sandbox, fault, given)).member_groups
    expect(await groups('respell;what=labels')).toMatchObject([{ microservice_labels: labels.toReversed() }])
    expect((await groups('respell;what=labels;seed=1'))[0]).not.toHaveProperty('microservice_labels')
  })

  test('the order of groups and servers, their ids kept', async () => {
    await using sandbox = await startSandbox()
    const before = await shown(sandbox, '')
    const after = await shown(sandbox, 'respell;what=order')
    expect(after.members).toEqual(before.members.toReversed())
    expect(after.member_groups).toEqual(before.member_groups.toReversed())
  })

  test("the channel's own port, and the method of a TCP check", async () => {
    await using sandbox = await startSandbox()
    const { members, vpc_health_config: health } = await shown(sandbox, 'respell;what=ports+method')
    expect([column(members, 'port'), health.method]).toEqual([[0, 81], ''])
    const plain = await shown(sandbox, '')
    expect([column(plain.members, 'port'), plain.vpc_health_config.method]).toEqual([[80, 81], 'GET'])
  })

  test('nothing, but for a weight of 0', async () => {
    await using sandbox = await startSandbox()
    const nulls = await shown(sandbox, 'respell;what=nothing')
    expect(nulls).toMatchObject({
      dict_code: null,
      member_groups: [{ member_group_weight: 0 }, { member_group_remark: null }],
      members: [{ weight: 0 }, { member_group_name: null }],
      vpc_health_config: { path: null, port: null },
    })
    const missing = await shown(sandbox, 'respell;what=nothing;seed=1')
    expect(missing.members[1]).not.toHaveProperty('member_group_name')
    expect(missing.vpc_health_config).not.toHaveProperty('port')
    expect(missing.member_groups[0]).toHaveProperty('member_group_weight', 0)
  })

  test('nothing, as something empty', async () => {
    await using sandbox = await startSandbox()
    const { vpc_health_config: health } = await shown(sandbox, 'respell;what=nothing;seed=2', BARE_CHANNEL)
    expect(Object.values(health).every((value) => value === '')).toBe(true)
  })

  test('times', async () => {
    await using sandbox = await startSandbox()
    const fault = { 'x-simulator-fault': 'respell;what=times' }
    const { body } = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL, fault)
    expect(body.create_time).toMatch(/T\d\d:\d\d:\d\dZ$/)
    const { create_time: read } = await shown(sandbox, 'respell;what=times')
    expect(read).toMatch(/T\d\d:\d\d:\d\d\.\d{9}Z$/)
    expect(read.slice(0, 19)).toBe(body.create_time.slice(0, 19))
  })
})

test('a server sent with port 0 has the port of its channel, a TCP check without a method has none', async () => {
  await using sandbox = await startSandbox()
  const { method: _, ...health } = GIVEN.vpc_health_config
  const given = { ...BARE_CHANNEL, members: [{ host: '10.0.0.1', port: 0 }], vpc_health_config: health }
  expect(await shown(sandbox, '', given)).toMatchObject({
    members: [{ port: 80 }],
    vpc_health_config: { method: '' },
  })
  const { body } = await sandbox.send('GET', `${sandbox.apig}?member_host=10.0.0.1&member_port=80`)
  expect(body.total).toBe(1)
})
