import type { ServerResponse } from 'node:http'
import type { GatewayCredentials } from '../../../src/operations/upstream-services.ts'
import type { RecordedCall } from '../../../src/simulator/http/call-log.ts'
import type { Simulator } from '../../../src/simulator/start-simulator.ts'
import {
  type Answer,
  type GatewayOptions,
  startGateway,
  type TestGateway,
} from '../../support/start-gateway.ts'
import { startUpstream, type TestUpstream } from '../../support/start-upstream.ts'
import { type Sandbox, startSandbox } from '../simulator/sandbox.ts'

/** A caller that the gateway knows. */
export const API_KEY = 'key-of-the-billing-service'
export const WITH_API_KEY = { 'x-auth-token': null, 'x-api-key': API_KEY } as const

export const accessKeyOf = ({ accessKey }: Simulator): GatewayCredentials => ({
  kind: 'ACCESS_KEY',
  accessKey: accessKey.access,
  secretKey: accessKey.secret,
  securityToken: undefined,
})

export const temporaryKeyOf = ({ temporaryAccessKey: key }: Simulator): GatewayCredentials => ({
  kind: 'ACCESS_KEY',
  accessKey: key.access,
  secretKey: key.secret,
  securityToken: key.securityToken,
})

/** The sandbox user, whom IAM at `endpoint` (unless told, the simulator's) knows. */
export const userOf = (simulator: Simulator, endpoint = simulator.url): GatewayCredentials => ({
  kind: 'USER',
  user: {
    name: simulator.user.name,
    password: simulator.user.password,
    domainName: simulator.user.domain.name,
  },
  endpoint: new URL(endpoint),
})

export interface OwnPair extends AsyncDisposable {
  readonly simulator: Sandbox
  readonly gateway: TestGateway
  /** Sends an operation as the caller with the API key, unless headers say otherwise. */
  readonly send: <Data>(
    document: string,
    variables?: object,
    headers?: Readonly<Record<string, string | null>>,
  ) => Promise<Answer<Data>>
  /** The logins for a project that have reached IAM, those for none (which prove the password), and the calls that have reached the products. */
  readonly logins: () => readonly RecordedCall[]
  readonly proofs: () => readonly RecordedCall[]
  readonly calls: () => readonly RecordedCall[]
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the body of /ready
  readonly ready: () => Promise<any>
}

export const LOGIN = { path: '/v3/auth/tokens' } as const

/** A gateway with credentials of its own before the simulator, and one caller that it knows by its API key. */
export async function startOwn(
  credentialsOf: (simulator: Simulator) => GatewayCredentials,
  options: Omit<GatewayOptions, 'upstream' | 'gatewayCredentials'> & { readonly simulator?: Sandbox } = {},
): Promise<OwnPair> {
  const simulator = options.simulator ?? (await startSandbox())
  const gateway = await startGateway({
    upstream: simulator.url,
    projectId: simulator.projectId,
    gatewayCredentials: credentialsOf(simulator),
    apiKeys: [{ name: 'billing', key: API_KEY }],
    ...options,
  })
  return {
    simulator,
    gateway,
    send: (document, variables, headers = {}) =>
      gateway.send(document, variables, { ...WITH_API_KEY, ...headers }),
    logins: () => simulator.calls.filter((call) => call.path === LOGIN.path && isForProject(call)),
    proofs: () => simulator.calls.filter((call) => call.path === LOGIN.path && !isForProject(call)),
    calls: () => simulator.calls.filter(({ path }) => path !== LOGIN.path),
    ready: async () => (await fetch(gateway.url.replace('/graphql', '/ready'))).json(),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await simulator.close()
    },
  }
}

const isForProject = ({ body }: RecordedCall): boolean => JSON.stringify(body)?.includes('"scope"') ?? false

export const SHOW = `query Show($id: ID!) {
  vpcChannel(instanceId: "eddc4d25480b4cd6b512f270a1b8b341", id: $id) { name members { host } }
}`

/** A channel that the sandbox begins with. */
export const PAYMENTS = { id: '105c6902457144a4820dff8b1ad63331' }

export const CREATE = `mutation Create($name: String!, $projectId: ID, $instanceId: ID! = "eddc4d25480b4cd6b512f270a1b8b341") {
  createVpcChannel(input: { instanceId: $instanceId, projectId: $projectId, name: $name, port: 8080, memberType: IP }) {
    vpcChannel { id name }
  }
}`

export const LIST = `query List($name: String, $projectId: ID, $instanceId: ID! = "eddc4d25480b4cd6b512f270a1b8b341") {
  vpcChannels(instanceId: $instanceId, projectId: $projectId, filter: { name: $name }) { nodes { name } }
}`

/** The one project beside the sandbox's own, and its one instance (ROMA Connect). */
export const NEIGHBOUR = '0c6d1b6f8a2e4f0c9e7d5b3a1f2c4e68'
export const PROJECT_LIST = `query ProjectList($projectId: ID) {
  projectVpcChannels(projectId: $projectId) { totalCount }
}`

export interface HoldingIam extends AsyncDisposable {
  readonly url: string
  readonly calls: TestUpstream['calls']
  readonly letGo: () => void
  readonly hold: () => void
}

/** An IAM that holds its answers back until it is told to let them go: tokens for 24 hours. */
export async function startHoldingIam(issueToken: () => string): Promise<HoldingIam> {
  const held: ServerResponse[] = []
  let holds = true
  const answer = (response: ServerResponse) => {
    response.writeHead(201, { 'content-type': 'application/json', 'x-subject-token': issueToken() })
    response.end(
      JSON.stringify({ token: { expires_at: new Date(Date.now() + 24 * 3_600_000).toISOString() } }),
    )
  }
  const upstream = await startUpstream((_call, { response }) => {
    if (holds) held.push(response)
    else answer(response)
    return undefined
  })
  return {
    url: upstream.url,
    calls: upstream.calls,
    hold: () => {
      holds = true
    },
    letGo: () => {
      holds = false
      for (const response of held.splice(0)) answer(response)
    },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  }
}
