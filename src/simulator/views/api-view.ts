import { createHash } from 'node:crypto'
import type { Channel } from '../cloud/channel.ts'
import type { SeededApi } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'

const PUBLIC = 1
const VALID = 1
const USES_CHANNEL = 1
const TIME = '2020-08-03T01:36:00Z'

/** `ApiInfoPerPage` */
export function apiView({ id, name, groupName }: SeededApi): JsonObject {
  return {
    id,
    name,
    type: PUBLIC,
    req_protocol: 'HTTPS',
    req_method: 'GET',
    req_uri: `/${name}`,
    auth_type: 'APP',
    backend_type: 'HTTP',
    group_id: createHash('md5').update(groupName).digest('hex'),
    group_name: groupName,
    status: VALID,
    arrange_necessary: 2,
    register_time: TIME,
    update_time: TIME,
    run_env_name: 'RELEASE',
  }
}

export function apiDetailView(api: SeededApi, channel: Channel | undefined): JsonObject {
  return {
    ...apiView(api),
    backend_api: {
      req_protocol: 'HTTP',
      req_method: 'GET',
      req_uri: `/${api.name}`,
      timeout: 5000,
      status: VALID,
      register_time: TIME,
      update_time: TIME,
      vpc_channel_status: USES_CHANNEL,
      vpc_channel_info: {
        vpc_channel_id: api.channelId,
        vpc_channel_port: channel?.port ?? 0,
        vpc_channel_proxy_host: '',
        cascade_flag: false,
      },
    },
  }
}
