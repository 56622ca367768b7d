import type { HealthConfigRequest } from '../cloud/channel-request.ts'
import { parameterMissing, parameterRefused } from '../refusals.ts'
import { DIFFERENCES } from './differences.ts'
import type { Rules } from './rules.ts'

export function checkHealthConfig({ cloud, product }: Rules, config: HealthConfigRequest): void {
  const { withPath, timeoutIsBelowInterval } = DIFFERENCES[cloud.edition][product]
  const protocol = config.protocol.toLowerCase()
  if (withPath.includes(protocol) && !config.path) throw parameterMissing(product, 'path')
  // Both products want response codes for `http` alone.
  if (protocol === 'http' && !config.http_code) throw parameterMissing(product, 'http_code')
  if (timeoutIsBelowInterval && config.timeout >= config.time_interval) {
    throw parameterRefused('outOfRange', 'timeout')
  }
}
