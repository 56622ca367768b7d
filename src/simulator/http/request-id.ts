import { randomUUID } from 'node:crypto'

/** `uuid-timestamp-hostname`, as the cloud's management nodes write `X-Request-Id`. */
export function newRequestId(now: Date): string {
  return `${randomUUID()}-${Math.floor(now.getTime() / 1000)}-sandbox-node-1`
}
