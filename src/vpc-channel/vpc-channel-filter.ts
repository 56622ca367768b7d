import type { ChannelListQuery } from '../upstream/api/channel-list-query.ts'

/** The filter of a list of channels, in GraphQL's names. */
export interface VpcChannelFilter {
  id?: string | null | undefined
  name?: string | null | undefined
  preciseSearch?: boolean | null | undefined
  memberHost?: string | null | undefined
  memberPort?: number | null | undefined
  memberGroupName?: string | null | undefined
  memberGroupId?: string | null | undefined
}

/** The query parameters of a filter, without those that are omitted or `null`. */
export const channelListQuery = (filter: VpcChannelFilter): ChannelListQuery => ({
  id: filter.id ?? undefined,
  name: filter.name ?? undefined,
  precise_search: filter.preciseSearch ? 'name' : undefined,
  member_host: filter.memberHost ?? undefined,
  member_port: filter.memberPort ?? undefined,
  member_group_name: filter.memberGroupName ?? undefined,
  member_group_id: filter.memberGroupId ?? undefined,
})
