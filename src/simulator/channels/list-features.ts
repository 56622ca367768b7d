import { createHash } from 'node:crypto'
import type { Instance } from '../cloud/seed.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { JsonObject } from '../http/json.ts'
import type { InstanceScope } from './instance-scope.ts'
import { pageOf } from './page-of.ts'

/** More than a page of the default size, as on a real instance: clients must page, or raise the limit, to find the last ones. */
const FEATURE_NAMES = [
  'app_api_key',
  'app_basic',
  'app_jwt_enable',
  'app_quota',
  'app_route',
  'app_secret',
  'app_token',
  'backend_client_certificate',
  'backend_timeout',
  'backend_token_allow',
  'custom_auth_backend',
  'default_group_hide',
  'elastic_network_interface',
  'gzip',
  'http_to_https',
  'multi_auth',
  'query_params_log',
  'ratelimit',
  'request_body_size',
  'retry',
  'ssl_ciphers',
  'vpc_name_modifiable',
  'xml_json_transform',
] as const

/** `GET …/instances/{instance_id}/features` */
export function listFeatures(call: Call, scope: InstanceScope): Answer {
  const page = pageOf(scope, FEATURE_NAMES, call.query).map((name) => featureView(scope.instance, name))
  return { status: 200, body: { size: page.length, total: FEATURE_NAMES.length, features: page } }
}

function featureView(instance: Instance, name: string): JsonObject {
  const isOn = name === 'vpc_name_modifiable' ? instance.vpcNameModifiable : false
  return {
    id: createHash('md5').update(`${instance.id}/${name}`).digest('hex'),
    name,
    enable: true,
    config: isOn ? 'on' : 'off',
    instance_id: instance.id,
    update_time: '2020-08-24T01:17:31.041984021Z',
  }
}
