import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, MICROSERVICE_CHANNEL, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

describe.each(['apig', 'roma'] as const)('a PUT to one channel of %s', (product) => {
  test('answers as a create does, and keeps the ids of what stays', async () => {
    await using sandbox = await startSandbox()
    const created = (await sandbox.send('POST', sandbox[product], SERVER_CHANNEL)).body
    const path = `${sandbox[product]}/${created.id}`
    const before = (await sandbox.send('GET', path)).body
    const { status, body } = await sandbox.send('PUT', path, {
      ...SERVER_CHANNEL,
      name: 'renamed',
      balance_strategy: 4,
      member_groups: [{ member_group_name: 'default', member_group_weight: 7 }, { member_group_name: 'new' }],
      members: [{ host: '192.168.1.124' }, { host: '192.168.1.125', member_group_name: 'new' }],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: created.id, name: 'renamed', balance_strategy: 4 })
    expect(body).not.toHaveProperty('members')
    expect(body.create_time).toBe(before.create_time)
    const [kept, added] = body.member_groups
    expect(kept).toMatchObject({
      member_group_id: created.member_groups[1].member_group_id,
      member_group_weight: 7,
      create_time: before.member_groups[1].create_time,
      update_time: expect.stringMatching(/\.\d{9}Z$/),
    })
    expect(added.member_group_id).toMatch(/^[0-9a-f]{32}$/)

    const after = (await sandbox.send('GET', path)).body
    expect(after.members).toMatchObject([
      { id: before.members[1].id, host: '192.168.1.124', member_group_id: '' },
      { host: '192.168.1.125', member_group_id: added.member_group_id },
    ])
    expect(after.vpc_health_config).toStrictEqual(before.vpc_health_config)
  })

  test('without servers deletes them in APIG and keeps them in ROMA Connect', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('POST', sandbox[product], SERVER_CHANNEL)
    const path = `${sandbox[product]}/${body.id}`
    for (const members of [{}, { members: [] }]) {
      const { members: _, ...memberless } = SERVER_CHANNEL
      await sandbox.send('PUT', path, SERVER_CHANNEL)
      await sandbox.send('PUT', path, { ...memberless, ...members })
      const shown = await sandbox.send('GET', path)
      expect(shown.body.members).toHaveLength(product === 'apig' ? 0 : 2)
      expect(shown.body.member_groups).toHaveLength(2)
    }
  })

  test('without groups deletes them', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('POST', sandbox[product], SERVER_CHANNEL)
    const path = `${sandbox[product]}/${body.id}`
    await sandbox.send('PUT', path, { ...SERVER_CHANNEL, member_groups: [], members: [] })
    expect((await sandbox.send('GET', `${path}/member-groups`)).body).toEqual({
      size: 0,
      total: 0,
      member_groups: [],
    })
  })

  test('keeps the type of the channel, whatever type it names', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('POST', sandbox[product], BARE_CHANNEL)
    const path = `${sandbox[product]}/${body.id}`
    const reply = await sandbox.send('PUT', path, { ...MICROSERVICE_CHANNEL, name: 'bare' })
    expect(reply).toMatchObject({ status: 200, body: { type: 2, microservice_info: { service_type: '' } } })
    expect((await sandbox.send('GET', path)).body).toMatchObject({
      type: 2,
      port: MICROSERVICE_CHANNEL.port,
      members: [{ host: '192.168.0.5' }, { host: '192.168.1.124' }],
    })
  })

  test('cannot take a name that is taken', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('POST', sandbox[product], BARE_CHANNEL)
    const path = `${sandbox[product]}/${body.id}`
    expect(await sandbox.send('PUT', path, { ...BARE_CHANNEL, name: 'payments' })).toMatchObject({
      status: 400,
      body: { error_code: 'APIG.3208' },
    })
  })

  test('is refused for what a create is refused for', async () => {
    await using sandbox = await startSandbox()
    const { body } = await sandbox.send('POST', sandbox[product], BARE_CHANNEL)
    const reply = await sandbox.send('PUT', `${sandbox[product]}/${body.id}`, { ...BARE_CHANNEL, port: 0 })
    expect(reply).toMatchObject({ status: 400, body: { error_code: 'APIG.2002' } })
  })
})

test('only a group that changed gets a new update_time', async () => {
  let now = new Date('2026-11-21T12:00:00Z')
  await using sandbox = await startSandbox({ now: () => now })
  const { id } = (await sandbox.send('POST', sandbox.apig, SERVER_CHANNEL)).body
  now = new Date('2026-11-21T13:00:00Z')
  const [first, second] = SERVER_CHANNEL.member_groups
  const groups = [first, { ...second, member_group_weight: 9 }]
  await sandbox.send('PUT', `${sandbox.apig}/${id}`, { ...SERVER_CHANNEL, member_groups: groups })
  const { body } = await sandbox.send('GET', `${sandbox.apig}/${id}/member-groups`)
  expect(body.member_groups).toMatchObject([
    { create_time: '2026-11-21T12:00:00Z', update_time: '2026-11-21T12:00:00Z' },
    { create_time: '2026-11-21T12:00:00Z', update_time: '2026-11-21T13:00:00Z' },
  ])
})

test('a server without a weight has that of its group, if it is in one', async () => {
  await using sandbox = await startSandbox()
  const { id } = (
    await sandbox.send('POST', sandbox.apig, {
      ...BARE_CHANNEL,
      member_groups: [{ member_group_name: 'heavy', member_group_weight: 40 }],
      members: [{ host: '10.0.0.1', member_group_name: 'heavy' }, { host: '10.0.0.2' }],
    })
  ).body
  const { body } = await sandbox.send('GET', `${sandbox.apig}/${id}/members`)
  expect(body.members.map(({ weight }: { weight: number }) => weight)).toEqual([40, 1])
})

test('a deleted channel is gone', async () => {
  await using sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  const path = `${sandbox.apig}/${body.id}`
  expect(await sandbox.send('DELETE', path)).toMatchObject({ status: 204, body: '' })
  for (const method of ['GET', 'DELETE']) {
    const reply = await sandbox.send(method, path)
    expect(reply.status).toBe(404)
    expect(reply.body).toStrictEqual({
      error_code: 'APIG.3023',
      error_msg: `The VPC channel does not exist,id:${body.id}`,
    })
  }
})

test('one group of a channel can be shown', async () => {
  await using sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.apig, SERVER_CHANNEL)
  const groups = `${sandbox.apig}/${body.id}/member-groups`
  const [, group] = body.member_groups
  expect(await sandbox.send('GET', `${groups}/${group.member_group_id}`)).toMatchObject({
    status: 200,
    body: { member_group_name: 'default', member_group_weight: 2 },
  })
  expect((await sandbox.send('GET', `${groups}/nowhere`)).status).toBe(404)
})

test('an instance says whether its channel names may change, beyond the first page of its features', async () => {
  await using sandbox = await startSandbox()
  const configOf = async (instanceId: string) => {
    const path = `/v2/${sandbox.projectId}/apic/instances/${instanceId}/features`
    const { body } = await sandbox.send('GET', `${path}?limit=500`)
    const feature = body.features.find(({ name }: { name: string }) => name === 'vpc_name_modifiable')
    expect(feature).toMatchObject({ instance_id: instanceId, enable: true })
    expect((await sandbox.send('GET', path)).body.features).not.toContainEqual(feature)
    return feature.config
  }
  expect(await configOf('eea73cde015940908ae0117d67bf7330')).toBe('off')
  expect(await configOf('bba73cde015940908ae0117d67bf7330')).toBe('on')
})
