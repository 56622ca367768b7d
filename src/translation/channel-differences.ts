import type { MemberType } from './codes.ts'
import { type Difference, differentPairs, differentSets, type Keyed, orNothing } from './comparison.ts'
import { normalHost, type ServerFields, type ServerIdentity, serverIdentity } from './server-identity.ts'
import type { HealthCheck, Member, MemberGroup, Microservice, VpcChannel } from './vpc-channel.ts'
import type {
  HealthCheckInput,
  MemberGroupInput,
  MemberInput,
  MicroserviceInput,
  VpcChannelInput,
} from './vpc-channel-input.ts'

/** What a comparison is for. */
export type WriteKind =
  /** A channel as a creation of this input makes it. */
  | 'CREATE'
  /** A channel as an update with this input leaves it: type, and servers where the input has none, stay as they are. */
  | 'UPDATE'

/**
 * In what a channel differs from an input. Servers and groups are multisets: their order means nothing. What the input
 * leaves out is what the cloud fills in: a server's port is the channel's, its weight its group's or 1, and so on. Spellings
 * that mean the same are the same. What the cloud does not keep (`dictCode` is not supported yet) is no difference.
 */
export function channelDifferences(
  input: VpcChannelInput,
  channel: VpcChannel,
  kind: WriteKind,
): Difference[] {
  return [
    ...differentPairs('', {
      port: [input.port, channel.port],
      balanceStrategy: [input.balanceStrategy, channel.balanceStrategy],
      memberType: [input.memberType, channel.memberType],
      type: [kind === 'CREATE' ? (input.type ?? channel.type) : channel.type, channel.type],
      dictCode: [kept(input.dictCode, channel.dictCode), channel.dictCode],
    }),
    ...groupsDifferences(input, channel, kind),
    ...membersDifferences(input, channel, kind),
    ...healthDifferences(input, channel, kind),
    ...(input.microservice ? microserviceDifferences(input.microservice, channel.microservice) : []),
  ]
}

/** What an input asks for and an update leaves as it is: a channel keeps its type (vendor's page of 2025-12-18). */
export const ignoredByUpdate = (input: VpcChannelInput, channel: VpcChannel): Difference[] =>
  input.type && channel.type ? differentPairs('', { type: [input.type, channel.type] }) : []

/** What is wanted of a value that the cloud may not keep: what is there, if it has kept nothing. */
const kept = (wanted: string | null | undefined, found: string | null): string | null =>
  found === null ? null : (wanted?.trim() ?? found)

/** Of groups that an input does not mention, no page says whether an update keeps them. */
function groupsDifferences(input: VpcChannelInput, channel: VpcChannel, kind: WriteKind): Difference[] {
  const keyed = <Group extends { readonly name: string | null }>(groups: readonly Group[]): Keyed<Group>[] =>
    groups.map((item) => ({ key: (item.name ?? '').trim(), label: (item.name ?? '').trim(), item }))
  const differences = differentSets(
    'memberGroups',
    keyed(input.memberGroups ?? []),
    keyed(channel.memberGroups),
    groupDifferences,
    shownGroup,
  )
  return kind === 'UPDATE' && !input.memberGroups ? differences.map(uncertain) : differences
}

const uncertain = (difference: Difference): Difference => ({ ...difference, certain: false })

/** ROMA Connect's answers leave the three `microservice_*` fields of a group out. */
const groupDifferences = (path: string, wanted: MemberGroupInput, found: MemberGroup): Difference[] => [
  ...differentPairs(
    path,
    {
      remark: [orNothing(wanted.remark), orNothing(found.remark)],
      weight: [wanted.weight ?? found.weight, found.weight],
      dictCode: [kept(wanted.dictCode, found.dictCode), found.dictCode],
    },
    ['remark'],
  ),
  ...differentPairs(path, {
    microserviceVersion: [orNothing(wanted.microserviceVersion), orNothing(found.microserviceVersion)],
    microservicePort: [orNothing(wanted.microservicePort), orNothing(found.microservicePort)],
    microserviceLabels: [labels(wanted.microserviceLabels), labels(found.microserviceLabels)],
  }),
]

/** What a difference says of a group that was found: what the input has words for, in one spelling. */
const shownGroup = (group: MemberGroup): unknown => ({
  name: group.name?.trim(),
  remark: orNothing(group.remark),
  weight: group.weight,
  microserviceVersion: orNothing(group.microserviceVersion),
  microservicePort: orNothing(group.microservicePort),
  microserviceLabels: labels(group.microserviceLabels),
})

/** Labels as one text, whatever their order; `null` for none. */
const labels = (
  list: readonly { readonly name: string | null; readonly value: string | null }[] | null | undefined,
): string | null =>
  orNothing(
    (list ?? [])
      .map(({ name, value }) => `${name?.trim()}=${value?.trim()}`)
      .sort()
      .join(','),
  )

/** A microservice channel's servers come from its registry, unless the input brings some. */
function membersDifferences(input: VpcChannelInput, channel: VpcChannel, kind: WriteKind): Difference[] {
  const wanted = input.members ?? []
  if (wanted.length === 0 && (kind === 'UPDATE' || input.type === 'MICROSERVICE')) return []
  if (channel.members === undefined || channel.members === null) {
    return wanted.length === 0 ? [] : [{ path: 'members', wanted, found: null, certain: false }]
  }
  const servers = keyedServers(input, wanted, channel)
  return differentSets('members', servers.wanted, servers.found, memberDifferences(input), (found) =>
    shownMember(input.memberType, found, channel.port),
  )
}

interface KeyedServers {
  readonly wanted: readonly Keyed<MemberInput>[]
  readonly found: readonly Keyed<Member>[]
}

/**
 * Servers by their identity. A path names the group only where the address is in several. A server that the input gives no
 * group is looked for in all groups: no page says which one the cloud puts it in.
 */
function keyedServers(
  input: VpcChannelInput,
  members: readonly MemberInput[],
  channel: VpcChannel,
): KeyedServers {
  const identify = (server: ServerFields, port: number | null) =>
    serverIdentity(input.memberType, server, port)
  const wanted = members.map((item) => ({ item, ...identify(item, input.port) }))
  const found = (channel.members ?? []).map((item) => ({ item, ...identify(item, channel.port) }))
  const groups = new Map<string, Set<string>>()
  for (const { address, group } of [...wanted, ...found]) {
    groups.set(address, (groups.get(address) ?? new Set()).add(group))
  }
  const freeGroups = new Map<string, string[]>()
  for (const { address, group } of found) {
    const isAskedFor = wanted.some((one) => one.address === address && one.group === group)
    if (!isAskedFor) freeGroups.set(address, [...(freeGroups.get(address) ?? []), group])
  }
  const isIn = new Set(found.map(({ address, group }) => `${group}/${address}`))
  const keyed = <Item>({ address, group, item }: ServerIdentity & { readonly item: Item }): Keyed<Item> => ({
    key: `${group}/${address}`,
    label: (groups.get(address)?.size ?? 0) > 1 && group !== '' ? `${group}/${address}` : address,
    item,
  })
  return {
    wanted: wanted.map((one) => {
      if (one.group !== '' || isIn.has(`/${one.address}`)) return keyed(one)
      const filledIn = freeGroups.get(one.address)?.shift()
      return filledIn === undefined ? keyed(one) : { ...keyed(one), key: `${filledIn}/${one.address}` }
    }),
    found: found.map(keyed),
  }
}

/** The pages let a group's weight become that of its servers, and the cloud may keep a server's: either is as wanted. */
function memberDifferences(
  input: VpcChannelInput,
): (path: string, wanted: MemberInput, found: Member) => Difference[] {
  const weights = new Map(input.memberGroups?.map((group) => [group.name, group.weight]))
  const weightOf = ({ memberGroupName, weight }: MemberInput, found: Member): number | null =>
    weight === found.weight ? weight : (weights.get(memberGroupName ?? '') ?? weight ?? found.weight)
  return (path, wanted, found) => [
    ...differentPairs(path, {
      weight: [weightOf(wanted, found), found.weight],
      isBackup: [wanted.isBackup ?? false, found.isBackup ?? false],
      status: [wanted.status ?? 'AVAILABLE', found.status ?? 'AVAILABLE'],
    }),
    // The cloud completes these: from the server's own name, or the group that it chose.
    ...differentPairs(path, {
      memberGroupName: [orNothing(wanted.memberGroupName), orNothing(found.memberGroupName)],
      ecsName: [
        input.memberType === 'ECS' ? orNothing(wanted.ecsName ?? found.ecsName) : orNothing(found.ecsName),
        orNothing(found.ecsName),
      ],
    }).map(uncertain),
  ]
}

/** What a difference says of a server that was found, in one spelling. */
const shownMember = (memberType: MemberType, member: Member, channelPort: number | null): unknown => ({
  ...(memberType === 'IP' ? { host: normalHost(member.host ?? '') } : { ecsId: orNothing(member.ecsId) }),
  port: member.port || channelPort,
  memberGroupName: orNothing(member.memberGroupName),
  weight: member.weight,
  isBackup: member.isBackup ?? false,
  status: member.status ?? 'AVAILABLE',
})

/** Of a health check that an input does not mention, no page says whether an update keeps it or a creation adds it. */
function healthDifferences(input: VpcChannelInput, channel: VpcChannel, kind: WriteKind): Difference[] {
  const wanted = input.healthCheck
  const found = channel.healthCheck?.protocol ? channel.healthCheck : null
  if (!wanted) {
    return kind === 'UPDATE' || found === null
      ? []
      : [{ path: 'healthCheck', wanted: null, found: shownHealthCheck(found, channel.port), certain: false }]
  }
  if (found === null) {
    const isShown = channel.healthCheck === null
    return [{ path: 'healthCheck', wanted, found: null, certain: isShown }]
  }
  const asked: HealthCheck = { ...NOTHING, ...wanted, ...unsaidMethod(wanted, found) } as HealthCheck
  // Both without a port of their own check the channel's, whatever that becomes.
  const shown = shownHealthCheck(found, input.port)
  const pairs = Object.entries(shownHealthCheck(asked, input.port)).map(
    ([name, value]) => [name, [value, shown[name]]] as const,
  )
  return differentPairs('healthCheck.', Object.fromEntries(pairs), ['path', 'httpCodes'])
}

const NOTHING = { path: null, method: null, port: null, httpCodes: null, enableClientSsl: null, status: null }

/** A check over TCP has no method, and the cloud shows none. */
const unsaidMethod = ({ protocol }: HealthCheckInput, found: HealthCheck) =>
  protocol === 'TCP' && found.method === null ? { method: null } : {}

const shownHealthCheck = (
  check: HealthCheck,
  channelPort: number | null,
): Readonly<Record<string, unknown>> => ({
  protocol: check.protocol,
  path: orNothing(check.path),
  method: check.method ?? 'GET',
  port: check.port || channelPort,
  httpCodes: orNothing(check.httpCodes),
  healthyThreshold: check.healthyThreshold,
  unhealthyThreshold: check.unhealthyThreshold,
  intervalSeconds: check.intervalSeconds,
  timeoutSeconds: check.timeoutSeconds,
  enableClientSsl: check.enableClientSsl ?? false,
  status: check.status ?? 'AVAILABLE',
})

function microserviceDifferences({ cse, cce }: MicroserviceInput, found: Microservice | null): Difference[] {
  if (cse && found?.serviceType === 'CSE') {
    return differentPairs('microservice.cse.', {
      engineId: [orNothing(cse.engineId), orNothing(found.engineId)],
      serviceId: [orNothing(cse.serviceId), orNothing(found.serviceId)],
    })
  }
  if (cce && found?.serviceType === 'CCE') {
    return differentPairs(
      'microservice.cce.',
      {
        clusterId: [orNothing(cce.clusterId), orNothing(found.clusterId)],
        namespace: [orNothing(cce.namespace), orNothing(found.namespace)],
        workloadType: [cce.workloadType, found.workloadType],
        appName: [orNothing(cce.appName), orNothing(found.appName)],
        labelKey: [orNothing(cce.labelKey), orNothing(found.labelKey)],
        labelValue: [orNothing(cce.labelValue), orNothing(found.labelValue)],
      },
      ['appName', 'labelKey', 'labelValue'],
    )
  }
  return [
    {
      path: 'microservice',
      wanted: cse ?? cce ?? null,
      found: found && { ...found },
      certain: found !== null,
    },
  ]
}
