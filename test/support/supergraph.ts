import { expect, test } from 'vitest'
import { startPublishedApis } from '../../examples/published-apis/published-apis.ts'
import { composeSupergraph } from '../../scripts/compose-supergraph.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type AnsweredError, startGateway } from './start-gateway.ts'

export interface Router extends AsyncDisposable {
  readonly send: (
    query: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<{ readonly data?: unknown; readonly errors?: readonly AnsweredError[] }>
}

/** What has to hold behind any router: the same operations, through whichever one it starts. */
export function testSupergraph(startRouter: (supergraphSdl: string) => Promise<Router>): void {
  test('from published APIs to their channels: in one call, and one that is gone is an error at its place', async () => {
    await using supergraph = await startSupergraph(startRouter)
    const { data, errors } = await supergraph.send(
      '{ publishedApis { name vpcChannel { name port members { host } } } }',
    )
    const payments = {
      name: 'payments',
      port: 8080,
      members: [{ host: '192.168.0.21' }, { host: '192.168.0.22' }],
    }
    expect(data).toEqual({
      publishedApis: [
        { name: 'Pay', vpcChannel: payments },
        { name: 'Refund', vpcChannel: payments },
        { name: 'Order', vpcChannel: null },
      ],
    })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: expect.arrayContaining(['publishedApis', 2, 'vpcChannel']),
      extensions: { code: 'NOT_FOUND', reason: 'CHANNEL_NOT_FOUND' },
    })
    expect(supergraph.gateway.logged.filter((line) => line['kind'] === 'query')).toHaveLength(1)
  })

  test('from a channel to its APIs, and to those of its instance', async () => {
    await using supergraph = await startSupergraph(startRouter)
    expect(
      await supergraph.send(`{
        vpcChannel(instanceId: "eddc4d25480b4cd6b512f270a1b8b341", id: "105c6902457144a4820dff8b1ad63331") {
          name
          apis { name path }
          instance { publishedApis { name } }
        }
      }`),
    ).toEqual({
      data: {
        vpcChannel: {
          name: 'payments',
          apis: [
            { name: 'Pay', path: '/payments' },
            { name: 'Refund', path: '/refunds' },
          ],
          instance: { publishedApis: [{ name: 'Pay' }, { name: 'Refund' }, { name: 'Order' }] },
        },
      },
    })
  })

  test('a mutation, and from its new channel on', async () => {
    await using supergraph = await startSupergraph(startRouter)
    expect(await supergraph.send(create('orders'))).toEqual({
      data: { createVpcChannel: { vpcChannel: { name: 'orders', apis: [] } } },
    })
  })

  test('a mutation that fails says why, and whether the write happened', async () => {
    await using supergraph = await startSupergraph(startRouter)
    const { errors } = await supergraph.send(create('payments'))
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      message: 'A VPC channel of this name exists on the instance.',
      path: ['createVpcChannel'],
      extensions: {
        code: 'CONFLICT',
        reason: 'CHANNEL_NAME_TAKEN',
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
        upstream: { service: 'APIG', operation: 'createVpcChannel', status: 400, errorCode: 'APIG.3208' },
      },
    })
  })

  test("an input's faults arrive with their paths", async () => {
    await using supergraph = await startSupergraph(startRouter)
    const { errors } = await supergraph.send(create('x'))
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', 'name'], rule: 'LENGTH', params: { min: 3, max: 64, actual: 1 } }],
    })
  })

  test('who asks, for which project, in which language and under which id is passed on', async () => {
    await using supergraph = await startSupergraph(startRouter)
    const { simulator } = supergraph
    const token = simulator.issueToken({ projectId: null })
    const { errors } = await supergraph.send(create('orders'), {
      'X-Auth-Token': token,
      'X-Project-Id': 'project-of-the-caller',
      'Accept-Language': 'zh',
      'X-Request-Id': 'id-of-the-caller',
    })
    expect(simulator.calls.map(({ path, headers }) => [path, headers['x-auth-token']])).toEqual([
      ['/v2/project-of-the-caller/apigw/instances/eddc4d25480b4cd6b512f270a1b8b341/vpc-channels', token],
    ])
    expect(errors?.[0]?.message).toMatch(/[\u4e00-\u9fff]/)
    expect(errors?.[0]?.extensions.requestId).toBe('id-of-the-caller')
  })

  test('a request without a token stays one', async () => {
    await using supergraph = await startSupergraph(startRouter)
    const { errors } = await supergraph.send(create('orders'), {})
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', effect: 'NOT_APPLIED' })
    expect(supergraph.simulator.calls).toEqual([])
  })
}

const create = (name: string): string => `mutation {
  createVpcChannel(
    input: { instanceId: "eddc4d25480b4cd6b512f270a1b8b341", name: "${name}", port: 8080, memberType: IP }
  ) { vpcChannel { name apis { name } } }
}`

/** Both subgraphs on ports of their own, and the router in front; by default asked with a valid token. */
async function startSupergraph(startRouter: (supergraphSdl: string) => Promise<Router>) {
  await using starting = new AsyncDisposableStack()
  const simulator = starting.use(await startSimulator())
  const gateway = starting.use(await startGateway({ upstream: simulator.url }))
  const publishedApis = starting.use(await startPublishedApis(0))
  const urls = { 'vpc-channels': gateway.url, 'published-apis': publishedApis.url }
  const router = starting.use(await startRouter(composeSupergraph(urls)))
  const stack = starting.move()
  return {
    simulator,
    gateway,
    send: (
      query: string,
      headers: Readonly<Record<string, string>> = { 'X-Auth-Token': simulator.issueToken() },
    ) => router.send(query, headers),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
