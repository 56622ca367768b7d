import type { ServerResponse } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { startGateway, type TestGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ORDERS, UPSERT, type UpsertData } from './upsert-pair.ts'

interface Held {
  readonly port: number
  readonly ids: readonly string[]
  /** Lets the call succeed, or fail with a status. */
  readonly end: (status?: number) => void
}

/** A cloud whose PUTs wait until the test lets them end. */
async function startHolding() {
  const held: Held[] = []
  const begun: string[] = []
  const upstream = await startUpstream((call, { response }) => {
    if (call.method !== 'PUT') return { body: { total: 0, size: 0, project_vpc_channels: [], features: [] } }
    const { instance_ids: ids, ...channel } = call.json
    begun.push(`${channel.name} ${channel.port} ${ids.join('+')}`)
    held.push({ port: channel.port, ids, end: (status = 200) => end(response, status, ids, channel) })
    return undefined
  })
  const gateway = await startGateway({ upstream: upstream.url })
  return {
    gateway,
    begun,
    /** Waits for the PUT that has this port, or for any, and takes it. */
    next: (port?: number): Promise<Held> =>
      vi.waitFor(
        () => {
          const index = held.findIndex((one) => port === undefined || one.port === port)
          if (index === -1) throw new Error(`no PUT with port ${port}`)
          return held.splice(index, 1)[0] as Held
        },
        { interval: 2, timeout: 60_000 },
      ),
    upsert: (ids: readonly string[], port: number, more: object = {}) =>
      upsert(gateway, ids, { port, ...more }),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

function end(response: ServerResponse, status: number, ids: readonly string[], channel: object): void {
  const body =
    status === 200
      ? {
          project_vpc_channels: ids.map((instance_id) => ({
            ...channel,
            id: `of-${instance_id}`,
            instance_id,
          })),
        }
      : { error_code: status === 500 ? 'APIG.9999' : 'APIG.2011', error_msg: 'no' }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The outcomes of a batch, or its error's code. */
async function upsert(gateway: TestGateway, instanceIds: readonly string[], more: object): Promise<string[]> {
  const { data, errors } = await gateway.send<UpsertData, object>(UPSERT, {
    input: { ...ORDERS, members: [], ...more, instanceIds },
  })
  return (
    data?.upsertProjectVpcChannels.results.map(({ outcome }) => outcome) ?? [errors?.[0]?.extensions.code]
  )
}

/** Enough turns for a request on this machine to come through, if it were going to. */
const ping = async (gateway: TestGateway): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await gateway.send('{ __typename }')
}

describe('two batches at once', () => {
  test('for one instance and name go one after the other, though only one instance is shared', async () => {
    await using cloud = await startHolding()
    const first = cloud.upsert(['i-1', 'i-2'], 1)
    const put = await cloud.next(1)
    const second = cloud.upsert(['i-2', 'i-3'], 2)
    await ping(cloud.gateway)
    expect(cloud.begun).toEqual(['orders 1 i-1+i-2'])
    put.end()
    expect(await first).toEqual(['CREATED', 'CREATED'])
    ;(await cloud.next(2)).end()
    expect(await second).toEqual(['CREATED', 'CREATED'])
  })

  test('for other instances go on in parallel', async () => {
    await using cloud = await startHolding()
    const first = cloud.upsert(['i-1', 'i-2'], 1)
    const second = cloud.upsert(['i-3', 'i-4'], 2)
    const [one, two] = [await cloud.next(1), await cloud.next(2)]
    two.end()
    expect(await second).toEqual(['CREATED', 'CREATED'])
    one.end()
    expect(await first).toEqual(['CREATED', 'CREATED'])
  })

  test.each([
    ['another name', { name: 'orders-2' }],
    ['another project', { projectId: 'other-project' }],
  ])('for one instance and %s go on in parallel', async (_, more) => {
    await using cloud = await startHolding()
    const first = cloud.upsert(['i-1'], 1)
    const second = cloud.upsert(['i-1'], 2, more)
    const [one, two] = [await cloud.next(1), await cloud.next(2)]
    two.end()
    one.end()
    expect(await Promise.all([first, second])).toEqual([['CREATED'], ['CREATED']])
  })

  test('that name the same instances in opposite orders do not wait for each other', async () => {
    await using cloud = await startHolding()
    const batches = [
      cloud.upsert(['i-1', 'i-2', 'i-3'], 1),
      cloud.upsert(['i-3', 'i-2', 'i-1'], 2),
      cloud.upsert(['i-2', 'i-3', 'i-1'], 3),
    ]
    const order: number[] = []
    for (let count = 0; count < batches.length; count += 1) {
      const put = await cloud.next()
      expect(cloud.begun).toHaveLength(count + 1)
      order.push(put.port)
      put.end()
    }
    expect(await Promise.all(batches)).toEqual([1, 2, 3].map(() => ['CREATED', 'CREATED', 'CREATED']))
  })

  test.each([400, 500])('the second goes on after the first has failed with %i', async (status) => {
    await using cloud = await startHolding()
    const first = cloud.upsert(['i-1'], 1)
    const put = await cloud.next(1)
    const second = cloud.upsert(['i-1'], 2)
    put.end(status)
    // What a 500 leaves open is sent once more, before the second has its turn.
    if (status === 500) (await cloud.next(1)).end(status)
    expect(await first).toEqual([status === 400 ? 'BAD_USER_INPUT' : 'UPSTREAM_ERROR'])
    ;(await cloud.next(2)).end()
    expect(await second).toEqual(['CREATED'])
    expect(cloud.begun.at(-1)).toBe('orders 2 i-1')
  })

  test('the second goes on after the first was refused before anything was sent', async () => {
    await using cloud = await startHolding()
    const refused = await cloud.upsert(['i-1'], 1, { name: 'x' })
    expect(refused).toEqual(['BAD_USER_INPUT'])
    const outdated = await cloud.gateway.send<UpsertData, object>(UPSERT, {
      input: { ...ORDERS, instanceIds: ['i-1'] },
      planId: 'none',
    })
    expect(outdated.errors?.[0]?.extensions.code).toBe('CONFLICT')
    const second = cloud.upsert(['i-1'], 2)
    ;(await cloud.next(2)).end()
    expect(await second).toEqual(['CREATED'])
  })
})
