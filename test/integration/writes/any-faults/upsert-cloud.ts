import type { ChannelRequest } from '../../../../src/simulator/cloud/channel-request.ts'
import type { Fault } from '../../../../src/simulator/faults/fault.ts'
import { type Answer, startGateway } from '../../../support/start-gateway.ts'
import { startSandbox } from '../../simulator/sandbox.ts'
import { seenChannels } from '../upsert-pair.ts'
import { SETTLING_MS } from './habits.ts'
import type { Planned } from './upsert-faults.ts'

const upsertAsking = (
  field: string,
) => `mutation Upsert($input: UpsertProjectVpcChannelsInput!, $planId: ID) {
  upsertProjectVpcChannels(input: $input, planId: $planId) {
    results {
      instanceId ${field} vpcChannel { name } ignored { path }
      error { code reason effect retry { retryable afterMs } }
    }
  }
}`
const UPSERT = upsertAsking('outcome')
/** Whoever does not ask for the outcome spares the cloud the read before the write. */
const BLIND_UPSERT = upsertAsking('')
const PLAN = `query Plan($input: UpsertProjectVpcChannelsInput!) {
  planProjectVpcChannels(input: $input) { planId }
}`

/** What is answered of one instance: as data, or in the error where all failed. */
export interface Result {
  readonly instanceId: string
  /** Not where nobody asked for it. */
  readonly outcome?: string
  readonly vpcChannel: object | null
  readonly ignored: readonly { readonly path: string }[]
  readonly error: { readonly code: string; readonly effect: string | null } | null
}

export interface UpsertAnswer {
  readonly token: string
  readonly answer: Answer<{ upsertProjectVpcChannels: { results: Result[] } }>
}

/** With the breaker closed for good: this is about the faults, not about being spared them. */
const LIMITS = { fewestCalls: 1_000_000, settlingMs: SETTLING_MS, queueMs: 10_000 }

/** A cloud with two gateways in front of it, as two replicas are, that know nothing of each other. */
export async function startUpsertClouds(instancesPerCall: number) {
  const sandbox = await startSandbox()
  const options = { upstream: sandbox.url, instancesPerCall, limits: LIMITS, logLevel: 'silent' }
  const [first, second] = await Promise.all([startGateway(options), startGateway(options)])
  const gateways = { first, second }
  const token = sandbox.issueToken()

  return {
    reset: () => sandbox.reset(),
    clearFaults: () => sandbox.clearFaults(),
    settled: () => sandbox.settled(),
    seen: () => seenChannels(sandbox, 'orders'),
    killIdle: () => sandbox.killIdle(),
    plant: (instanceId: string, request: ChannelRequest | null) => {
      if (request !== null) sandbox.plant({ instanceId, request, createTime: '2020-07-23T07:11:57Z' })
    },
    plan: (habits: readonly Fault[], faults: readonly Planned[]) => {
      for (const habit of habits) sandbox.failNext(habit, { times: Number.POSITIVE_INFINITY })
      for (const { fault, options: when } of faults) sandbox.failNext(fault, when)
    },
    planId: async (input: object): Promise<string> => {
      const { data } = await first.send<{ planProjectVpcChannels: { planId: string } }, object>(
        PLAN,
        { input },
        { 'x-auth-token': token },
      )
      if (!data) throw new Error('no plan')
      return data.planProjectVpcChannels.planId
    },
    /** A request has a token by itself: its REST calls are known by it. */
    upsert: async (
      by: keyof typeof gateways,
      input: object,
      { planId, isBlind }: { readonly planId: string | null; readonly isBlind: boolean },
    ): Promise<UpsertAnswer> => {
      const own = sandbox.issueToken()
      const answer = await gateways[by].send<{ upsertProjectVpcChannels: { results: Result[] } }, object>(
        isBlind ? BLIND_UPSERT : UPSERT,
        { input, planId },
        { 'x-auth-token': own },
      )
      return { token: own, answer }
    },
    /** Of a request: the instances that each of its PUTs named, and those that these have changed, with repetitions. */
    putsOf: ({ token: own }: UpsertAnswer) => {
      const puts = sandbox.calls.filter(
        ({ method, headers }) => method === 'PUT' && headers['x-auth-token'] === own,
      )
      return {
        sent: puts.flatMap(
          ({ body }) => (body as { instance_ids?: string[] } | undefined)?.instance_ids ?? [],
        ),
        written: puts.flatMap(({ writes }) =>
          writes.filter(({ isChange }) => isChange).map(({ instanceId }) => instanceId),
        ),
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([first, second].map((gateway) => gateway[Symbol.asyncDispose]()))
      await sandbox.close()
    },
  }
}

export type UpsertClouds = Awaited<ReturnType<typeof startUpsertClouds>>
