import { CREATE, CREATE_AND_READ, LISTED_ENTITIES, SHOW, UPSERT, WHOLE_ENTITIES } from './documents.ts'
import { createInput, createRequest, NAMES, upsertInput, upsertRequest } from './requests.ts'
import {
  ANSWERS,
  CHANNEL,
  CHANNELS,
  channelWithMembers,
  INSTANCE,
  INSTANCES,
  type Json,
  membersOf,
  PROJECT,
  REFERRED,
  readAnswer,
} from './upstream/answers.ts'

/** One request, in one or many bodies that differ in a name alone, and its answer. */
export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** One that is empty where the request has none. */
  readonly bodies: readonly string[]
  readonly status: number
  readonly answer: unknown
}

/** One job, as it is asked for in GraphQL and in REST, where one REST call does it. */
export interface Workload {
  readonly graphql: Exchange
  readonly rest: Exchange | undefined
  /** REST calls that it takes. */
  readonly calls: number
}

const APIG_CHANNELS = `/v2/${PROJECT}/apigw/instances/${INSTANCE}/vpc-channels`
const ROMA_CHANNELS = `/v2/${PROJECT}/apic/vpc-channels`

const asked = (query: string, variables: readonly Json[], data: Json): Exchange => ({
  method: 'POST',
  path: '/graphql',
  bodies: variables.map((given) => JSON.stringify({ query, variables: given })),
  status: 200,
  answer: { data },
})

const get = (path: string, answer: Json | undefined): Exchange => ({
  method: 'GET',
  path,
  bodies: [''],
  status: 200,
  answer,
})

const created = readAnswer('created.graphql')
const shown = readAnswer('shown.graphql')
const upserted = readAnswer('upserted.graphql')

const creating = (query: string, vpcChannel: Json): Exchange =>
  asked(
    query,
    NAMES.map((name) => ({ input: createInput(name) })),
    { createVpcChannel: { vpcChannel } },
  )

/** The APIG page's example 2, all of its answer selected. */
export const CREATING: Workload = {
  graphql: creating(CREATE, created),
  rest: {
    method: 'POST',
    path: APIG_CHANNELS,
    bodies: NAMES.map((name) => JSON.stringify(createRequest(name))),
    ...ANSWERS.create,
    answer: ANSWERS.create.body,
  },
  calls: 1,
}

/** The same with members and health check, which only a second call brings. */
export const CREATING_AND_READING: Workload = {
  graphql: creating(CREATE_AND_READ, shown),
  rest: undefined,
  calls: 2,
}

const showing = (id: string, vpcChannel: Json): Workload => ({
  graphql: asked(SHOW, [{ instanceId: INSTANCE, id }], { vpcChannel }),
  rest: get(`${APIG_CHANNELS}/${id}`, CHANNELS.get(id)),
  calls: 1,
})

/** One channel, all of it selected. */
export const SHOWING = showing(CHANNEL, shown)

/** One channel with this many members. */
export const showingMembers = (count: number): Workload => {
  const [member] = shown['members'] as readonly Json[]
  const members = membersOf(count).map(({ id, host }) => ({ ...member, id, host }))
  return showing(channelWithMembers(count), { ...shown, id: channelWithMembers(count), members })
}

/** One channel in ten instances. */
export const UPSERTING: Workload = {
  graphql: asked(
    UPSERT,
    NAMES.map((name) => ({ input: upsertInput(name) })),
    {
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: INSTANCES.map((id) => ({
          instanceId: id,
          vpcChannel: { ...upserted, instanceId: id, instance: { id } },
          error: null,
        })),
      },
    },
  ),
  rest: {
    method: 'PUT',
    path: ROMA_CHANNELS,
    bodies: NAMES.map((name) => JSON.stringify(upsertRequest(name))),
    ...ANSWERS.upsert,
    answer: ANSWERS.upsert.body,
  },
  calls: 1,
}

const referring = (query: string, channel: Json): Exchange => {
  const representations = REFERRED.map((id) => ({
    __typename: 'VpcChannel',
    product: 'APIG',
    instanceId: INSTANCE,
    id,
  }))
  return asked(query, [{ representations }], { _entities: REFERRED.map((id) => ({ ...channel, id })) })
}

/** A hundred references whose fields one list brings. */
export const REFERRING: Workload = {
  graphql: referring(LISTED_ENTITIES, created),
  rest: get(APIG_CHANNELS, ANSWERS.list.body),
  calls: 1,
}

/** A hundred references with members: a call for each. */
export const REFERRING_WHOLE: Workload = {
  graphql: referring(WHOLE_ENTITIES, shown),
  rest: undefined,
  calls: REFERRED.length,
}
