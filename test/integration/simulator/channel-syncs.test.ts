import { describe, expect, test } from 'vitest'
import {
  ROMA_FULL,
  ROMA_NAME_MODIFIABLE,
  ROMA_TEST1,
  ROMA_TEST2,
  type Sandbox,
  SERVER_CHANNEL,
  startSandbox,
} from './sandbox.ts'

const ROMA_TEST3 = '03a73cde015940908ae0117d67bf7330'

async function createdIn(sandbox: Sandbox): Promise<string> {
  return (await sandbox.send('POST', sandbox.roma, SERVER_CHANNEL)).body.id
}

const sync = (sandbox: Sandbox, body: unknown, headers?: Record<string, string>) =>
  sandbox.send('POST', `${sandbox.romaProject}/syncs`, body, headers)

async function found(sandbox: Sandbox) {
  const query = '?name=VPC_demo&members_return=true'
  const { body } = await sandbox.send('GET', `${sandbox.romaProject}${query}`)
  return body.project_vpc_channels
}

describe('a channel of one instance', () => {
  test('is copied to others, with the ids of its groups', async () => {
    await using sandbox = await startSandbox()
    const vpc_channel_id = await createdIn(sandbox)
    const { status, body } = await sync(sandbox, { vpc_channel_id, instance_ids: [ROMA_TEST2, ROMA_TEST3] })
    expect(status).toBe(201)
    expect(body.project_vpc_channels).toMatchObject([
      { instance_id: ROMA_TEST2, name: 'VPC_demo' },
      { instance_id: ROMA_TEST3, name: 'VPC_demo' },
    ])
    const [source, ...copies] = await found(sandbox)
    expect(copies).toHaveLength(2)
    for (const copy of copies) {
      expect(copy.id).not.toBe(source.id)
      expect(copy).toMatchObject({
        port: 22,
        member_groups: source.member_groups,
        members: [
          { host: '192.168.0.5', member_group_name: 'test', vpc_channel_id: copy.id },
          { host: '192.168.1.124', member_group_name: 'default' },
        ],
        vpc_health_config: { protocol: 'http', vpc_channel_id: copy.id },
      })
      expect(copy.members[0].id).not.toBe(source.members[0].id)
    }
  })

  test('replaces one of its name only by force', async () => {
    await using sandbox = await startSandbox()
    const vpc_channel_id = await createdIn(sandbox)
    const instance_ids = [ROMA_TEST2, ROMA_TEST1]
    await sync(sandbox, { vpc_channel_id, instance_ids: [ROMA_TEST2] })
    const [, copy] = await found(sandbox)
    await sandbox.send('PUT', `${sandbox.roma}/${vpc_channel_id}`, { ...SERVER_CHANNEL, port: 23 })

    const refused = await sync(sandbox, { vpc_channel_id, instance_ids: [ROMA_TEST2], force_sync: false })
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'APIG.3208' } })
    expect((await found(sandbox))[1]).toMatchObject({ id: copy.id, port: 22 })

    const source = (await found(sandbox))[0]
    const forced = await sync(sandbox, { vpc_channel_id, instance_ids, force_sync: true })
    expect(forced.status).toBe(201)
    expect((await found(sandbox))[0]).toEqual(source)
    expect(await found(sandbox)).toMatchObject([
      { id: vpc_channel_id, instance_id: ROMA_TEST1, port: 23 },
      { id: copy.id, instance_id: ROMA_TEST2, port: 23 },
    ])
  })

  test.each([
    [{ instance_ids: [ROMA_TEST2] }, 400, 'APIG.2011'],
    [{ vpc_channel_id: 'SOURCE' }, 400, 'APIG.2011'],
    [{ vpc_channel_id: 'nowhere', instance_ids: [ROMA_TEST2] }, 404, 'APIG.3023'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: ['nowhere'] }, 404, 'APIG.3030'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: [ROMA_NAME_MODIFIABLE] }, 412, 'APIG.3458'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: [ROMA_TEST2, ROMA_FULL] }, 403, 'APIG.3109'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: [ROMA_TEST2, ROMA_TEST2] }, 400, 'APIG.2012'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: [ROMA_TEST2], force_sync: 'yes' }, 400, 'APIG.2012'],
    [{ vpc_channel_id: 'SOURCE', instance_ids: [ROMA_TEST2], name: 'x' }, 400, 'APIG.2000'],
  ])('is copied nowhere for %o', async (request, status, code) => {
    await using sandbox = await startSandbox()
    const id = await createdIn(sandbox)
    const body = JSON.stringify(request).replace('SOURCE', id)
    expect(await sync(sandbox, body)).toMatchObject({ status, body: { error_code: code } })
    expect(await found(sandbox)).toHaveLength(1)
  })

  test('may be copied in part, and the answer lost', async () => {
    await using sandbox = await startSandbox()
    const vpc_channel_id = await createdIn(sandbox)
    const fault = { 'x-simulator-fault': 'partial-write' }
    const reply = await sync(sandbox, { vpc_channel_id, instance_ids: [ROMA_TEST2, ROMA_TEST3] }, fault)
    expect(reply.status).toBe(500)
    const instances = (await found(sandbox)).map((each: { instance_id: string }) => each.instance_id)
    expect(instances).toEqual([ROMA_TEST1, ROMA_TEST2])
  })
})
