import type { ChannelRequest } from '../../../../src/simulator/cloud/channel-request.ts'
import { sandboxSeed } from '../../../../src/simulator/cloud/sandbox-seed.ts'
import type { Seed } from '../../../../src/simulator/cloud/seed.ts'
import type { Fault } from '../../../../src/simulator/faults/fault.ts'
import type { RecordedCall } from '../../../../src/simulator/http/call-log.ts'
import { type Simulator, startSimulator } from '../../../../src/simulator/start-simulator.ts'
import { http } from '../../../support/http.ts'
import { type Answer, startGateway } from '../../../support/start-gateway.ts'
import { NO_BREAKER, PAST_FAULTS, type Shown } from '../create-support.ts'
import { NAME } from './create-input.ts'
import { SETTLING_MS } from './habits.ts'

const CREATE = `mutation Create($input: CreateVpcChannelInput!, $acceptIdentical: Boolean!) {
  createVpcChannel(input: $input, acceptIdentical: $acceptIdentical) { outcome vpcChannel { id name port } }
}`
const READ = `query Read($instanceId: ID!) { vpcChannels(instanceId: $instanceId) { edges { node { id } } } }`

export interface CreatedData {
  readonly createVpcChannel: { readonly outcome: string; readonly vpcChannel: { readonly id: string } }
}

/** One request to create a channel, and what was answered. */
export interface Request {
  readonly token: string
  readonly acceptIdentical: boolean
  readonly answer: Answer<CreatedData>
}

/** Waits in these tests are for the faults; on an idle machine an answer takes some milliseconds. */
export const HEADERS_MS = 600
const LIMITS = {
  ...NO_BREAKER,
  headersMs: HEADERS_MS,
  bodyMs: HEADERS_MS,
  inFlightPerCaller: 32,
  queueMs: 10_000,
  settlingMs: SETTLING_MS,
}

/** Each run has an instance by itself, so that no fault of one hits another; shrinking needs some more. */
const INSTANCES = 750
export const instanceId = (number: number): string => `instance-${number}`

function seed(): Seed {
  const { projects, limits, ...rest } = sandboxSeed()
  const instances = Array.from({ length: INSTANCES }, (_, number) => ({
    id: instanceId(number),
    name: instanceId(number),
    product: 'APIG' as const,
    projectId: projects[0].id,
    vpcNameModifiable: false,
  }))
  return { ...rest, projects, instances, channels: [], limits: { ...limits, apigChannelsPerUser: INSTANCES } }
}

/** A cloud with two gateways in front of it, as two replicas are, that know nothing of each other. */
export async function startClouds(clockOffsetMs: number) {
  const simulator = await startSimulator({ seed: seed(), clockOffsetMs })
  const options = {
    upstream: simulator.url,
    projectId: simulator.projectId,
    limits: LIMITS,
    logLevel: 'silent',
  }
  const [first, second] = await Promise.all([startGateway(options), startGateway(options)])
  const token = simulator.issueToken()
  const gateways = { first, second }

  return {
    ...truth(simulator, token),
    /** A request has a token by itself: its REST calls are known by it. */
    create: async (
      by: keyof typeof gateways,
      instance: string,
      input: object,
      acceptIdentical: boolean,
    ): Promise<Request> => {
      const own = simulator.issueToken()
      const variables = { input: { ...input, name: NAME, instanceId: instance }, acceptIdentical }
      const answer = await gateways[by].send<CreatedData, object>(CREATE, variables, { 'x-auth-token': own })
      return { token: own, acceptIdentical, answer }
    },
    /** Leaves the first gateway with so many idle connections that are dead. */
    leaveDeadConnections: async (instance: string, count: number): Promise<void> => {
      const read = () => first.send(READ, { instanceId: instance }, { 'x-auth-token': token })
      await Promise.all(Array.from({ length: count }, read))
      simulator.killIdle()
    },
    plant: (instance: string, request: ChannelRequest, createTime?: string) =>
      simulator.plant({ instanceId: instance, request, ...(createTime && { createTime }) }),
    plan: (
      fault: Fault | null,
      method: string,
      instance: string,
      when: { skip?: number; times?: number },
    ) => {
      if (fault !== null) simulator.failNext(fault, { match: { method, path: `/${instance}/` }, ...when })
    },
    clearFaults: () => simulator.clearFaults(),
    settled: () => simulator.settled(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([first, second].map((gateway) => gateway[Symbol.asyncDispose]()))
      await simulator.close()
    },
  }
}

/** What is so, whatever a gateway says: past all faults, lags and spellings. */
function truth(simulator: Simulator, token: string) {
  const read = async (instance: string, tail: string): Promise<Shown> => {
    const path = `/v2/${simulator.projectId}/apigw/instances/${instance}/vpc-channels${tail}`
    const { text } = await http(`${simulator.url}${path}`, {
      method: 'GET',
      headers: { 'x-auth-token': token, ...PAST_FAULTS },
    })
    return JSON.parse(text)
  }
  return {
    channels: async (instance: string): Promise<readonly Shown[]> => {
      const { vpc_channels: listed } = await read(instance, '?limit=500')
      return Promise.all(listed.map(({ id }: Shown) => read(instance, `/${id}`)))
    },
    /** The POSTs that a request has brought about, and what each has written so far. */
    posts: (request: Request): readonly RecordedCall[] =>
      simulator.calls.filter(
        ({ method, headers }) => method === 'POST' && headers['x-auth-token'] === request.token,
      ),
  }
}

export type Clouds = Awaited<ReturnType<typeof startClouds>>
