import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../../src/simulator/start-simulator.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { entities, INSTANCE_PAGE, type PageVariables, PROJECT_PAGE, reference } from './documents.ts'

const APIG = 'eddc4d25480b4cd6b512f270a1b8b341'
const ROMA = ['eea73cde015940908ae0117d67bf7330', 'ddd73cde017890908ae0117d67bf7330'] as const

async function startSandbox() {
  const simulator = await startSimulator()
  const gateway = await startGateway({ upstream: simulator.url, sandboxToken: simulator.issueToken() })
  return {
    simulator,
    send: <Data, Variables>(...[document, variables]: Parameters<typeof gateway.send<Data, Variables>>) =>
      gateway.send<Data, Variables>(document, variables, { 'x-auth-token': null }),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await simulator.close()
    },
  }
}

describe('against the simulator', () => {
  test.each<[string, PageVariables['filter'], string[]]>([
    ['all', null, ['payments', '订单通道']],
    ['part of a Chinese name', { name: '订单' }, ['订单通道']],
    ['a whole name', { name: 'payments', preciseSearch: true }, ['payments']],
    ['part of a name, as the whole', { name: 'pay', preciseSearch: true }, []],
    ['a server’s address', { memberHost: '192.168.0.21' }, ['payments', '订单通道']],
    ['no server’s address', { memberHost: '10.0.0.1' }, []],
    ['a server’s port', { memberPort: 8080 }, ['payments', '订单通道']],
    ['a group', { memberGroupName: 'blue', name: '通道' }, ['订单通道']],
    ['an id', { id: '105c6902457144a4820dff8b1ad63331' }, ['payments']],
  ])('an instance lists %s', async (_what, filter, names) => {
    await using sandbox = await startSandbox()
    const { data, errors } = await sandbox.send(INSTANCE_PAGE, { instanceId: APIG, filter })
    expect(errors).toBeUndefined()
    expect(data?.vpcChannels.nodes.map(({ name }) => name)).toEqual(names)
    expect(data?.vpcChannels.totalCount).toBe(names.length)
  })

  test('a project lists its channels over all instances', async () => {
    await using sandbox = await startSandbox()
    const { data, errors } = await sandbox.send(PROJECT_PAGE, {})
    expect(errors).toBeUndefined()
    const names = data?.projectVpcChannels.nodes.map(({ name }) => name)
    expect(names).toEqual(['payments', 'payments', 'only-one'])
    expect(sandbox.simulator.calls).toHaveLength(1)
  })

  test('a project’s channels come with members and health checks in one call', async () => {
    await using sandbox = await startSandbox()
    const { data, errors } = await sandbox.send<unknown, unknown>(
      '{ projectVpcChannels(filter: { name: "payments" }) { nodes { instanceId members { host } healthCheck { protocol } } } }',
    )
    expect(errors).toBeUndefined()
    const parts = {
      members: [{ host: '192.168.0.21' }, { host: '192.168.0.22' }],
      healthCheck: { protocol: 'TCP' },
    }
    expect(data).toEqual({
      projectVpcChannels: { nodes: ROMA.map((instanceId) => ({ instanceId, ...parts })) },
    })
    expect(sandbox.simulator.calls).toHaveLength(1)
  })

  test('what a page shows can be asked for by its key, as an entity and by id', async () => {
    await using sandbox = await startSandbox()
    const page = await sandbox.send(INSTANCE_PAGE, { product: 'ROMA_CONNECT', instanceId: ROMA[0] })
    const [node] = page.data?.vpcChannels.nodes ?? []
    const representations = [reference(ROMA[0], node?.id ?? '', 'ROMA_CONNECT')]
    const { data, errors } = await sandbox.send(entities('id name members { host }'), { representations })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual([
      { ...node, members: [{ host: '192.168.0.21' }, { host: '192.168.0.22' }] },
    ])
  })

  test('an instance of the other product does not exist', async () => {
    await using sandbox = await startSandbox()
    const { errors } = await sandbox.send(INSTANCE_PAGE, { product: 'ROMA_CONNECT', instanceId: APIG })
    expect(errors?.map((error) => error.extensions.reason)).toEqual(['INSTANCE_NOT_FOUND'])
  })

  test('another project may not be read', async () => {
    await using sandbox = await startSandbox()
    const { errors } = await sandbox.send(PROJECT_PAGE, { projectId: '0c6d1b6f8a2e4f0c9e7d5b3a1f2c4e68' })
    expect(errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN'])
  })
})
