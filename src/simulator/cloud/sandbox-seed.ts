import { randomBytes } from 'node:crypto'
import type { ChannelRequest } from './channel-request.ts'
import type { Instance, Seed } from './seed.ts'

const SANDBOX_PROJECT_ID = '5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71'
const NEIGHBOUR_PROJECT_ID = '0c6d1b6f8a2e4f0c9e7d5b3a1f2c4e68'
const ORDERS_CHANNEL_ID = '105c6902457144a4820dff8b1ad63332'
const ROMA_PAYMENTS_ID = '105c6902457144a4820dff8b1ad63333'
const FULL_INSTANCE_ID = 'cca73cde015940908ae0117d67bf7330'

/** The built-in seed. Names and ids are fixed, secrets are random at each start. */
export function sandboxSeed(projectId: string = SANDBOX_PROJECT_ID): Seed {
  return {
    user: {
      id: '7116d09f88fa41908676fdd4b039e95b',
      name: 'sandbox-user',
      password: randomBytes(18).toString('base64url'),
      domain: { id: 'd78cbac186b744899480f25bd022f468', name: 'sandbox-account' },
    },
    accessKeys: [
      { access: newAccessKeyId(), secret: newSecret() },
      { access: newAccessKeyId(), secret: newSecret(), securityToken: randomBytes(384).toString('base64') },
    ],
    projects: [
      { id: projectId, name: 'cn-north-4' },
      { id: NEIGHBOUR_PROJECT_ID, name: 'cn-north-4_neighbour' },
    ],
    instances: [
      // The three servers of the pages' examples.
      apig(projectId, 'eddc4d25480b4cd6b512f270a1b8b341', 'apig-sandbox-1'),
      roma(projectId, 'eea73cde015940908ae0117d67bf7330', 'test1'),
      roma(projectId, 'ddd73cde017890908ae0117d67bf7330', 'test2'),
      apig(projectId, 'c62f1d9b0e7a4c58b3d4f6a8e9012b7d', 'apig-sandbox-2'),
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) =>
        roma(projectId, `${String(number).padStart(2, '0')}a73cde015940908ae0117d67bf7330`, `test${number}`),
      ),
      { ...roma(projectId, 'bba73cde015940908ae0117d67bf7330', 'name-modifiable'), vpcNameModifiable: true },
      { ...roma(projectId, FULL_INSTANCE_ID, 'full'), channelLimit: 1 },
      roma(NEIGHBOUR_PROJECT_ID, 'f1a73cde015940908ae0117d67bf7330', 'neighbour'),
    ],
    servers: [
      { id: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b01', name: 'ecs-web-01', privateIp: '192.168.0.11' },
      { id: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b02', name: 'ecs-web-02', privateIp: '192.168.0.12' },
      { id: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b03', name: 'ecs-web-03', privateIp: '192.168.0.13' },
      { id: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b04', name: '订单服务-01', privateIp: '192.168.0.14' },
    ],
    engines: [
      {
        id: '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a',
        name: 'cse-sandbox',
        registerAddress: 'https://192.168.0.30:30100',
        services: [{ id: '8aed4e1b0b7d9c5a', name: 'orders', appId: 'shop' }],
      },
    ],
    clusters: [{ id: 'ab1485b4f91b45abbcd560be591f7309', name: 'cce-test' }],
    channels: [
      {
        // The channel id of the page's example, for a first query.
        id: '105c6902457144a4820dff8b1ad63331',
        instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
        request: webServers('payments'),
      },
      {
        id: ORDERS_CHANNEL_ID,
        instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
        request: webServers('订单通道'),
      },
      { instanceId: 'eea73cde015940908ae0117d67bf7330', request: webServers('payments') },
      {
        id: ROMA_PAYMENTS_ID,
        instanceId: 'ddd73cde017890908ae0117d67bf7330',
        request: webServers('payments'),
      },
      { instanceId: FULL_INSTANCE_ID, request: webServers('only-one') },
    ],
    apis: [
      {
        id: '5f918d104dc84480a75166ba99efff21',
        instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
        name: 'list-orders',
        groupName: 'orders',
        channelId: ORDERS_CHANNEL_ID,
      },
      {
        id: '5f918d104dc84480a75166ba99efff22',
        instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
        name: 'place-order',
        groupName: 'orders',
        channelId: ORDERS_CHANNEL_ID,
      },
      {
        id: '5f918d104dc84480a75166ba99efff23',
        instanceId: 'ddd73cde017890908ae0117d67bf7330',
        name: 'pay',
        groupName: 'payments',
        channelId: ROMA_PAYMENTS_ID,
      },
    ],
    limits: {
      apigChannelsPerUser: 30,
      romaChannelsPerInstance: 30,
      serversPerChannel: 200,
      instancesPerBatch: 10,
    },
  }
}

function apig(projectId: string, id: string, name: string): Instance {
  return { id, name, product: 'APIG', projectId, vpcNameModifiable: false }
}

function roma(projectId: string, id: string, name: string): Instance {
  return { id, name, product: 'ROMA_CONNECT', projectId, vpcNameModifiable: false }
}

function webServers(name: string): ChannelRequest {
  return {
    name,
    port: 8080,
    balance_strategy: 1,
    member_type: 'ip',
    type: 2,
    member_groups: [{ member_group_name: 'blue', member_group_weight: 1, member_group_remark: 'seeded' }],
    members: [
      { host: '192.168.0.21', weight: 1, member_group_name: 'blue' },
      { host: '192.168.0.22', weight: 1, member_group_name: 'blue' },
    ],
    vpc_health_config: {
      protocol: 'tcp',
      threshold_normal: 2,
      threshold_abnormal: 5,
      time_interval: 10,
      timeout: 5,
    },
  }
}

function newAccessKeyId(): string {
  return `SANDBOX${randomBytes(8).toString('hex').toUpperCase().slice(0, 13)}`
}

function newSecret(): string {
  return randomBytes(30).toString('base64url')
}
