import { type FieldNode, valueFromASTUntyped } from 'graphql'
import { isIncluded } from '../../../graphql/vpc-channel/selection.ts'
import type { WriteEntry } from '../../../operations/write.ts'
import { type AskedWrite, sameEnd, type WriteEnd } from '../../../operations/write-record.ts'
import { writes as allWrites } from '../../../operations/writes.ts'
import { isObject } from '../../../vpc-channel/read-json.ts'
import type { RequestContext } from '../../request-context.ts'
import { describedOperation } from '../described-operation.ts'

type Variables = Readonly<Record<string, unknown>>

/** The writes that an operation names and that never began: GraphQL has refused them, or a write before them failed. */
export function refusedWrites(context: RequestContext): AskedWrite[] {
  const { writes, params } = context.record
  const { writes: named } = describedOperation(context.record, context.secrets)
  if (named.length <= writes.length) return []
  const variables = params.variables ?? {}
  const included = named.filter((field) => isAskedFor(field, variables))
  // Fields of one key are one field, and are done in their order.
  const fields = [...new Map(included.map((field) => [(field.alias ?? field.name).value, field])).values()]
  return [...allWrites.values()].flatMap((write) => {
    const begun = writes.filter(({ asked }) => asked.field === write.field).length
    const asking = fields.filter((field) => field.name.value === write.field).slice(begun)
    return asking.map((field) => askedBy(field, write, context.projectId, variables))
  })
}

/** How such a write ended. */
export const refusedEnd = (asked: AskedWrite): WriteEnd =>
  sameEnd(asked, { outcome: 'NOT_ATTEMPTED', effect: 'NOT_APPLIED' })

function isAskedFor(field: FieldNode, variables: Variables): boolean {
  try {
    return isIncluded(field, variables)
  } catch {
    // A directive that cannot be read is what it was refused for.
    return true
  }
}

/** What a field asks for, as far as it can be read: its values may be of any kind. */
function askedBy(
  field: FieldNode,
  write: WriteEntry,
  projectId: string | undefined,
  variables: Variables,
): AskedWrite {
  const argument = field.arguments?.find(({ name }) => name.value === 'input')
  const given = argument && valueFromASTUntyped(argument.value, { ...variables })
  const input = write.withProject(isObject(given) ? given : {}, projectId)
  return { field: write.field, ...write.target(input) }
}
