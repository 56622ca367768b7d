import type { ArgBuilder } from '@pothos/core'
import type { ValidationFault } from '../../errors/validation-fault.ts'
import { listPage } from '../../operations/list-page.ts'
import {
  type ListPart,
  listProjectVpcChannels,
  listVpcChannels,
  MAX_PART,
} from '../../operations/list-vpc-channels.ts'
import { throwIfInvalid, validateIds } from '../../operations/validate.ts'
import type { ChannelListQuery } from '../../upstream/api/channel-list-query.ts'
import { channelListQuery, type VpcChannelFilter } from '../../vpc-channel/vpc-channel-filter.ts'
import { builder } from '../builder.ts'
import { VpcChannelConnectionType } from './connection.ts'
import { indexOf } from './cursor.ts'
import { VpcChannelProductEnum } from './enums.ts'
import { VpcChannelFilterType } from './filter.ts'
import { selectsWholeChannel } from './selection.ts'
import { VpcChannelType } from './types.ts'

type Arguments = ArgBuilder<typeof builder.$inferSchemaTypes>

const projectArgument = (arg: Arguments) =>
  arg.id({
    description:
      'Project that the instance belongs to; by default that of the header `X-Project-Id`, else the configured one. REST: `project_id`, in the path',
  })

const instanceArguments = (arg: Arguments) => ({
  product: arg({
    type: VpcChannelProductEnum,
    required: true,
    defaultValue: 'APIG',
    description: 'The product that the instance belongs to.',
  }),
  projectId: projectArgument(arg),
  instanceId: arg.id({ required: true, description: 'The instance. REST: `instance_id`, in the path' }),
})

const pageArguments = (arg: Arguments) => ({
  filter: arg({
    type: VpcChannelFilterType,
    description: 'Which channels to list; by default all.',
  }),
  first: arg.int({
    required: true,
    defaultValue: 20,
    description: 'Maximum number of channels on a page, 0 to 500. REST: `limit`',
  }),
  after: arg.string({ description: 'Cursor of the last channel of the previous page. REST: `offset`' }),
})

builder.queryFields((t) => ({
  vpcChannel: t.field({
    type: VpcChannelType,
    nullable: true,
    description:
      'One VPC channel by its id; `null` where the instance has no channel of that id. REST: `GET /v2/{project_id}/{apigw|apic}/instances/{instance_id}/vpc-channels/{vpc_channel_id}`',
    args: {
      ...instanceArguments(t.arg),
      id: t.arg.id({ required: true, description: 'The channel. REST: `vpc_channel_id`, in the path' }),
    },
    resolve: (_root, { product, projectId, instanceId, id }, { loaders, operation }, info) => {
      const key = { product, projectId: projectId ?? operation.projectId ?? '', instanceId, id }
      return selectsWholeChannel(info, []) ? loaders.whole(key) : loaders.listed(key)
    },
  }),
  vpcChannels: t.field({
    type: VpcChannelConnectionType,
    nullable: false,
    description:
      'The VPC channels of an instance. REST: `GET /v2/{project_id}/{apigw|apic}/instances/{instance_id}/vpc-channels`',
    args: { ...instanceArguments(t.arg), ...pageArguments(t.arg) },
    resolve: (_root, { product, projectId, instanceId, ...page }, { services, operation, loaders }) => {
      const of = { product, projectId: projectId ?? operation.projectId ?? '', instanceId }
      const { query, first } = pageOf(page, { projectId: of.projectId, instanceId })
      return listPage(first, (part) =>
        loaders.inTurn(() => listVpcChannels(services, of, { ...query, ...part }, operation)),
      )
    },
  }),
  projectVpcChannels: t.field({
    type: VpcChannelConnectionType,
    nullable: false,
    description:
      'The VPC channels of all ROMA Connect instances of a project. REST: `GET /v2/{project_id}/apic/vpc-channels`',
    args: { projectId: projectArgument(t.arg), ...pageArguments(t.arg) },
    resolve: (_root, { projectId, ...page }, { services, operation, loaders }, info) => {
      const withMembers = selectsWholeChannel(info, ['nodes'], ['edges', 'node'])
      const of = { projectId: projectId ?? operation.projectId ?? '', withMembers }
      const { query, first } = pageOf(page, { projectId: of.projectId })
      return listPage(first, (part) =>
        loaders.inTurn(() => listProjectVpcChannels(services, of, { ...query, ...part }, operation)),
      )
    },
  }),
}))

interface PageArguments {
  readonly filter?: VpcChannelFilter | null | undefined
  readonly first: number
  readonly after?: string | null | undefined
}

/**
 * What a page asks the cloud for: the query, and the part of the list to begin with.
 *
 * @throws {GatewayError} BAD_USER_INPUT with all faults of the arguments, of these ids too
 */
function pageOf(
  { filter, first, after }: PageArguments,
  ids: Readonly<Record<string, string>>,
): { readonly query: ChannelListQuery; readonly first: ListPart } {
  const index = after === null || after === undefined ? -1 : indexOf(after)
  const faults: ValidationFault[] = validateIds(ids)
  if (first < 0 || first > MAX_PART) {
    const params = { min: 0, max: MAX_PART, actual: first }
    faults.push({ path: ['first'], rule: 'RANGE', params, source: 'GATEWAY' })
  }
  if (index === null) faults.push({ path: ['after'], rule: 'CURSOR', params: {}, source: 'GATEWAY' })
  for (const [name, value] of Object.entries(filter ?? {})) {
    // Half a character cannot be written in a URL.
    if (typeof value !== 'string' || value.isWellFormed()) continue
    faults.push({ path: ['filter', name], rule: 'TYPE', params: { type: 'String' }, source: 'GATEWAY' })
  }
  throwIfInvalid(faults)
  return { query: channelListQuery(filter ?? {}), first: { offset: (index ?? -1) + 1, limit: first } }
}
