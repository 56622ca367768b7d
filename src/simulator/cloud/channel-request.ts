import type { JsonObject } from '../http/json.ts'

/** The body of a create, an update or a batch upsert, after validation. */
export interface ChannelRequest {
  readonly name: string
  readonly port: number
  readonly balance_strategy: number
  readonly member_type: 'ip' | 'ecs'
  readonly type?: number
  readonly vpc_channel_type?: ChannelKind | ''
  readonly dict_code?: string
  readonly member_groups?: readonly MemberGroupRequest[]
  readonly members?: readonly MemberRequest[]
  readonly vpc_health_config?: HealthConfigRequest
  readonly microservice_info?: MicroserviceRequest
}

export type ChannelKind = 'builtin' | 'microservice' | 'reference'

export interface ProjectChannelRequest extends ChannelRequest {
  readonly instance_ids: readonly string[]
}

export interface MemberGroupRequest {
  readonly member_group_name: string
  readonly member_group_remark?: string
  readonly member_group_weight?: number
  readonly dict_code?: string
  readonly microservice_version?: string
  readonly microservice_port?: number
  readonly microservice_labels?: readonly MicroserviceLabel[]
  /** The channel that a group of a reference channel refers to. */
  readonly reference_vpc_channel_id?: string
}

interface MicroserviceLabel {
  readonly label_name: string
  readonly label_value: string
}

export interface MemberRequest {
  readonly host?: string
  readonly weight?: number
  readonly is_backup?: boolean
  readonly member_group_name?: string
  readonly status?: number
  readonly port?: number
  readonly ecs_id?: string
  readonly ecs_name?: string
}

export interface HealthConfigRequest {
  readonly protocol: string
  readonly path?: string
  readonly method?: string
  readonly port?: number
  readonly threshold_normal: number
  readonly threshold_abnormal: number
  readonly time_interval: number
  readonly http_code?: string
  readonly enable_client_ssl?: boolean
  readonly status?: number
  readonly timeout: number
}

export interface MicroserviceRequest {
  readonly service_type: 'CSE' | 'CCE' | 'CCE_SERVICE' | 'NACOS'
  readonly cse_info?: { readonly engine_id: string; readonly service_id: string }
  readonly cce_info?: {
    readonly cluster_id: string
    readonly namespace: string
    readonly workload_type: string
    readonly app_name?: string
    readonly label_key?: string
    readonly label_value?: string
  }
  readonly cce_service_info?: {
    readonly cluster_id: string
    readonly namespace: string
    readonly service_name: string
  }
  readonly nacos_info?: JsonObject
}
