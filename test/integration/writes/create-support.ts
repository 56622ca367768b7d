import type { Simulator } from '../../../src/simulator/start-simulator.ts'
import type { Limits } from '../../../src/upstream/client/limits.ts'
import {
  type Answer,
  type GatewayOptions,
  startGateway,
  type TestGateway,
} from '../../support/start-gateway.ts'
import { type PlannedAnswer, type ReceivedCall, startUpstream } from '../../support/start-upstream.ts'
import { APIG_INSTANCE, startSandbox } from '../simulator/sandbox.ts'

export const CREATE = `mutation Create($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) { vpcChannel { id name port } }
}`

export interface Created {
  readonly createVpcChannel: {
    readonly vpcChannel: { readonly id: string; readonly name: string; readonly port: number }
  }
}

/** So short that a test can wait for them, so long that a busy machine answers within them. */
export const SHORT: Partial<Limits> = { headersMs: 400, bodyMs: 400 }

/** The breaker would open on what these tests do to the upstream. */
export const NO_BREAKER: Partial<Limits> = { fewestCalls: 1_000_000 }

/** A channel as the cloud shows it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into what the simulator shows
export type Shown = any

export interface CreatePair extends AsyncDisposable {
  readonly simulator: Simulator
  readonly gateway: TestGateway
  /** Creates a channel through the gateway. */
  readonly create: (input: object, token?: string) => Promise<Answer<Created>>
  /** The POSTs that have reached the simulator. */
  readonly posts: () => number
  readonly gets: () => number
  /** The channels that have the name, whole, as the simulator has them now. */
  readonly channelsNamed: (name: string) => Promise<readonly Shown[]>
}

/** Changes what the simulator answers to a call, once it has acted upon it. */
export type Altering = (
  call: ReceivedCall,
  answered: { readonly status: number; readonly body: Shown },
) => PlannedAnswer | undefined

/** A gateway in front of the simulator, with somebody between them where `alter` is given. */
export async function startCreatePair(
  options: Omit<GatewayOptions, 'upstream'> = {},
  alter?: Altering,
): Promise<CreatePair> {
  const sandbox = await startSandbox()
  const token = sandbox.issueToken()
  const between = alter && (await startBetween(sandbox.url, alter))
  const gateway = await startGateway({
    projectId: sandbox.projectId,
    ...options,
    upstream: between?.url ?? sandbox.url,
    limits: { ...SHORT, ...NO_BREAKER, ...options.limits },
  })
  const read = (path: string) => sandbox.send('GET', path, undefined, PAST_FAULTS)
  const callsOf = (method: string) =>
    sandbox.calls.filter((call) => call.method === method && !('x-simulator-fault' in call.headers)).length
  return {
    simulator: sandbox,
    gateway,
    create: (input, as = token) => gateway.send<Created, object>(CREATE, { input }, { 'x-auth-token': as }),
    posts: () => callsOf('POST'),
    gets: () => callsOf('GET'),
    channelsNamed: async (name) => {
      const { body } = await read(`${sandbox.apig}?limit=500&name=${encodeURIComponent(name)}`)
      const named = body.vpc_channels.filter((channel: Shown) => channel.name === name)
      return Promise.all(
        named.map(async ({ id }: Shown) => (await read(`${sandbox.apig}/${id}`)).body as Shown),
      )
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await between?.[Symbol.asyncDispose]()
      await sandbox[Symbol.asyncDispose]()
    },
  }
}

/** A call with a fault of its own passes by those that are planned. */
export const PAST_FAULTS = { 'x-simulator-fault': 'delay;ms=0' }

/** Passes every call on, and the answer back, unless `alter` has another. */
function startBetween(target: string, alter: Altering) {
  return startUpstream((call, { response }) => {
    const { host, connection, 'content-length': _length, ...headers } = call.headers
    fetch(target + call.path, {
      method: call.method,
      headers: headers as Record<string, string>,
      ...(call.body !== '' && { body: call.body }),
    })
      .then(async (answered) => {
        const body = JSON.parse((await answered.text()) || 'null')
        const { status = answered.status, body: altered = body } =
          alter(call, { status: answered.status, body }) ?? {}
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(typeof altered === 'string' ? altered : JSON.stringify(altered))
      })
      .catch(() => response.destroy())
    return undefined
  })
}

export const INSTANCE = APIG_INSTANCE

/** The least, of servers known by their addresses. */
export const channelInput = (name: string, more: object = {}): object => ({
  instanceId: INSTANCE,
  name,
  port: 80,
  memberType: 'IP',
  ...more,
})

export const extensionsOf = (answer: Answer<unknown>) => answer.errors?.[0]?.extensions

/**
 * Waits until every late write that was put off by at most so many milliseconds is done: the simulator's timers run in
 * this process, and one that is set later for longer fires later.
 */
export const lateWritesDone = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms + 5)
  })
