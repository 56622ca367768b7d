import type {
  ChannelRequest,
  HealthConfigRequest,
  MemberRequest,
  MicroserviceRequest,
} from '../cloud/channel-request.ts'
import { MICROSERVICE_CHANNEL } from '../cloud/create-channel.ts'
import type { Product, Seed } from '../cloud/seed.ts'
import { parameterMissing, parameterRefused, serverNotFound } from '../refusals.ts'

/** The rules about several fields, which are in the pages' text and not in their tables. */
export function checkConditions(product: Product, seed: Seed, request: ChannelRequest): void {
  checkGroups(request)
  for (const member of request.members ?? []) checkMember(product, seed, request, member)
  if (request.vpc_health_config) checkHealthConfig(product, request.vpc_health_config)
  checkType(product, request)
  if (request.microservice_info) checkMicroservice(product, request.microservice_info)
}

function checkGroups({ member_groups: groups = [], type }: ChannelRequest): void {
  const names = groups.map((group) => group.member_group_name)
  if (new Set(names).size < names.length) throw parameterRefused('invalid', 'member_group_name')
  if (type === MICROSERVICE_CHANNEL) return
  for (const group of groups) {
    for (const name of ['microservice_version', 'microservice_port', 'microservice_labels'] as const) {
      if (group[name] !== undefined) throw parameterRefused('invalid', name)
    }
  }
}

function checkMember(product: Product, seed: Seed, request: ChannelRequest, member: MemberRequest): void {
  const needed = request.member_type === 'ip' ? (['host'] as const) : (['ecs_id', 'ecs_name'] as const)
  for (const name of needed) {
    if (!member[name]) throw parameterMissing(product, name)
  }
  const { member_group_name: groupName, ecs_id: ecsId } = member
  const { member_groups: groups } = request
  if (groupName && groups && !groups.some((group) => group.member_group_name === groupName)) {
    throw parameterRefused('invalid', 'member_group_name')
  }
  if (request.member_type === 'ecs' && ecsId && !seed.servers.some(({ id }) => id === ecsId)) {
    throw serverNotFound(ecsId)
  }
}

/** The protocols that need a path, in which the pages differ. Response codes are for `http` on both. */
const PROTOCOLS_WITH_PATH = { APIG: ['http', 'https'], ROMA_CONNECT: ['http'] } as const satisfies Record<
  Product,
  string[]
>

function checkHealthConfig(product: Product, config: HealthConfigRequest): void {
  const protocol = config.protocol.toLowerCase()
  const withPath: readonly string[] = PROTOCOLS_WITH_PATH[product]
  if (withPath.includes(protocol) && !config.path) throw parameterMissing(product, 'path')
  if (protocol === 'http' && !config.http_code) throw parameterMissing(product, 'http_code')
  if (config.timeout >= config.time_interval) throw parameterRefused('outOfRange', 'timeout')
}

function checkType(product: Product, { type, microservice_info: info }: ChannelRequest): void {
  if (type === MICROSERVICE_CHANNEL && !info) throw parameterMissing(product, 'microservice_info')
  if (type !== MICROSERVICE_CHANNEL && info) throw parameterRefused('invalid', 'microservice_info')
}

function checkMicroservice(product: Product, info: MicroserviceRequest): void {
  const [needed, other] =
    info.service_type === 'CSE' ? (['cse_info', 'cce_info'] as const) : (['cce_info', 'cse_info'] as const)
  if (!info[needed]) throw parameterMissing(product, needed)
  if (info[other]) throw parameterRefused('invalid', other)
  const workload = info.cce_info
  if (workload && !workload.app_name && !(workload.label_key && workload.label_value)) {
    throw parameterMissing(product, 'app_name')
  }
}
