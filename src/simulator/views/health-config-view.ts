import type { Channel, HealthConfig } from '../cloud/channel.ts'
import { spellTime } from '../cloud/timestamp.ts'
import type { JsonObject } from '../http/json.ts'
import type { ViewContext } from './view-context.ts'

const AVAILABLE = 1

export function healthConfigView(config: HealthConfig, channel: Channel, { setBy }: ViewContext): JsonObject {
  return {
    // Listed as TCP, HTTP and HTTPS in both pages' tables, sent and answered as `http` in both pages' examples.
    protocol: config.protocol.toLowerCase(),
    path: config.path ?? '',
    method: config.method ?? 'GET',
    port: config.port ?? 0,
    threshold_normal: config.threshold_normal,
    threshold_abnormal: config.threshold_abnormal,
    time_interval: config.time_interval,
    http_code: config.http_code ?? '',
    enable_client_ssl: config.enable_client_ssl ?? false,
    status: config.status ?? AVAILABLE,
    timeout: config.timeout,
    id: config.id,
    vpc_channel_id: channel.id,
    create_time: spellTime(config.createTime, setBy),
  }
}
