import { createHash } from 'node:crypto'
import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { channelQuota } from '../cloud/channel-quota.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance } from '../cloud/seed.ts'
import type { Answer, Call } from '../http/exchange.ts'

interface Config {
  readonly name: string
  readonly value: number
  readonly remark: string
  readonly used?: number
}

/** The two about channels are not the first, as on a real instance: clients must search by name. */
function configsOf(cloud: Cloud, instance: Instance): Config[] {
  const { limit, used } = channelQuota(cloud, instance)
  return [
    { name: 'API_NUM_LIMIT', value: 500, remark: 'APIs' },
    { name: 'APP_NUM_LIMIT', value: 100, remark: 'Apps' },
    { name: 'APIGROUP_NUM_LIMIT', value: 100, remark: 'API groups' },
    { name: 'ENVIRONMENT_NUM_LIMIT', value: 10, remark: 'Environments' },
    { name: 'SIGN_NUM_LIMIT', value: 200, remark: 'Signature keys' },
    { name: 'VPC_NUM_LIMIT', value: limit, remark: 'VPC channels', used },
    {
      name: 'VPC_INSTANCE_NUM_LIMIT',
      value: cloud.seed.limits.serversPerChannel,
      remark: 'Backend servers of a VPC channel',
    },
    { name: 'ACL_NUM_LIMIT', value: 100, remark: 'Access control policies' },
  ]
}

/** `GET …/instances/{instance_id}/project/configs` */
export function listConfigs(call: Call, scope: InstanceScope): Answer {
  const { cloud, instance } = scope
  const configs = configsOf(cloud, instance)
  const page = pageOf(scope, configs, call.query).map(({ name, value, remark, used = 0 }) => ({
    config_id: createHash('md5').update(`${instance.id}/${name}`).digest('hex'),
    config_name: name,
    config_value: String(value),
    config_time: '2020-08-24T01:17:31Z',
    remark,
    used,
  }))
  return { status: 200, body: { size: page.length, total: configs.length, configs: page } }
}
