import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

let sandbox: Sandbox
let groupId: string
let demoId: string

beforeAll(async () => {
  sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.apig, SERVER_CHANNEL)
  demoId = body.id
  groupId = body.member_groups[0].member_group_id
  await sandbox.send('POST', sandbox.apig, { ...SERVER_CHANNEL, name: 'VPC_demo_2', port: 8443 })
})
afterAll(() => sandbox.close())

async function namesFor(query: string): Promise<string[]> {
  const { status, body } = await sandbox.send('GET', `${sandbox.apig}?${query}`)
  expect(status).toBe(200)
  expect(body.size).toBe(body.vpc_channels.length)
  return body.vpc_channels.map(({ name }: { name: string }) => name)
}

describe('a list of channels', () => {
  test.each([
    ['has all of the instance', '', ['payments', '订单通道', 'VPC_demo', 'VPC_demo_2']],
    ['finds a part of the name', 'name=demo', ['VPC_demo', 'VPC_demo_2']],
    ['finds the exact name alone when told', 'name=VPC_demo&precise_search=name', ['VPC_demo']],
    ['finds no part of a name when told', 'name=demo&precise_search=name', []],
    ['finds an escaped Chinese name', `name=${encodeURIComponent('订单')}`, ['订单通道']],
    ['finds by the address of a server', 'member_host=192.168.0.5', ['VPC_demo', 'VPC_demo_2']],
    ['finds no part of an address', 'member_host=192.168.0', []],
    ['finds by the port of a server', 'member_port=8443', ['VPC_demo_2']],
    ['wants address and port of the same server', 'member_host=192.168.0.21&member_port=22', []],
    ['finds by a part of a group name', 'member_group_name=def', ['VPC_demo', 'VPC_demo_2']],
    [
      'finds by an exact group name when told',
      'member_group_name=def&precise_search=name,member_group_name',
      [],
    ],
    ['starts at the offset', 'offset=3', ['VPC_demo_2']],
    ['takes an offset below 0 for 0', 'offset=-5&limit=1', ['payments']],
    ['is cut at the limit', 'limit=2', ['payments', '订单通道']],
  ])('%s', async (_, query, names) => {
    expect(await namesFor(query)).toEqual(names)
  })

  test('finds by id, and by the id of a group', async () => {
    expect(await namesFor(`id=${demoId}`)).toEqual(['VPC_demo'])
    expect(await namesFor(`member_group_id=${groupId}`)).toEqual(['VPC_demo'])
  })

  test('counts all that match, whatever the page', async () => {
    const { body } = await sandbox.send('GET', `${sandbox.apig}?limit=1&name=demo`)
    expect(body).toMatchObject({ size: 1, total: 2 })
  })

  test('has neither servers nor health checks', async () => {
    const { body } = await sandbox.send('GET', sandbox.apig)
    for (const channel of body.vpc_channels) {
      expect(channel).not.toHaveProperty('members')
      expect(channel).not.toHaveProperty('vpc_health_config')
    }
  })

  test.each([
    ['limit=0', 'APIG.2002', 'limit'],
    ['limit=501', 'APIG.2003', 'limit'],
    ['limit=ten', 'APIG.2012', 'limit'],
    ['offset=1.5', 'APIG.2012', 'offset'],
  ])('refuses %s', async (query, code, parameter) => {
    const { status, body } = await sandbox.send('GET', `${sandbox.apig}?${query}`)
    expect([status, body.error_code]).toEqual([400, code])
    expect(body.error_msg).toContain(`parameterName:${parameter}`)
  })
})

test('a list gives twenty unless told otherwise', async () => {
  await using crowded = await startSandbox()
  for (let index = 0; index < 21; index += 1) {
    await crowded.send('POST', crowded.roma, { ...SERVER_CHANNEL, name: `channel-${index}` })
  }
  expect((await crowded.send('GET', crowded.roma)).body).toMatchObject({ size: 20, total: 22 })
  expect((await crowded.send('GET', `${crowded.roma}?limit=500`)).body).toMatchObject({ size: 22, total: 22 })
})
