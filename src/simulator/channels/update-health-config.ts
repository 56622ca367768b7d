import type { Channel } from '../cloud/channel.ts'
import type { HealthConfigRequest } from '../cloud/channel-request.ts'
import { newId } from '../cloud/new-id.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { checkHealthConfig } from '../validation/check-health-config.ts'
import { healthConfigTable } from '../validation/health-config-table.ts'
import { readBody } from '../validation/read-body.ts'
import { healthConfigView } from '../views/health-config-view.ts'
import { viewContext } from '../views/view-context.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `PUT …/vpc-channels/{vpc_channel_id}/health-config`: replaces the whole check, or makes one where there was none. */
export function updateHealthConfig(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const { cloud, product } = scope
  const body = readBody(scope, call, healthConfigTable(cloud.edition, product))
  // The table just checked is this type, row by row.
  const request = body as unknown as HealthConfigRequest
  checkHealthConfig(scope, request)
  const now = cloud.timestamp()
  const { id, createTime } = channel.healthConfig ?? { id: newId(), createTime: now }
  const healthConfig = { ...request, id, createTime }
  const updated = cloud.put({ ...channel, healthConfig })
  return {
    status: 200,
    body: healthConfigView(healthConfig, updated, viewContext(call, cloud, product, now)),
  }
}
