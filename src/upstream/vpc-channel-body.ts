/**
 * Request bodies of the two APIs, as their pages spell them. The pages share Tables 4 to 7; only what stands at the
 * top differs. A key whose value is `undefined` is not sent.
 */
export interface VpcChannelBody {
  name: string
  port: number
  balance_strategy: 1 | 2 | 3 | 4
  member_type: 'ip' | 'ecs'
  type?: 2 | 3 | undefined
  dict_code?: string | undefined
  member_groups?: MemberGroupBody[] | undefined
  members?: MemberBody[] | undefined
  vpc_health_config?: HealthConfigBody | undefined
  microservice_info?: MicroserviceBody | undefined
}

/** ROMA Connect page, Table 3: flat, unlike the page's example (every SDK of the vendor sends it flat). */
export interface ProjectVpcChannelsBody extends VpcChannelBody {
  instance_ids: string[]
}

/** APIG page, Table 4 (ROMA Connect's Table 4 is a part of it). */
export interface MemberGroupBody {
  member_group_name: string
  member_group_remark?: string | undefined
  member_group_weight?: number | undefined
  dict_code?: string | undefined
  microservice_version?: string | undefined
  microservice_port?: number | undefined
  microservice_labels?: { label_name: string; label_value: string }[] | undefined
}

/** APIG page, Table 6; ROMA Connect page, Table 5. */
export interface MemberBody {
  host?: string | undefined
  weight?: number | undefined
  is_backup?: boolean | undefined
  member_group_name?: string | undefined
  status?: 1 | 2 | undefined
  port?: number | undefined
  ecs_id?: string | undefined
  ecs_name?: string | undefined
}

/** APIG page, Table 7; ROMA Connect page, Table 6. Times are seconds. */
export interface HealthConfigBody {
  protocol: 'TCP' | 'HTTP' | 'HTTPS'
  path?: string | undefined
  method?: 'GET' | 'HEAD' | undefined
  port?: number | undefined
  threshold_normal: number
  threshold_abnormal: number
  time_interval: number
  http_code?: string | undefined
  enable_client_ssl?: boolean | undefined
  status?: 1 | 2 | undefined
  timeout: number
}

/** APIG page, Tables 8 to 10; `label_key` and `label_value` as the ROMA Connect page's Table 14 spells them. */
export interface MicroserviceBody {
  service_type: 'CSE' | 'CCE'
  cse_info?: { engine_id: string; service_id: string } | undefined
  cce_info?:
    | {
        cluster_id: string
        namespace: string
        workload_type: 'deployment' | 'statefulset' | 'daemonset'
        app_name?: string | undefined
        label_key?: string | undefined
        label_value?: string | undefined
      }
    | undefined
}
