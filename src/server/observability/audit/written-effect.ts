import type { Effect } from '../../../errors/error-code.ts'
import { writes } from '../../../operations/writes.ts'
import type { RequestContext } from '../../request-context.ts'
import { describedOperation } from '../described-operation.ts'

/**
 * What became of the write that a field below a mutation's reads from: that of one instance, where the path leads to its
 * result, else that of the whole write. A subscription's events come while its write is under way: what a field reads there
 * from the cloud, it reads of a channel that was written.
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
  const write = context.record.writes[[...keys].indexOf(key)]
  if (write?.end === undefined) return isRead ? 'APPLIED' : 'UNKNOWN'
  const { asked, end } = write
  const index = writes.get(asked.field)?.resultIndex(below)
  return (index === undefined ? undefined : end.instances[index]?.effect) ?? end.effect
}
