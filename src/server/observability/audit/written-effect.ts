import type { Effect } from '../../../errors/error-code.ts'
import type { RequestContext } from '../../request-context.ts'
import { describedOperation } from '../described-operation.ts'

/**
 * What became of the write that a field below a mutation's reads from: that of one instance, where the path goes through a
 * list of results, else that of the whole write. A subscription's events come while its write is under way: what is read there
 * from the cloud is read of a channel that was written.
 */
export function writtenEffect(
  context: RequestContext,
  key: string,
  below: readonly (string | number)[],
  isRead: boolean,
): Effect {
  const keys = new Set(
    describedOperation(context.record, context.secrets).writes.map(
      ({ alias, name }) => (alias ?? name).value,
    ),
  )
  const end = context.record.writes[[...keys].indexOf(key)]?.end
  if (end === undefined) return isRead ? 'APPLIED' : 'UNKNOWN'
  const index = below.find((segment) => typeof segment === 'number')
  return (index === undefined ? undefined : end.instances[index]?.effect) ?? end.effect
}
