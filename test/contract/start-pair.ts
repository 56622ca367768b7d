import type { CreateVpcChannelInput, UpsertProjectVpcChannelsInput } from '../support/generated/graphql.ts'
import { type GatewayOptions, startGateway, type TestGateway } from '../support/start-gateway.ts'
import {
  type Answering,
  type PlannedAnswer,
  startUpstream,
  type TestUpstream,
} from '../support/start-upstream.ts'

export const APIG_INSTANCE = 'eddc4d25480b4cd6b512f270a1b8b341'
export const ROMA_INSTANCES = [
  'eea73cde015940908ae0117d67bf7330',
  'ddd73cde017890908ae0117d67bf7330',
] as const
export const CHANNEL_ID = '105c6902457144a4820dff8b1ad63331'

/** The first example request of both pages, but for its instances. */
export const EXAMPLE_CHANNEL: Omit<CreateVpcChannelInput, 'instanceId'> = {
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  name: 'VPC_demo',
  port: 22,
  type: 'SERVER',
  healthCheck: {
    httpCodes: '200',
    path: '/vpc/demo',
    port: 22,
    protocol: 'HTTP',
    unhealthyThreshold: 5,
    healthyThreshold: 2,
    intervalSeconds: 10,
    timeoutSeconds: 5,
    enableClientSsl: false,
  },
  memberGroups: [
    { name: 'test', weight: 1, remark: 'remark' },
    { name: 'default', weight: 2, remark: 'remark' },
  ],
  members: [
    { host: '192.168.0.5', weight: 1, memberGroupName: 'test' },
    { host: '192.168.1.124', weight: 2, memberGroupName: 'default' },
  ],
}

/** What GraphQL requires of `createVpcChannel`, and nothing more. */
export const SMALLEST_CREATE: CreateVpcChannelInput = {
  instanceId: APIG_INSTANCE,
  name: 'VPC_demo',
  port: 22,
}

/** What it is sent as: the defaults of the APIG page's Table 3 are the schema's, so they are sent. */
export const SMALLEST_CREATE_BODY = {
  name: 'VPC_demo',
  port: 22,
  balance_strategy: 1,
  member_type: 'ecs',
  type: 2,
}

/** What GraphQL requires of `upsertProjectVpcChannels`, and nothing more. */
export const SMALLEST_UPSERT: UpsertProjectVpcChannelsInput = {
  instanceIds: [...ROMA_INSTANCES],
  name: 'VPC_demo',
  port: 22,
}

/** What it is sent as: the ROMA Connect page's Table 3 has no `type`. */
export const SMALLEST_UPSERT_BODY = {
  name: 'VPC_demo',
  port: 22,
  balance_strategy: 1,
  member_type: 'ecs',
  instance_ids: [...ROMA_INSTANCES],
}

export interface Pair extends AsyncDisposable {
  readonly send: TestGateway['send']
  readonly logged: TestGateway['logged']
  readonly calls: TestUpstream['calls']
  /** Those of `calls` that write. */
  readonly writes: TestUpstream['calls']
}

/** A gateway in front of an upstream that answers what the test says. */
export async function startPair(
  answering: Answering | PlannedAnswer,
  options: Omit<GatewayOptions, 'upstream'> = {},
): Promise<Pair> {
  const upstream = await startUpstream(answering)
  const gateway = await startGateway({ ...options, upstream: upstream.url })
  return {
    send: gateway.send,
    logged: gateway.logged,
    calls: upstream.calls,
    get writes() {
      return upstream.calls.filter(({ method }) => method !== 'GET')
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}
