import type { VpcChannelFilter } from '../../vpc-channel/vpc-channel-filter.ts'
import { builder } from '../builder.ts'

export const VpcChannelFilterType = builder.inputRef<VpcChannelFilter>('VpcChannelFilter').implement({
  description: 'Selects channels of a list: those that match every field that is given.',
  fields: (t) => ({
    id: t.id({ description: 'Id of the channel. REST: `id`' }),
    name: t.string({
      description: 'Part of the name, or the whole of it with `preciseSearch`. REST: `name`',
    }),
    preciseSearch: t.boolean({
      description: 'Whether `name` is the whole name. REST: `precise_search=name`',
    }),
    memberHost: t.string({ description: 'Address of one of its backend servers. REST: `member_host`' }),
    memberPort: t.field({
      type: 'Port',
      description: 'Port of one of its backend servers. REST: `member_port`',
    }),
    memberGroupName: t.string({ description: 'Name of one of its groups. REST: `member_group_name`' }),
    memberGroupId: t.id({ description: 'Id of one of its groups. REST: `member_group_id`' }),
  }),
})
