import type { ChannelRequest } from '../../../../src/simulator/cloud/channel-request.ts'
import { MICROSERVICE_REST, ORDERS, ORDERS_REST, SEEN_ORDERS, type SeenChannel } from '../upsert-pair.ts'

interface Wanted {
  readonly input: Readonly<Record<string, unknown>> & { readonly type?: string }
  /** By hand: whether a channel is as this input wants it, whatever it had before. */
  readonly isIn: (channel: SeenChannel) => boolean
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const { members: _, ...WITHOUT_MEMBERS } = ORDERS
const { memberGroups: __, ...WITHOUT_GROUPS } = WITHOUT_MEMBERS
const { vpc_health_config: ___, ...WITHOUT_HEALTH_REST } = ORDERS_REST

/** A channel keeps its type, whatever the input says. */
const ofAnyType = (channel: SeenChannel): SeenChannel => ({ ...channel, type: SEEN_ORDERS.type })
/** Of inputs without servers: those that are there stay, with what group and weight they have. */
const ofAnyServers = (channel: SeenChannel): SeenChannel => ({ ...ofAnyType(channel), members: [] })

/** One address in two groups, and twice in one of them. */
const SPREAD = {
  ...ORDERS,
  members: [
    { host: '192.168.0.21', memberGroupName: 'blue' },
    { host: '192.168.0.21', memberGroupName: 'green' },
    { host: '192.168.0.21', port: 9090, memberGroupName: 'green' },
    { host: '2001:DB8::A1', port: 0, weight: 3 },
  ],
}
const SPREAD_REST: ChannelRequest = {
  ...ORDERS_REST,
  members: [
    { host: '192.168.0.21', member_group_name: 'blue' },
    { host: '192.168.0.21', member_group_name: 'green' },
    { host: '192.168.0.21', port: 9090, member_group_name: 'green' },
    { host: '2001:DB8::A1', port: 0, weight: 3 },
  ],
}
const SEEN_SPREAD: SeenChannel = {
  ...SEEN_ORDERS,
  members: [
    '192.168.0.21:8080 blue 5',
    '192.168.0.21:8080 green 1',
    '192.168.0.21:9090 green 1',
    '2001:DB8::A1:8080  3',
  ],
}
/** Of the same channel one group alone. */
const GREEN = {
  ...ORDERS,
  memberGroups: [{ name: 'green' }],
  members: [
    { host: '192.168.0.21', memberGroupName: 'green' },
    { host: '192.168.0.21', port: 9090, memberGroupName: 'green' },
  ],
}
const SEEN_GREEN: SeenChannel = {
  ...SEEN_ORDERS,
  groups: ['green 1 '],
  members: ['192.168.0.21:8080 green 1', '192.168.0.21:9090 green 1'],
}

export const WANTED: readonly Wanted[] = [
  { input: ORDERS, isIn: (channel) => same(ofAnyType(channel), SEEN_ORDERS) },
  { input: { ...ORDERS, type: 'SERVER' }, isIn: (channel) => same(ofAnyType(channel), SEEN_ORDERS) },
  { input: SPREAD, isIn: (channel) => same(ofAnyType(channel), SEEN_SPREAD) },
  { input: { ...SPREAD, type: 'SERVER' }, isIn: (channel) => same(ofAnyType(channel), SEEN_SPREAD) },
  { input: GREEN, isIn: (channel) => same(ofAnyType(channel), SEEN_GREEN) },
  {
    input: { ...WITHOUT_MEMBERS, members: [] },
    isIn: (channel) => same(ofAnyServers(channel), { ...SEEN_ORDERS, members: [] }),
  },
  {
    input: { ...ORDERS, memberGroups: [], members: [{ host: '192.168.0.9' }] },
    isIn: (channel) =>
      same(ofAnyType(channel), { ...SEEN_ORDERS, groups: [], members: ['192.168.0.9:8080  1'] }),
  },
  // The cloud as it is simulated drops the groups that a PUT leaves out.
  {
    input: WITHOUT_GROUPS,
    isIn: (channel) => same(ofAnyServers(channel), { ...SEEN_ORDERS, groups: [], members: [] }),
  },
]

const [blue, ...elsewhere] = SPREAD_REST.members ?? []

/** What an instance may have before; `null` is no channel. */
export const BEFORE: readonly (ChannelRequest | null)[] = [
  null,
  null,
  ORDERS_REST,
  { ...ORDERS_REST, port: 81 },
  { ...ORDERS_REST, member_groups: [{ member_group_name: 'old' }], members: [{ host: '192.168.0.7' }] },
  { ...ORDERS_REST, member_groups: [], members: [] },
  WITHOUT_HEALTH_REST,
  SPREAD_REST,
  { ...SPREAD_REST, members: elsewhere },
  { ...SPREAD_REST, members: blue ? [blue] : [] },
  MICROSERVICE_REST,
]
