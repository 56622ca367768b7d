import type {
  ChannelKind,
  HealthConfigRequest,
  MemberGroupRequest,
  MemberRequest,
  MicroserviceRequest,
} from './channel-request.ts'
import type { Timestamp } from './timestamp.ts'

/** An immutable channel, with the values that were sent under the pages' names; views add the defaults. */
export interface Channel {
  readonly id: string
  readonly instanceId: string
  readonly createTime: Timestamp
  readonly kind: ChannelKind
  readonly name: string
  readonly port: number
  readonly balance_strategy: number
  readonly member_type: 'ip' | 'ecs'
  readonly dict_code: string
  readonly groups: readonly MemberGroup[]
  readonly members: readonly Member[]
  readonly healthConfig: HealthConfig | undefined
  readonly microservice: Microservice | undefined
}

export interface MemberGroup extends MemberGroupRequest {
  readonly id: string
  readonly createTime: Timestamp
  readonly updateTime: Timestamp
}

export interface Member extends MemberRequest {
  readonly id: string
  readonly createTime: Timestamp
}

export interface HealthConfig extends HealthConfigRequest {
  readonly id: string
  readonly createTime: Timestamp
}

export interface Microservice extends MicroserviceRequest {
  readonly id: string
  readonly createTime: Timestamp
  readonly updateTime: Timestamp
}
