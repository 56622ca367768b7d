import type { FaultPath } from '../errors/validation-fault.ts'
import type { JsonObject } from '../vpc-channel/read-json.ts'
import type { WriteTarget } from './write-record.ts'

/** The input with this project where it names none, for inputs with a `projectId`. */
export const withProject = <Input extends { readonly projectId?: unknown }>(
  input: Input,
  projectId: string | undefined,
): Input => ({ ...input, projectId: input.projectId ?? projectId })

/** The target of an input with `projectId`, `name` and `instanceId`. */
export const targetInInstance = (input: JsonObject): WriteTarget => targetIn(input, [input['instanceId']])

/** The target of an input with `projectId`, `name` and `instanceIds`; one id in place of a list is a list of one. */
export const targetInInstances = (input: JsonObject): WriteTarget => {
  const ids: unknown = input['instanceIds']
  return targetIn(input, Array.isArray(ids) ? ids : [ids])
}

const targetIn = (input: JsonObject, instanceIds: readonly unknown[]): WriteTarget => ({
  projectId: textOf(input['projectId']),
  name: textOf(input['name']) ?? '',
  instanceIds: instanceIds.filter((id) => typeof id === 'string'),
})

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The position in a payload's list of results; the list may have an alias. */
export const indexInList = ([, index]: FaultPath): number | undefined =>
  typeof index === 'number' ? index : undefined
