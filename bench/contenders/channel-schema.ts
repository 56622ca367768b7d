import { readFileSync } from 'node:fs'
import { makeExecutableSchema } from '@graphql-tools/schema'
import type { GraphQLSchema } from 'graphql'
import { type Json, readChannel, writeChannel } from './channel-translation.ts'

/** The two REST calls, however a contender makes them. */
export interface ChannelsApi {
  readonly create: (path: string, body: Json) => Promise<Json>
  readonly show: (path: string) => Promise<Json>
}

export interface ChannelsContext {
  readonly api: ChannelsApi
}

const PROJECT = '5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71'

const channelsOf = (instanceId: string): string =>
  `/v2/${PROJECT}/apigw/instances/${encodeURIComponent(instanceId)}/vpc-channels`

interface CreateArguments {
  readonly input: Json & { readonly instanceId: string }
}

interface ShowArguments {
  readonly instanceId: string
  readonly id: string
}

/** The gateway's own schema with the plainest resolvers that do the job: no rules, no guards, no error codes. */
export const channelSchema = (): GraphQLSchema =>
  makeExecutableSchema<ChannelsContext>({
    typeDefs: readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'),
    resolvers: {
      VpcChannelBalanceStrategy: {
        WEIGHTED_ROUND_ROBIN: 1,
        WEIGHTED_LEAST_CONNECTIONS: 2,
        SOURCE_HASH: 3,
        URI_HASH: 4,
      },
      VpcChannelMemberType: { IP: 'ip', ECS: 'ecs' },
      VpcChannelType: { SERVER: 2, MICROSERVICE: 3 },
      VpcChannelAvailability: { AVAILABLE: 1, UNAVAILABLE: 2 },
      VpcChannelStatus: { NORMAL: 1, ABNORMAL: 2 },
      VpcChannelWorkloadType: {
        DEPLOYMENT: 'deployment',
        STATEFUL_SET: 'statefulset',
        DAEMON_SET: 'daemonset',
      },
      VpcChannelMicroservice: {
        __resolveType: ({ serviceType }: { serviceType: string }) =>
          serviceType === 'CSE' ? 'VpcChannelCseMicroservice' : 'VpcChannelCceMicroservice',
      },
      Query: {
        vpcChannel: async (_root, { instanceId, id }: ShowArguments, { api }) =>
          readChannel(
            await api.show(`${channelsOf(instanceId)}/${encodeURIComponent(id)}`),
            PROJECT,
            instanceId,
          ),
      },
      Mutation: {
        createVpcChannel: async (_root, { input }: CreateArguments, { api }) => {
          const answer = await api.create(channelsOf(input.instanceId), writeChannel(input))
          return { vpcChannel: readChannel(answer, PROJECT, input.instanceId) }
        },
      },
    },
  })
