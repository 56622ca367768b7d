import type { ChannelRequest } from '../../../src/simulator/cloud/channel-request.ts'
import { sandboxSeed } from '../../../src/simulator/cloud/sandbox-seed.ts'
import type { Seed } from '../../../src/simulator/cloud/seed.ts'
import type { SimulatorOptions } from '../../../src/simulator/start-simulator.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { ROMA_TEST1, ROMA_TEST2, type Sandbox, startSandbox } from '../simulator/sandbox.ts'

/** Instances of the sandbox that take batches: `test1`, `test2`, `test3`, … */
export const INSTANCES: readonly string[] = [
  ROMA_TEST1,
  ROMA_TEST2,
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(
    (number) => `${String(number).padStart(2, '0')}a73cde015940908ae0117d67bf7330`,
  ),
]
export const MISSING = '00000000000000000000000000000000'

/** An input without `instanceIds`, and by hand the same as REST has it. */
export const ORDERS = {
  name: 'orders',
  port: 8080,
  memberType: 'IP',
  memberGroups: [{ name: 'blue', weight: 5, remark: 'first' }, { name: 'green' }],
  members: [
    { host: '192.168.0.21', weight: 5, memberGroupName: 'blue' },
    { host: '192.168.0.22', port: 9090, memberGroupName: 'green', isBackup: true },
  ],
  healthCheck: {
    protocol: 'TCP',
    healthyThreshold: 2,
    unhealthyThreshold: 5,
    intervalSeconds: 10,
    timeoutSeconds: 5,
  },
}
export const ORDERS_REST: ChannelRequest = {
  name: 'orders',
  port: 8080,
  balance_strategy: 1,
  member_type: 'ip',
  member_groups: [
    { member_group_name: 'blue', member_group_weight: 5, member_group_remark: 'first' },
    { member_group_name: 'green' },
  ],
  members: [
    { host: '192.168.0.21', weight: 5, member_group_name: 'blue' },
    { host: '192.168.0.22', port: 9090, member_group_name: 'green', is_backup: true },
  ],
  vpc_health_config: {
    protocol: 'TCP',
    threshold_normal: 2,
    threshold_abnormal: 5,
    time_interval: 10,
    timeout: 5,
  },
}

/** The same as a channel of a microservice: a type that cannot become another. */
export const MICROSERVICE_REST: ChannelRequest = {
  ...ORDERS_REST,
  type: 3,
  microservice_info: {
    service_type: 'CSE',
    cse_info: { engine_id: '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a', service_id: '8aed4e1b0b7d9c5a' },
  },
}

/** What these tests look at of a channel in the cloud. */
export interface SeenChannel {
  readonly port: number
  readonly strategy: number
  readonly type: number
  /** `name weight remark`, sorted. */
  readonly groups: readonly string[]
  /** `host:port group weight`, sorted. */
  readonly members: readonly string[]
  /** `protocol interval`; `none` without a health check. */
  readonly health: string
}

export const SEEN_ORDERS: SeenChannel = {
  port: 8080,
  strategy: 1,
  type: 2,
  groups: ['blue 5 first', 'green 1 '],
  members: ['192.168.0.21:8080 blue 5', '192.168.0.22:9090 green 1'],
  health: 'tcp 10',
}

/** A project of so many more instances, `more-1`, `more-2`, …; where it says so each has the channel `orders` already. */
export function crowd(
  count: number,
  { have = false, instancesPerBatch = 10 } = {},
): { readonly seed: Seed; readonly ids: readonly string[] } {
  const seed = sandboxSeed()
  const ids = Array.from({ length: count }, (_, index) => `more-${index + 1}`)
  const projectId = seed.projects[0].id
  return {
    ids,
    seed: {
      ...seed,
      instances: [
        ...seed.instances,
        ...ids.map((id) => ({
          id,
          name: id,
          product: 'ROMA_CONNECT' as const,
          projectId,
          vpcNameModifiable: false,
        })),
      ],
      channels: [
        ...seed.channels,
        ...(have ? ids.map((instanceId) => ({ instanceId, request: ORDERS_REST })) : []),
      ],
      limits: { ...seed.limits, instancesPerBatch },
    },
  }
}

const UPSERT_FIELDS = `status results {
  instanceId outcome vpcChannel { name port } ignored { path before after }
  error { code reason effect retry { retryable } upstream { operation status errorCode } }
}`
export const UPSERT = `mutation Upsert($input: UpsertProjectVpcChannelsInput!, $planId: ID) {
  upsertProjectVpcChannels(input: $input, planId: $planId) { ${UPSERT_FIELDS} }
}`
export const PLAN = `query Plan($input: UpsertProjectVpcChannelsInput!) {
  planProjectVpcChannels(input: $input) {
    planId
    instances {
      instanceId action changes { path kind before after } ignored { path kind before after } notChecked
      error { code reason effect }
    }
  }
}`

interface ToldError {
  readonly code: string
  readonly reason: string | null
  readonly effect: string | null
}
export interface UpsertData {
  readonly upsertProjectVpcChannels: {
    readonly status: string
    readonly results: readonly {
      readonly instanceId: string
      readonly outcome: string
      readonly vpcChannel: { readonly name: string; readonly port: number } | null
      readonly ignored: readonly object[]
      readonly error: ToldError | null
    }[]
  }
}
interface PlanData {
  readonly planProjectVpcChannels: {
    readonly planId: string
    readonly instances: readonly {
      readonly instanceId: string
      readonly action: string
      readonly changes: readonly {
        readonly path: string
        readonly kind: string
        readonly before: unknown
        readonly after: unknown
      }[]
      readonly ignored: readonly object[]
      readonly notChecked: readonly string[]
      readonly error: ToldError | null
    }[]
  }
}

/** Has the simulator let a call pass whatever faults are planned; it marks the calls that tests make themselves too. */
const OURS = { 'x-simulator-fault': 'delay;ms=0' }

/** A gateway in front of a simulator. */
export async function startPair(options: Partial<GatewayOptions & SimulatorOptions> = {}) {
  const sandbox = await startSandbox(options)
  const gateway = await startGateway({ ...options, upstream: sandbox.url })
  const token = sandbox.issueToken()

  const send = <Data>(document: string, variables: object, headers: Readonly<Record<string, string>> = {}) =>
    gateway.send<Data, object>(document, variables, { 'x-auth-token': token, ...headers })
  const upsert = (input: object, planId?: string) => send<UpsertData>(UPSERT, { input, planId })

  return {
    sandbox,
    gateway,
    token,
    send,
    upsert,
    plan: async (input: object) => {
      const { data, errors } = await send<PlanData>(PLAN, { input })
      if (!data) throw new Error(`no plan: ${JSON.stringify(errors)}`)
      return data.planProjectVpcChannels
    },
    /** An upsert in words: `test3 CREATED`, `test4 FAILED NOT_FOUND NOT_APPLIED`; the error where it failed as a whole. */
    outcomes: async (input: object, planId?: string): Promise<string[]> => {
      const { data, errors } = await upsert(input, planId)
      if (!data) return [inWords(errors?.[0]?.extensions)]
      return data.upsertProjectVpcChannels.results.map(({ outcome, error }) =>
        [outcome, ...(error ? [inWords(error)] : [])].join(' '),
      )
    },
    /** The gateway's calls, without the tests' own: `PUT`, `GET`. */
    get calls() {
      return callsOf(sandbox)
    },
    /** The instances that each PUT of the gateway named. */
    get puts() {
      return putsOf(sandbox)
    },
    /** Writes as somebody else would. */
    have: async (instanceIds: readonly string[], body: object) => {
      const { status } = await sandbox.send(
        'PUT',
        sandbox.romaProject,
        { ...body, instance_ids: instanceIds },
        OURS,
      )
      if (status !== 200) throw new Error(`the simulator answered ${status}`)
    },
    /** The channels of a name in the cloud, by instance. */
    seen: (name = 'orders') => seenChannels(sandbox, name),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await sandbox.close()
    },
  }
}

export type Pair = Awaited<ReturnType<typeof startPair>>

const inWords = ({ code, reason, effect }: ToldError): string =>
  [code, reason, effect].filter(Boolean).join(' ')

const callsOf = (sandbox: Sandbox) =>
  sandbox.calls.filter(({ headers }) => headers['x-simulator-fault'] === undefined)

const putsOf = (sandbox: Sandbox): string[][] =>
  callsOf(sandbox)
    .filter(({ method }) => method === 'PUT')
    .map(({ body }) => (body as { instance_ids?: string[] } | undefined)?.instance_ids ?? [])

/** @throws where an instance has two channels of the name */
export async function seenChannels(sandbox: Sandbox, name: string): Promise<Map<string, SeenChannel>> {
  const query = `?name=${name}&precise_search=name&members_return=true&limit=500`
  const { body } = await sandbox.send('GET', `${sandbox.romaProject}${query}`, undefined, OURS)
  const seen = new Map<string, SeenChannel>()
  for (const channel of body.project_vpc_channels) {
    if (seen.has(channel.instance_id)) throw new Error(`${channel.instance_id} has two channels`)
    seen.set(channel.instance_id, seenChannel(channel))
  }
  return seen
}

// biome-ignore lint/suspicious/noExplicitAny: a REST answer, word for word
const seenChannel = (channel: any): SeenChannel => ({
  port: channel.port,
  strategy: channel.balance_strategy,
  type: channel.type,
  groups: channel.member_groups
    .map(
      // biome-ignore lint/suspicious/noExplicitAny: see above
      (group: any) => `${group.member_group_name} ${group.member_group_weight} ${group.member_group_remark}`,
    )
    .sort(),
  members: channel.members
    // biome-ignore lint/suspicious/noExplicitAny: see above
    .map((member: any) => `${member.host}:${member.port} ${member.member_group_name} ${member.weight}`)
    .sort(),
  health: channel.vpc_health_config
    ? `${channel.vpc_health_config.protocol} ${channel.vpc_health_config.time_interval}`
    : 'none',
})
