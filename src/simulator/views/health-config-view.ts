import type { Channel, HealthConfig } from '../cloud/channel.ts'
import type { JsonObject } from '../http/json.ts'
import type { ViewContext } from './view-context.ts'

const AVAILABLE = 1

export function healthConfigView(
  config: HealthConfig,
  channel: Channel,
  { spellTime }: ViewContext,
): JsonObject {
  const protocol = config.protocol.toLowerCase()
  return {
    // Listed as TCP, HTTP and HTTPS in both pages' tables, sent and answered as `http` in both pages' examples.
    protocol,
    path: config.path ?? '',
    method: config.method ?? (protocol === 'tcp' ? '' : 'GET'),
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
    create_time: spellTime(config.createTime),
  }
}
