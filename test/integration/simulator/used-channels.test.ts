import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, ROMA_TEST2, type Sandbox, startSandbox } from './sandbox.ts'

const nameOf = ({ name }: { name: string }): string => name

async function idOf(sandbox: Sandbox, path: string, name: string): Promise<string> {
  const { body } = await sandbox.send('GET', `${path}?name=${encodeURIComponent(name)}&precise_search=name`)
  return body.vpc_channels[0].id
}

const USED = [
  ['apig', '订单通道', ['list-orders', 'place-order']],
  ['roma', 'payments', ['pay']],
] as const

function channelsOf(sandbox: Sandbox, product: 'apig' | 'roma'): string {
  return product === 'apig'
    ? sandbox.apig
    : `/v2/${sandbox.projectId}/apic/instances/${ROMA_TEST2}/vpc-channels`
}

describe.each(USED)('a channel of %s that APIs use', (product, name, apis) => {
  test('is named by the list and the backends of the APIs', async () => {
    await using sandbox = await startSandbox()
    const channels = channelsOf(sandbox, product)
    const id = await idOf(sandbox, channels, name)
    const path = channels.replace('/vpc-channels', '/apis')
    const { body } = await sandbox.send('GET', `${path}?vpc_channel_name=${encodeURIComponent(name)}`)
    expect([body.size, body.total]).toEqual([apis.length, apis.length])
    expect(body.apis.map(nameOf)).toEqual(apis)
    for (const api of body.apis) {
      expect(api).not.toHaveProperty('backend_api')
      const shown = await sandbox.send('GET', `${path}/${api.id}`)
      expect(shown).toMatchObject({
        status: 200,
        body: {
          id: api.id,
          backend_api: {
            vpc_channel_status: 1,
            vpc_channel_info: { vpc_channel_id: id, vpc_channel_port: 8080 },
          },
        },
      })
    }
    expect((await sandbox.send('GET', `${path}?vpc_channel_name=other`)).body).toEqual({
      size: 0,
      total: 0,
      apis: [],
    })
    expect((await sandbox.send('GET', `${path}?name=${apis[0]}&precise_search=name`)).body.total).toBe(1)
    expect(await sandbox.send('GET', `${path}/nowhere`)).toMatchObject({
      status: 404,
      body: { error_code: 'APIG.3002' },
    })
  })

  test('cannot be deleted', async () => {
    await using sandbox = await startSandbox()
    const channels = channelsOf(sandbox, product)
    const path = `${channels}/${await idOf(sandbox, channels, name)}`
    expect(await sandbox.send('DELETE', path)).toMatchObject({
      status: 403,
      body: { error_code: 'APIG.3414' },
    })
    expect((await sandbox.send('GET', path)).status).toBe(200)
  })
})

test('APIs are found under the new name of their channel', async () => {
  await using sandbox = await startSandbox()
  const id = await idOf(sandbox, sandbox.apig, '订单通道')
  await sandbox.send('PUT', `${sandbox.apig}/${id}`, { ...BARE_CHANNEL, name: 'orders' })
  const path = sandbox.apig.replace('/vpc-channels', '/apis')
  const found = await sandbox.send('GET', `${path}?vpc_channel_name=orders`)
  expect(found.body.apis.map(nameOf)).toEqual(['list-orders', 'place-order'])
})

test('ROMA Connect finds APIs by the id of the channel', async () => {
  await using sandbox = await startSandbox()
  const channels = channelsOf(sandbox, 'roma')
  const path = channels.replace('/vpc-channels', '/apis')
  const id = await idOf(sandbox, channels, 'payments')
  expect((await sandbox.send('GET', `${path}?vpc_channel_id=${id}`)).body.total).toBe(1)
  expect((await sandbox.send('GET', `${path}?vpc_channel_id=other`)).body.total).toBe(0)
  // APIG has no such parameter.
  const ofApig = sandbox.apig.replace('/vpc-channels', '/apis')
  expect((await sandbox.send('GET', `${ofApig}?vpc_channel_id=other`)).body.total).toBe(2)
})

test.each(['apig', 'roma'] as const)(
  'a channel of %s that another refers to cannot be deleted',
  async (product) => {
    await using sandbox = await startSandbox({ edition: 'current' })
    const target = (await sandbox.send('POST', sandbox[product], BARE_CHANNEL)).body.id
    const pointer = (
      await sandbox.send('POST', sandbox[product], {
        ...BARE_CHANNEL,
        name: 'pointer',
        vpc_channel_type: 'reference',
        member_groups: [{ member_group_name: 'one', reference_vpc_channel_id: target }],
      })
    ).body.id
    expect(await sandbox.send('DELETE', `${sandbox[product]}/${target}`)).toMatchObject({
      status: 409,
      body: { error_code: 'APIG.3719' },
    })
    for (const id of [pointer, target]) {
      expect((await sandbox.send('DELETE', `${sandbox[product]}/${id}`)).status).toBe(204)
    }
  },
)
