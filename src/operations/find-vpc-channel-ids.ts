import { isObject, readText } from '../translation/read-json.ts'
import { projectId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'

/**
 * The ids of a project's ROMA Connect channels of exactly one name, by instance. The example of a batch answer brings
 * no ids, so this is how they are found.
 */
export async function findVpcChannelIds(
  cloud: Cloud,
  channels: { readonly projectId: string; readonly name: string },
  context: OperationContext,
): Promise<ReadonlyMap<string, string>> {
  const caller = callContext(context)
  const project = projectId(channels.projectId)
  return explained(
    roma.listProjectVpcChannelsByName(cloud.roma, project, channels.name, caller).then((success) => {
      const list = isObject(success.body) ? success.body['project_vpc_channels'] : undefined
      if (!Array.isArray(list)) throw unreadable(success)
      const ids = new Map<string, string>()
      for (const item of list.filter(isObject)) {
        const id = readText(item['id'])
        const instanceId = readText(item['instance_id'])
        if (item['name'] === channels.name && id !== null && instanceId !== null) ids.set(instanceId, id)
      }
      return ids
    }),
    { kind: 'READ', token: caller.token, pathOf: () => null },
  )
}
