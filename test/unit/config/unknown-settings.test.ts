import { describe, expect, test } from 'vitest'
import { Settings } from '../../../src/config/settings.ts'
import { unknownSettings } from '../../../src/config/unknown-settings.ts'

const KNOWN = Object.keys(Settings.shape)
const told = (...names: string[]) => unknownSettings(names, KNOWN)

describe('a variable that looks like a setting and is none is named', () => {
  test.each([
    ['HW_REGION', 'HW_REGION_NAME'],
    ['HW_REGION_NAMES', 'HW_REGION_NAME'],
    ['HW_USERNAME', 'HW_USER_NAME'],
    ['HW_PASSWORD_USER', undefined],
    ['HW_ACCES_KEY', 'HW_ACCESS_KEY'],
    ['HW_ACCESS', 'HW_ACCESS_KEY'],
    ['HW_PROJECT', 'HW_PROJECT_ID'],
    ['HW_PROJECT_DI', 'HW_PROJECT_ID'],
    ['APIG_ENDPONT', 'APIG_ENDPOINT'],
    ['APIG_ENDPOINT_URL', 'APIG_ENDPOINT'],
    ['apig_endpoint', 'APIG_ENDPOINT'],
    ['ROMA_ENDPIONT', 'ROMA_ENDPOINT'],
    ['LOG_LEVELS', 'LOG_LEVEL'],
    ['NODE_ENW', 'NODE_ENV'],
    ['MAX_IN_FLIGTH', 'MAX_IN_FLIGHT'],
    ['SANDBOXX', 'SANDBOX'],
    ['PROBEPORT', 'PROBE_PORT'],
  ])('%s: %s', (name, setting) => {
    expect(told(name)).toEqual(
      setting === undefined ? [] : [`${name} is no setting of this gateway: is ${setting} meant?`],
    )
  })

  test.each([
    'APIG_URL',
    'ROMA_TOKEN',
    'IAM_URL',
    'CALLER_NAMES',
    'TRUSTED_ORIGINS',
    'CORS_METHODS',
    'PROBE_PATH',
  ])('%s, though no setting is like it', (name) => {
    expect(told(name)).toEqual([`${name} is no setting of this gateway`])
  })

  test('all at once', () => {
    expect(told('PATH', 'HW_REGION', 'APIG_ENDPONT')).toHaveLength(2)
  })
})

describe('a variable of another program is not', () => {
  test.each([
    // The vendor's Terraform provider, its SDKs and its command line.
    ...[
      'HW_AUTH_URL',
      'HW_CLOUD',
      'HW_DOMAIN_ID',
      'HW_USER_ID',
      'HW_PROJECT_NAME',
      'HW_ENTERPRISE_PROJECT_ID',
    ],
    ...[
      'HW_INSECURE',
      'HW_CACERT',
      'HW_CERT',
      'HW_KEY',
      'HW_PROFILE',
      'HW_SHARED_CONFIG_FILE',
      'HW_MAX_RETRIES',
    ],
    ...[
      'HW_ASSUME_ROLE_AGENCY_NAME',
      'HW_ASSUME_ROLE_DOMAIN_NAME',
      'HW_AUTH_TOKEN',
      'HW_TOKEN',
      'HW_AGENCY_NAME',
    ],
    ...[
      'HW_REGIONAL',
      'HW_ENDPOINT_TYPE',
      'HW_SIGNING_ALGORITHM',
      'HW_DELEGATED_PROJECT',
      'HUAWEICLOUD_SDK_AK',
    ],
    ...[
      'PATH',
      'HOME',
      'HOSTNAME',
      'USER',
      'PWD',
      'SHLVL',
      'LANG',
      'TZ',
      'TERM',
      'LOGNAME',
      'HOSTTYPE',
      'CI',
    ],
    ...[
      'NODE_OPTIONS',
      'NODE_EXTRA_CA_CERTS',
      'NODE_COMPILE_CACHE',
      'NODE_VERSION',
      'YARN_VERSION',
      'LOG_FORMAT',
    ],
    ...[
      'OTEL_SERVICE_NAME',
      'OTEL_RESOURCE_ATTRIBUTES',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_BSP_MAX_QUEUE_SIZE',
    ],
    ...['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', 'OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_LOGS_EXPORTER'],
    ...[
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'NO_PROXY',
      'http_proxy',
      'https_proxy',
      'no_proxy',
      'KUBERNETES_SERVICE_HOST',
    ],
    ...['KUBERNETES_PORT', 'npm_config_cache', 'npm_lifecycle_event', 'MAX_MEMORY', 'CLIENT_ID', 'POD_NAME'],
  ])('%s', (name) => {
    expect(told(name)).toEqual([])
  })
})

test('no setting is taken for a mistake', () => {
  expect(unknownSettings(KNOWN, KNOWN)).toEqual([])
})
