import type { MemberGroup } from '../cloud/channel.ts'
import type { JsonObject } from '../http/json.ts'
import type { ViewContext } from './view-context.ts'

export function groupView(group: MemberGroup, { product, spellTime }: ViewContext): JsonObject {
  const common = {
    member_group_id: group.id,
    member_group_name: group.member_group_name,
    member_group_weight: group.member_group_weight ?? 1,
    member_group_remark: group.member_group_remark ?? '',
    create_time: spellTime(group.createTime),
    update_time: spellTime(group.updateTime),
  }
  const microservice = {
    microservice_version: group.microservice_version ?? '',
    microservice_port: group.microservice_port ?? 0,
    ...(group.microservice_labels && { microservice_labels: group.microservice_labels }),
  }
  const reference = group.reference_vpc_channel_id
  const referring = reference !== undefined && { reference_vpc_channel_id: reference }
  if (product === 'APIG') {
    // Table 12 of the APIG page has a group's dictionary code, the page's examples do not.
    return {
      ...common,
      ...(group.dict_code && { dict_code: group.dict_code }),
      ...microservice,
      ...referring,
    }
  }
  // Table 9 of the ROMA page has no microservice fields; a group that was sent some answers them.
  const isOfMicroservice = group.microservice_version !== undefined || group.microservice_port !== undefined
  return { ...common, dict_code: group.dict_code ?? '', ...(isOfMicroservice && microservice), ...referring }
}
