import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { type ReceivedCall, startUpstream } from '../../support/start-upstream.ts'

const MAX_ANSWER_BYTES = 20_000

/** A project's channels of one name, one in each instance: so many bytes each, at least. */
const channelsOf = (sizes: readonly number[]) =>
  sizes.map((size, index) => ({
    id: `channel-${index}`,
    instance_id: `instance-${index}`,
    name: 'vpc_demo',
    port: 80,
    members: [],
    dict_code: 'x'.repeat(size),
  }))

const partOf = ({ path }: ReceivedCall) => {
  const query = new URL(path, 'http://cloud').searchParams
  return { offset: Number(query.get('offset')), limit: Number(query.get('limit')) }
}

/** A gateway that reads short answers, in front of a project with these channels. */
async function startProject(sizes: readonly number[], isChunked = false) {
  const all = channelsOf(sizes)
  const upstream = await startUpstream((call, { response }) => {
    if (!call.path.includes('/vpc-channels?')) return { body: { features: [], configs: [] } }
    const { offset, limit } = partOf(call)
    const part = all.slice(offset, offset + limit)
    const body = { size: part.length, total: all.length, project_vpc_channels: part }
    if (isChunked) response.flushHeaders()
    return isChunked ? void response.end(JSON.stringify(body)) : { body }
  })
  const gateway = await startGateway({
    upstream: upstream.url,
    limits: { maxResponseBytes: MAX_ANSWER_BYTES, retryWaitMs: 1 },
  })
  return {
    upstream,
    gateway,
    lists: () => upstream.calls.filter(({ path }) => path.includes('?')).map(partOf),
  }
}

const LIST = `query List($first: Int!) {
  projectVpcChannels(first: $first) { totalCount nodes { instanceId dictCode } pageInfo { hasNextPage } }
}`

interface Listed {
  readonly projectVpcChannels: {
    readonly totalCount: number
    readonly nodes: readonly { readonly instanceId: string; readonly dictCode: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean }
  }
}

describe('a list whose answer is too long', () => {
  test.each([
    ['with a length', false],
    ['in chunks', true],
  ])('is asked for in smaller parts: %s', async (_how, isChunked) => {
    const { upstream, gateway, lists } = await startProject(Array(20).fill(1_900), isChunked)
    await using _upstream = upstream
    await using _gateway = gateway
    const { data } = await gateway.send<Listed, unknown>(LIST, { first: 20 })
    const { nodes, totalCount, pageInfo } = data!.projectVpcChannels
    expect(nodes.map(({ instanceId }) => instanceId)).toEqual(
      Array.from({ length: 20 }, (_, index) => `instance-${index}`),
    )
    expect([totalCount, pageInfo.hasNextPage]).toEqual([20, false])
    // Each part that is too long is fetched once.
    expect(lists()).toEqual([
      { offset: 0, limit: 20 },
      { offset: 0, limit: 10 },
      { offset: 0, limit: 5 },
      { offset: 5, limit: 5 },
      { offset: 10, limit: 10 },
      { offset: 10, limit: 5 },
      { offset: 15, limit: 5 },
    ])
  })

  test('is read around one channel that is nearly too long', async () => {
    const sizes = Array.from({ length: 40 }, (_, index) => (index === 20 ? 19_000 : 300))
    const { upstream, gateway, lists } = await startProject(sizes)
    await using _upstream = upstream
    await using _gateway = gateway
    const { data } = await gateway.send<Listed, unknown>(LIST, { first: 40 })
    expect(data!.projectVpcChannels.nodes.map(({ dictCode }) => dictCode.length)).toEqual(sizes)
    expect(lists().length).toBeLessThan(20)
  })

  test('fails where one channel alone is too long, and says so', async () => {
    const { upstream, gateway, lists } = await startProject([100, 30_000, 100])
    await using _upstream = upstream
    await using _gateway = gateway
    const { errors } = await gateway.send<Listed, unknown>(LIST, { first: 20 })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      reason: 'ANSWER_TOO_LONG',
      retry: { retryable: false },
    })
    expect(lists().filter(({ offset, limit }) => offset === 1 && limit === 1)).toHaveLength(1)
    const chinese = await gateway.send(LIST, { first: 20 }, { 'accept-language': 'zh' })
    expect(chinese.errors?.[0]?.message).toContain('响应过长')
  })

  test('of any channels is read whole, or one of them is too long', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(10, 100, 1_000, 9_000, 19_000, 25_000), { minLength: 1, maxLength: 20 }),
        async (sizes) => {
          const { upstream, gateway } = await startProject(sizes)
          await using _upstream = upstream
          await using _gateway = gateway
          const { data, errors } = await gateway.send<Listed, unknown>(LIST, { first: 30 })
          if (sizes.includes(25_000)) {
            expect(errors?.[0]?.extensions.reason).toBe('ANSWER_TOO_LONG')
          } else {
            expect(data?.projectVpcChannels.nodes.map(({ dictCode }) => dictCode.length)).toEqual(sizes)
          }
        },
      ),
      { numRuns: 6 },
    )
  })

  test('does not keep a plan from being made', async () => {
    const { upstream, gateway } = await startProject(Array(20).fill(1_900))
    await using _upstream = upstream
    await using _gateway = gateway
    const { data, errors } = await gateway.send<
      { planProjectVpcChannels: { instances: { action: string }[] } },
      unknown
    >(
      `query Plan($input: UpsertProjectVpcChannelsInput!) {
        planProjectVpcChannels(input: $input) { instances { action } }
      }`,
      { input: { instanceIds: ['instance-0', 'instance-19'], name: 'vpc_demo', port: 81 } },
    )
    expect(errors).toBeUndefined()
    expect(data?.planProjectVpcChannels.instances.map(({ action }) => action)).toEqual([
      'WOULD_UPDATE',
      'WOULD_UPDATE',
    ])
  })
})

test('a single answer that is too long is fetched once', async () => {
  await using upstream = await startUpstream({ body: { id: 'c', name: 'x'.repeat(MAX_ANSWER_BYTES) } })
  await using gateway = await startGateway({
    upstream: upstream.url,
    limits: { maxResponseBytes: MAX_ANSWER_BYTES },
  })
  const { errors } = await gateway.send('query { vpcChannel(instanceId: "i", id: "c") { name } }')
  expect(errors?.[0]?.extensions.reason).toBe('ANSWER_TOO_LONG')
  expect(upstream.calls).toHaveLength(1)
})
