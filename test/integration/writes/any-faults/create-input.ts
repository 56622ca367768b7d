import fc from 'fast-check'
import { expect } from 'vitest'
import type { ChannelRequest } from '../../../../src/simulator/cloud/channel-request.ts'
import type { Shown } from '../create-support.ts'

export const NAME = 'VPC_random'

/** Distinct, however they are spelt; so few that one comes in several groups and with several ports. */
const host = fc.constantFrom('192.168.7.1', '192.168.7.2', '2001:DB8:0:0::A1', 'Web-1.Example.com')
const weight = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined })
const port = fc.integer({ min: 1, max: 65_535 })
const status = fc.constantFrom('AVAILABLE', 'UNAVAILABLE')

const member = fc.record(
  {
    host,
    port: fc.constantFrom(0, 80, 8080),
    weight,
    isBackup: fc.boolean(),
    status,
    group: fc.nat({ max: 2 }),
  },
  { requiredKeys: ['host', 'group'] },
)

const healthCheck = fc
  .record(
    {
      protocol: fc.constantFrom('TCP', 'HTTP', 'HTTPS'),
      method: fc.constantFrom('GET', 'HEAD'),
      port,
      enableClientSsl: fc.boolean(),
    },
    { requiredKeys: ['protocol'] },
  )
  .map((given) => ({
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    intervalSeconds: 10,
    timeoutSeconds: 5,
    ...(given.protocol !== 'TCP' && { path: '/health', httpCodes: '200' }),
    ...given,
  }))

const content = fc
  .record({
    port,
    groups: fc.uniqueArray(fc.constantFrom('blue', 'green', 'red'), { maxLength: 3 }),
    groupWeight: weight,
    remark: fc.constantFrom(undefined, null, '', 'remark', ' remark'),
    members: fc.array(member, { maxLength: 5 }),
    healthCheck: fc.option(healthCheck, { nil: undefined }),
    balanceStrategy: fc.constantFrom('WEIGHTED_ROUND_ROBIN', 'SOURCE_HASH', 'URI_HASH'),
  })
  .map(({ groups, groupWeight, remark, members, healthCheck: check, ...rest }) => ({
    ...rest,
    memberType: 'IP',
    memberGroups: groups.map((name) => ({ name, weight: groupWeight, remark })),
    members: distinct(
      members.map(({ group, ...server }) => ({
        ...server,
        ...(groups.length > 0 && { memberGroupName: groups[group % groups.length] }),
      })),
      rest.port,
    ),
    ...(check && { healthCheck: check }),
  }))

/** The same server is not given twice: by group, address and port. */
function distinct<Server extends { host: string; port?: number; memberGroupName?: string | undefined }>(
  servers: readonly Server[],
  channelPort: number,
): Server[] {
  const keyOf = (server: Server) => placeOf(server, channelPort)
  return servers.filter((one, index) => servers.findIndex((other) => keyOf(other) === keyOf(one)) === index)
}

const placeOf = (server: Shown, channelPort: number): string =>
  [server.host, server.port || channelPort, server.memberGroupName ?? ''].join(' ')

const labels = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })

/** Of a microservice: its groups have versions and labels. */
const ofMicroservice = fc
  .record({ base: content, labels, version: fc.constantFrom(undefined, 'v1') })
  .map(({ base, labels: names, version }) => ({
    ...base,
    type: 'MICROSERVICE',
    microservice: { cse: { engineId: 'engine', serviceId: 'service' } },
    members: [],
    memberGroups: base.memberGroups.map((group) => ({
      ...group,
      microserviceVersion: version,
      ...(names.length > 0 && {
        microserviceLabels: names.map((name) => ({ name, value: `${name}-value` })),
      }),
    })),
  }))

// biome-ignore lint/suspicious/noExplicitAny: what a client may send
export const input: fc.Arbitrary<any> = fc.oneof(
  { weight: 5, arbitrary: content },
  { weight: 1, arbitrary: ofMicroservice },
)

/** The same in REST's words. */
export function requestOf(given: Shown): ChannelRequest {
  const strategies = { WEIGHTED_ROUND_ROBIN: 1, SOURCE_HASH: 3, URI_HASH: 4 }
  const check = given.healthCheck
  return JSON.parse(
    JSON.stringify({
      name: NAME,
      port: given.port,
      balance_strategy: strategies[given.balanceStrategy as keyof typeof strategies],
      member_type: 'ip',
      type: given.type === 'MICROSERVICE' ? 3 : 2,
      member_groups: given.memberGroups.map((group: Shown) => ({
        member_group_name: group.name,
        member_group_weight: group.weight,
        member_group_remark: group.remark ?? undefined,
        microservice_version: group.microserviceVersion,
        microservice_labels: group.microserviceLabels?.map(({ name, value }: Shown) => ({
          label_name: name,
          label_value: value,
        })),
      })),
      members: given.members.map((server: Shown) => ({
        host: server.host,
        port: server.port,
        weight: server.weight,
        is_backup: server.isBackup,
        status: server.status && (server.status === 'AVAILABLE' ? 1 : 2),
        member_group_name: server.memberGroupName,
      })),
      vpc_health_config: check && {
        protocol: check.protocol,
        method: check.method,
        port: check.port,
        path: check.path,
        http_code: check.httpCodes,
        enable_client_ssl: check.enableClientSsl,
        threshold_normal: 2,
        threshold_abnormal: 3,
        time_interval: 10,
        timeout: 5,
      },
      microservice_info: given.microservice && {
        service_type: 'CSE',
        cse_info: { engine_id: 'engine', service_id: 'service' },
      },
    }),
  )
}

/** The cloud has what the input said, in the words of the REST pages. */
export function expectContent(channel: Shown, given: Shown): void {
  expect(channel).toMatchObject({
    name: NAME,
    port: given.port,
    member_type: 'ip',
    type: given.type === 'MICROSERVICE' ? 3 : 2,
  })
  const groups = given.memberGroups.map((group: Shown) =>
    [
      group.name,
      group.weight ?? 1,
      group.remark ?? '',
      group.microserviceVersion ?? '',
      ...(group.microserviceLabels ?? []).map(({ name }: Shown) => name),
    ].join(),
  )
  const foundGroups = channel.member_groups.map((group: Shown) =>
    [
      group.member_group_name,
      group.member_group_weight,
      group.member_group_remark,
      group.microservice_version,
      ...(group.microservice_labels ?? []).map((label: Shown) => label.label_name),
    ].join(),
  )
  expect(foundGroups.sort()).toEqual(groups.sort())
  const servers = given.members.map((server: Shown) =>
    [placeOf(server, given.port), server.isBackup ?? false, server.status === 'UNAVAILABLE' ? 2 : 1].join(),
  )
  const foundServers = channel.members.map((server: Shown) =>
    [
      placeOf({ ...server, memberGroupName: server.member_group_name }, channel.port),
      server.is_backup,
      server.status,
    ].join(),
  )
  expect(foundServers.sort()).toEqual(servers.sort())
  expect(channel.vpc_health_config?.protocol?.toUpperCase()).toBe(given.healthCheck?.protocol)
}
