import type { ChannelRequest } from './channel-request.ts'

export type Product = 'APIG' | 'ROMA_CONNECT'

/** The state before the first call. */
export interface Seed {
  readonly user: User
  readonly accessKeys: readonly AccessKey[]
  /** The first is the one the sandbox user works in. */
  readonly projects: readonly [Project, ...Project[]]
  readonly instances: readonly Instance[]
  readonly servers: readonly Server[]
  readonly engines: readonly Engine[]
  readonly clusters: readonly Cluster[]
  readonly channels: readonly SeededChannel[]
  readonly apis: readonly SeededApi[]
  readonly limits: Limits
}

export interface User {
  readonly id: string
  readonly name: string
  readonly password: string
  readonly domain: { readonly id: string; readonly name: string }
}

export interface AccessKey {
  readonly access: string
  readonly secret: string
  /** Security token of a temporary key, which is valid only with it. */
  readonly securityToken?: string
}

export interface Project {
  readonly id: string
  readonly name: string
}

export interface Instance {
  readonly id: string
  readonly name: string
  readonly product: Product
  readonly projectId: string
  /** The feature `vpc_name_modifiable`; the calls on a whole project need it off. */
  readonly vpcNameModifiable: boolean
  /** `VPC_NUM_LIMIT` of a ROMA Connect instance where it is not the default. */
  readonly channelLimit?: number
}

export interface SeededChannel {
  /** Default: a new id at each start. */
  readonly id?: string
  readonly instanceId: string
  readonly request: ChannelRequest
  /** RFC 3339 in UTC; default: the time of the start. */
  readonly createTime?: string
}

/** A published API whose backend is a channel, which therefore cannot be deleted. */
export interface SeededApi {
  readonly id: string
  readonly instanceId: string
  readonly name: string
  readonly groupName: string
  readonly channelId: string
}

interface Server {
  readonly id: string
  readonly name: string
  readonly privateIp: string
}

interface Engine {
  readonly id: string
  readonly name: string
  readonly registerAddress: string
  readonly services: readonly { readonly id: string; readonly name: string; readonly appId: string }[]
}

interface Cluster {
  readonly id: string
  readonly name: string
}

interface Limits {
  /** "At most 30 VPC channels per user", the APIG page: the `VPC_NUM_LIMIT` of each of its instances. */
  readonly apigChannelsPerUser: number
  /** `VPC_NUM_LIMIT` of a ROMA Connect instance, unless it has its own. */
  readonly romaChannelsPerInstance: number
  /** `VPC_INSTANCE_NUM_LIMIT` of both products: answered, not enforced. */
  readonly serversPerChannel: number
  /** `PROJECT_VPC_OPERATOR_NUM_LIMIT` of the ROMA page. */
  readonly instancesPerBatch: number
}
