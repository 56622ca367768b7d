import type { HealthCheck, Member, MemberGroup, Microservice, VpcChannel } from './vpc-channel.ts'
import type {
  HealthCheckInput,
  MemberGroupInput,
  MemberInput,
  MicroserviceInput,
  VpcChannelInput,
} from './vpc-channel-input.ts'

/** One thing in which a channel is not as an input wants it; `null` is "nothing there". */
export interface Difference {
  /** In GraphQL's names; an item of a set by its key: `members[192.168.0.5:22]`. */
  readonly path: string
  readonly wanted: unknown
  readonly found: unknown
}

/** What a write leaves as it is. */
export interface Keeping {
  /** Servers, where the input has none: so does ROMA Connect. */
  readonly keepsMembers?: boolean
  /** Groups, where the input does not speak of them: nobody says whether the cloud does. */
  readonly keepsGroups?: boolean
}

/**
 * In what a channel differs from an input. Members and groups are sets: their order means nothing. What the input leaves
 * out is what the cloud fills in: a member's port is the channel's, its weight its group's or 1, and so on. What the cloud
 * does not keep (`dictCode` is not supported yet) is no difference.
 */
export function channelDifferences(
  input: VpcChannelInput,
  channel: VpcChannel,
  { keepsMembers = false, keepsGroups = false }: Keeping = {},
): Difference[] {
  return [
    ...scalars('', {
      port: [input.port, channel.port],
      balanceStrategy: [input.balanceStrategy, channel.balanceStrategy],
      memberType: [input.memberType, channel.memberType],
      type: [input.type ?? channel.type, channel.type],
      dictCode: [kept(input.dictCode, channel.dictCode), channel.dictCode],
    }),
    ...(keepsGroups && !input.memberGroups ? [] : groupsDifferences(input, channel)),
    ...(keepsMembers && !input.members?.length ? [] : memberDifferences(input, channel)),
    ...(input.healthCheck
      ? healthDifferences(input.healthCheck, channel.healthCheck ?? null, input.port)
      : []),
    ...(input.microservice ? microserviceDifferences(input.microservice, channel.microservice) : []),
  ]
}

type Pair = readonly [wanted: unknown, found: unknown]

function scalars(prefix: string, pairs: Readonly<Record<string, Pair>>): Difference[] {
  return Object.entries(pairs)
    .filter(([, [wanted, found]]) => (wanted ?? null) !== (found ?? null))
    .map(([name, [wanted, found]]) => ({
      path: `${prefix}${name}`,
      wanted: wanted ?? null,
      found: found ?? null,
    }))
}

/** The items of two sets that only one has, and the differences of those that both have. */
function sets<Wanted, Found>(
  path: string,
  wanted: ReadonlyMap<string, Wanted>,
  found: ReadonlyMap<string, Found>,
  compare: (path: string, wanted: Wanted, found: Found) => Difference[],
): Difference[] {
  return [
    ...[...wanted].flatMap(([key, item]) => {
      const other = found.get(key)
      const at = `${path}[${key}]`
      return other === undefined ? [{ path: at, wanted: item, found: null }] : compare(`${at}.`, item, other)
    }),
    ...[...found]
      .filter(([key]) => !wanted.has(key))
      .map(([key, item]) => ({ path: `${path}[${key}]`, wanted: null, found: item })),
  ]
}

const keyed = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [key(item), item]))

/** What is wanted of a value that the cloud may not keep: what is there, if it has kept nothing. */
const kept = <Value>(wanted: Value | null | undefined, found: Value | null): Value | null | undefined =>
  found === null ? null : (wanted ?? found)

/** `""` and 0 are the cloud's ways of saying nothing. */
const orNothing = <Value>(value: Value | null | undefined): Value | null =>
  value === undefined || value === '' || value === 0 ? null : value

const groupsDifferences = (input: VpcChannelInput, channel: VpcChannel): Difference[] =>
  sets(
    'memberGroups',
    keyed(input.memberGroups ?? [], (group) => group.name),
    keyed(channel.memberGroups, (group) => group.name ?? ''),
    groupDifferences,
  )

const groupDifferences = (path: string, wanted: MemberGroupInput, found: MemberGroup): Difference[] =>
  scalars(path, {
    remark: [orNothing(wanted.remark), orNothing(found.remark)],
    weight: [wanted.weight ?? found.weight, found.weight],
    dictCode: [kept(wanted.dictCode, found.dictCode), found.dictCode],
    microserviceVersion: [orNothing(wanted.microserviceVersion), orNothing(found.microserviceVersion)],
    microservicePort: [orNothing(wanted.microservicePort), orNothing(found.microservicePort)],
    microserviceLabels: [labels(wanted.microserviceLabels), labels(found.microserviceLabels)],
  })

const labels = (
  list: readonly { readonly name: string | null; readonly value: string | null }[] | null | undefined,
): string =>
  (list ?? [])
    .map(({ name, value }) => `${name}=${value}`)
    .sort()
    .join(',')

function memberDifferences(input: VpcChannelInput, channel: VpcChannel): Difference[] {
  const weights = new Map(input.memberGroups?.map((group) => [group.name, group.weight]))
  // The pages let a group's weight become that of its servers, the cloud may keep a server's own: either is as wanted.
  const weightOf = ({ memberGroupName, weight }: MemberInput, found: Member): number | null =>
    weight === found.weight ? weight : (weights.get(memberGroupName ?? '') ?? weight ?? found.weight)
  const keyOf = (member: MemberInput | Member, port: number | null): string => {
    const server = input.memberType === 'IP' ? member.host : member.ecsId
    return `${server}:${member.port || port}`
  }
  return sets(
    'members',
    keyed(input.members ?? [], (member) => keyOf(member, input.port)),
    keyed(channel.members ?? [], (member) => keyOf(member, channel.port)),
    (path, wanted, found) =>
      scalars(path, {
        memberGroupName: [orNothing(wanted.memberGroupName), orNothing(found.memberGroupName)],
        weight: [weightOf(wanted, found), found.weight],
        isBackup: [wanted.isBackup ?? false, found.isBackup ?? false],
        status: [wanted.status ?? 'AVAILABLE', found.status ?? 'AVAILABLE'],
      }),
  )
}

function healthDifferences(
  wanted: HealthCheckInput,
  found: HealthCheck | null,
  channelPort: number,
): Difference[] {
  if (found === null) return [{ path: 'healthCheck', wanted, found: null }]
  return scalars('healthCheck.', {
    protocol: [wanted.protocol, found.protocol],
    path: [orNothing(wanted.path), orNothing(found.path)],
    method: [wanted.method ?? 'GET', found.method ?? 'GET'],
    port: [wanted.port || channelPort, found.port || channelPort],
    httpCodes: [orNothing(wanted.httpCodes), orNothing(found.httpCodes)],
    healthyThreshold: [wanted.healthyThreshold, found.healthyThreshold],
    unhealthyThreshold: [wanted.unhealthyThreshold, found.unhealthyThreshold],
    intervalSeconds: [wanted.intervalSeconds, found.intervalSeconds],
    timeoutSeconds: [wanted.timeoutSeconds, found.timeoutSeconds],
    enableClientSsl: [wanted.enableClientSsl ?? false, found.enableClientSsl ?? false],
    status: [wanted.status ?? 'AVAILABLE', found.status ?? 'AVAILABLE'],
  })
}

function microserviceDifferences({ cse, cce }: MicroserviceInput, found: Microservice | null): Difference[] {
  if (cse && found?.serviceType === 'CSE') {
    return scalars('microservice.cse.', {
      engineId: [cse.engineId, found.engineId],
      serviceId: [cse.serviceId, found.serviceId],
    })
  }
  if (cce && found?.serviceType === 'CCE') {
    return scalars('microservice.cce.', {
      clusterId: [cce.clusterId, found.clusterId],
      namespace: [cce.namespace, found.namespace],
      workloadType: [cce.workloadType, found.workloadType],
      appName: [orNothing(cce.appName), orNothing(found.appName)],
      labelKey: [orNothing(cce.labelKey), orNothing(found.labelKey)],
      labelValue: [orNothing(cce.labelValue), orNothing(found.labelValue)],
    })
  }
  return [{ path: 'microservice', wanted: cse ?? cce ?? null, found }]
}
