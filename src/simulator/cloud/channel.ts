import type {
  HealthConfigRequest,
  MemberGroupRequest,
  MemberRequest,
  MicroserviceRequest,
} from './channel-request.ts'
import type { Timestamp } from './timestamp.ts'

/** A channel at rest. What was sent is kept as it was sent, under the pages' names; defaults are for the views. */
export interface Channel {
  readonly id: string
  readonly instanceId: string
  readonly createTime: Timestamp
  readonly type: number
  name: string
  port: number
  balance_strategy: number
  member_type: 'ip' | 'ecs'
  dict_code: string
  groups: readonly MemberGroup[]
  members: readonly Member[]
  healthConfig: HealthConfig | undefined
  microservice: Microservice | undefined
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
