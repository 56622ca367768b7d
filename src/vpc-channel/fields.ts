import {
  boolean,
  code,
  dateTime,
  integer,
  list,
  listOrEmpty,
  port,
  text,
  textOrLeftOut,
  unlessLeftOut,
} from './codec.ts'
import {
  availabilityCodes,
  balanceStrategyCodes,
  channelStatusCodes,
  channelTypeCodes,
  healthCheckMethodCodes,
  healthCheckProtocolCodes,
  memberTypeCodes,
  microserviceTypeCodes,
  workloadTypeCodes,
} from './codes.ts'
import { groupComparison } from './group-comparison.ts'
import { healthCheckComparison } from './health-check-comparison.ts'
import { identityByName, identityByPort, identityOf } from './identity.ts'
import { labelComparison } from './label-comparison.ts'
import { microserviceCodec } from './microservice-codec.ts'
import { object } from './object-codec.ts'
import { answer, optional, required } from './row.ts'
import { serverComparison } from './server-comparison.ts'
import {
  asGiven,
  completed,
  completedOfEcs,
  filledIn,
  filledInOnce,
  ifKept,
  orNone,
  orNoneIfShown,
  portOrChannels,
  whenOmitted,
} from './value-comparison.ts'

/*
 * Every field of a VPC channel, once: its GraphQL name, whether inputs have it (`required`, `optional`) or only answers do
 * (`answer`), its REST name, its values, and how a channel's is compared with an input's. The types of inputs and of the
 * model, the REST body, the reading of answers, the way back from a REST parameter to a place in an input, and the
 * differences of a channel from an input follow from it. Fields are written and compared in this order.
 */

/** APIG page, Table 5. */
export const microserviceLabel = object({
  name: required('label_name', text, orNone),
  value: required('label_value', text, orNone),
})

/** APIG page, Table 4; ROMA Connect page, Table 4, which is a part of it. ROMA Connect leaves `microservice_*` out of answers. */
export const memberGroup = object({
  id: answer('member_group_id', text),
  name: required('member_group_name', text, identityByName),
  remark: optional('member_group_remark', text, orNone),
  weight: optional('member_group_weight', integer, filledIn),
  dictCode: optional('dict_code', text, ifKept),
  microserviceVersion: optional('microservice_version', text, orNoneIfShown),
  microservicePort: optional('microservice_port', port, orNoneIfShown),
  microserviceLabels: optional(
    'microservice_labels',
    list(microserviceLabel),
    labelComparison(microserviceLabel),
  ),
  createdAt: answer('create_time', dateTime),
  updatedAt: answer('update_time', dateTime),
})

/** APIG page, Table 6; ROMA Connect page, Table 5. */
export const member = object({
  id: answer('id', text),
  vpcChannelId: answer('vpc_channel_id', text),
  memberGroupId: answer('member_group_id', text),
  host: optional('host', text, identityOf('IP')),
  ecsId: optional('ecs_id', text, identityOf('ECS')),
  port: optional('port', port, identityByPort),
  weight: optional('weight', integer, filledIn),
  isBackup: optional('is_backup', boolean, whenOmitted(false)),
  status: optional('status', code(availabilityCodes), whenOmitted('AVAILABLE')),
  // The cloud completes these: from the group that it chose, or the server's own name.
  memberGroupName: optional('member_group_name', text, completed),
  ecsName: optional('ecs_name', text, completedOfEcs),
  createdAt: answer('create_time', dateTime),
})

/** APIG page, Table 7; ROMA Connect page, Table 6. Times are seconds. */
export const healthCheck = object({
  id: answer('id', text),
  vpcChannelId: answer('vpc_channel_id', text),
  protocol: required('protocol', code(healthCheckProtocolCodes), asGiven),
  path: optional('path', text, orNone),
  method: optional('method', code(healthCheckMethodCodes), whenOmitted('GET')),
  port: optional('port', port, portOrChannels),
  httpCodes: optional('http_code', text, orNone),
  healthyThreshold: required('threshold_normal', integer, asGiven),
  unhealthyThreshold: required('threshold_abnormal', integer, asGiven),
  intervalSeconds: required('time_interval', integer, asGiven),
  timeoutSeconds: required('timeout', integer, asGiven),
  enableClientSsl: optional('enable_client_ssl', boolean, whenOmitted(false)),
  status: optional('status', code(availabilityCodes), whenOmitted('AVAILABLE')),
  createdAt: answer('create_time', dateTime),
})

/** APIG page, Table 8, and the ROMA Connect page's Table 12: what microservices of both kinds have. */
const anyMicroservice = object({
  serviceType: answer('service_type', code(microserviceTypeCodes)),
  id: answer('id', text),
  instanceId: answer('instance_id', text),
  createdAt: answer('create_time', dateTime),
  updatedAt: answer('update_time', dateTime),
})

/** APIG page, Table 9. */
export const cseMicroservice = object({
  engineId: required('engine_id', text, orNoneIfShown),
  serviceId: required('service_id', text, orNoneIfShown),
  engineName: answer('engine_name', text),
  serviceName: answer('service_name', text),
  registerAddress: answer('register_address', text),
  cseAppId: answer('cse_app_id', text),
  version: answer('version', text),
})

/** APIG page, Table 10; the label as the ROMA Connect page's Table 14 spells it. */
export const cceMicroservice = object({
  clusterId: required('cluster_id', text, orNoneIfShown),
  clusterName: answer('cluster_name', text),
  namespace: required('namespace', text, orNoneIfShown),
  workloadType: required('workload_type', code(workloadTypeCodes), asGiven),
  appName: optional('app_name', text, orNone),
  labelKey: optional('label_key', text, orNone),
  labelValue: optional('label_value', text, orNone),
})

const microservice = microserviceCodec(anyMicroservice, cseMicroservice, cceMicroservice)

// ROMA Connect page, Table 8 says BUILTIN and MICROSERVICE, its example 2; newer instances use these words in lower case.
const channelType = code(channelTypeCodes, { builtin: 'SERVER', microservice: 'MICROSERVICE' })

/** Table 3 of both pages. */
export const vpcChannel = object({
  instanceName: answer('instance_name', text),
  // The ROMA Connect page's example of a batch answer leaves the id out.
  id: answer('id', textOrLeftOut),
  name: required('name', text, identityByName),
  port: required('port', port, asGiven),
  balanceStrategy: required('balance_strategy', code(balanceStrategyCodes), asGiven),
  memberType: required('member_type', code(memberTypeCodes), asGiven),
  type: optional('type', channelType, filledInOnce, 'vpc_channel_type'),
  dictCode: optional('dict_code', text, ifKept),
  status: answer('status', code(channelStatusCodes)),
  createdAt: answer('create_time', dateTime),
  memberGroups: optional('member_groups', listOrEmpty(memberGroup), groupComparison(memberGroup)),
  members: optional('members', unlessLeftOut(list(member)), serverComparison(member)),
  healthCheck: optional('vpc_health_config', unlessLeftOut(healthCheck), healthCheckComparison(healthCheck)),
  microservice: optional('microservice_info', microservice, microservice.comparison),
})
