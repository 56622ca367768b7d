import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../src/simulator/start-simulator.ts'
import { http } from '../../support/http.ts'

export const APIG_INSTANCE = 'eddc4d25480b4cd6b512f270a1b8b341'
export const ROMA_TEST1 = 'eea73cde015940908ae0117d67bf7330'
export const ROMA_TEST2 = 'ddd73cde017890908ae0117d67bf7330'
/** Has the one channel it may have, `only-one`. */
export const ROMA_FULL = 'cca73cde015940908ae0117d67bf7330'
export const ROMA_NAME_MODIFIABLE = 'bba73cde015940908ae0117d67bf7330'

interface Reply {
  readonly status: number
  readonly headers: Headers
  // Tests read deep into answers, and a wrong path fails the expectation anyway.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

export type Sandbox = Simulator & {
  readonly apig: string
  readonly roma: string
  readonly romaProject: string
  /** A call as the sandbox user; a body makes it a JSON request. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

export async function startSandbox(options?: SimulatorOptions): Promise<Sandbox> {
  const simulator = await startSimulator(options)
  const token = simulator.issueToken()
  const project = `/v2/${simulator.projectId}`
  // Not a spread of the simulator, which would freeze its getter.
  return Object.assign(simulator, {
    apig: `${project}/apigw/instances/${APIG_INSTANCE}/vpc-channels`,
    roma: `${project}/apic/instances/${ROMA_TEST1}/vpc-channels`,
    romaProject: `${project}/apic/vpc-channels`,
    send: async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const { text, ...reply } = await http(`${simulator.url}${path}`, {
        method,
        headers: { 'x-auth-token': token, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { ...reply, body: text && JSON.parse(text) }
    },
  })
}

/** The APIG page's first example request: a channel of servers. */
export const SERVER_CHANNEL = {
  balance_strategy: 1,
  member_type: 'ip',
  name: 'VPC_demo',
  port: 22,
  type: 2,
  vpc_health_config: {
    http_code: '200',
    path: '/vpc/demo',
    port: 22,
    protocol: 'http',
    threshold_abnormal: 5,
    threshold_normal: 2,
    time_interval: 10,
    timeout: 5,
    enable_client_ssl: false,
  },
  member_groups: [
    { member_group_name: 'test', member_group_weight: 1, member_group_remark: 'remark' },
    { member_group_name: 'default', member_group_weight: 2, member_group_remark: 'remark' },
  ],
  members: [
    { host: '192.168.0.5', weight: 1, member_group_name: 'test' },
    { host: '192.168.1.124', weight: 2, member_group_name: 'default' },
  ],
}

/** The APIG page's second example request: a channel of a microservice. */
export const MICROSERVICE_CHANNEL = {
  ...SERVER_CHANNEL,
  type: 3,
  member_groups: [
    {
      member_group_name: 'test',
      member_group_weight: 1,
      member_group_remark: 'remark',
      microservice_version: 'v1',
      microservice_port: 80,
    },
    {
      member_group_name: 'default',
      member_group_weight: 2,
      member_group_remark: 'remark',
      microservice_version: 'v2',
      microservice_port: 80,
      microservice_labels: [
        { label_name: 'cluster_id', label_value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' },
      ],
    },
  ],
  microservice_info: {
    service_type: 'CCE',
    cce_info: {
      cluster_id: 'ab1485b4f91b45abbcd560be591f7309',
      namespace: 'default',
      workload_type: 'deployment',
      app_name: 'testapp',
    },
  },
}

/** The least that both products take. */
export const BARE_CHANNEL = { name: 'bare', port: 80, balance_strategy: 1, member_type: 'ip' }

/** The ROMA page's example request, without the wrapper that its own Table 3 and every SDK do without. */
export const PROJECT_CHANNEL = { ...SERVER_CHANNEL, instance_ids: [ROMA_TEST1, ROMA_TEST2] }
