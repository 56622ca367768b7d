/** More than a page of the default size, as on a real instance: clients must page, or raise the limit, to find the last ones. */
export const FEATURE_NAMES = [
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

export type FeatureName = (typeof FEATURE_NAMES)[number]

export function isFeatureName(name: string): name is FeatureName {
  return FEATURE_NAMES.some((known) => known === name)
}
