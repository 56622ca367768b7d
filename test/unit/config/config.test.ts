import { describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/config/config.ts'

type Environment = Readonly<Record<string, string>>

const configOf = (environment: Environment) => {
  const read = readConfig(environment)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.config
}
const faultsOf = (environment: Environment): readonly string[] => {
  const read = readConfig(environment)
  return read.ok ? [] : read.faults
}
const faulty = (environment: Environment): string[] =>
  faultsOf(environment).map((fault) => fault.split(':')[0] ?? '')

const LIMITS = [
  ['DEADLINE_MS', 'deadlineMs'],
  ['CONNECT_TIMEOUT_MS', 'connectMs'],
  ['HEADERS_TIMEOUT_MS', 'headersMs'],
  ['BODY_TIMEOUT_MS', 'bodyMs'],
  ['MAX_IN_FLIGHT', 'inFlight'],
  ['MAX_IN_FLIGHT_PER_CALLER', 'inFlightPerCaller'],
  ['MAX_QUEUE', 'queue'],
  ['MAX_QUEUE_PER_CALLER', 'queuePerCaller'],
] as const

describe('limits of time and of calls', () => {
  test.each(LIMITS)('%s', (name, limit) => {
    expect(configOf({ [name]: '123' }).limits[limit]).toBe(123)
    for (const bad of ['-1', '1.5', '1e3', 'many', '999999999']) {
      expect(faulty({ [name]: bad })).toEqual([name])
    }
  })
})

describe('what is let in', () => {
  test.each([
    ['MAX_BODY_BYTES', ['bodyBytes']],
    ['MAX_TOKENS', ['documents', 'tokens']],
    ['MAX_ALIASES', ['documents', 'aliases']],
    ['MAX_DIRECTIVES', ['documents', 'directives']],
    ['MAX_ROOT_FIELDS', ['documents', 'rootFields']],
    ['CLIENT_HEADERS_TIMEOUT_MS', ['http', 'headersMs']],
    ['CLIENT_KEEP_ALIVE_MS', ['http', 'keepAliveMs']],
    ['MAX_HEADER_BYTES', ['http', 'headerBytes']],
    ['MAX_UPSTREAM_HEADER_BYTES', ['limits', 'maxHeaderBytes']],
    ['MAX_CONNECTIONS', ['http', 'connections']],
  ] as const)('%s', (name, path) => {
    expect(configOf({ [name]: '4321' })).toHaveProperty([...path], 4321)
    for (const bad of ['-1', '1.5', '1e3', 'many', '999999999'])
      expect(faulty({ [name]: bad })).toEqual([name])
  })

  test('MAX_DEPTH, which the parser bounds', () => {
    expect(configOf({ MAX_DEPTH: '100' }).documents.depth).toBe(100)
    for (const bad of ['0', '101']) expect(faulty({ MAX_DEPTH: bad })).toEqual(['MAX_DEPTH'])
  })

  test('a request’s headers cannot have more time than all of it', () => {
    const times = (headers: string, request: string) => ({
      CLIENT_HEADERS_TIMEOUT_MS: headers,
      CLIENT_REQUEST_TIMEOUT_MS: request,
    })
    expect(configOf(times('500', '500')).http).toMatchObject({ headersMs: 500, requestMs: 500 })
    expect(faulty(times('501', '500'))).toEqual(['CLIENT_HEADERS_TIMEOUT_MS'])
    expect(faulty({ CLIENT_REQUEST_TIMEOUT_MS: '9000' })).toEqual(['CLIENT_HEADERS_TIMEOUT_MS'])
  })

  test('INTROSPECTION is on, off, or as the profile has it', () => {
    expect(configOf({ INTROSPECTION: 'true' }).introspection).toBe(true)
    expect(configOf({ INTROSPECTION: 'false' }).introspection).toBe(false)
    for (const bad of ['1', 'yes', 'TRUE']) expect(faulty({ INTROSPECTION: bad })).toEqual(['INTROSPECTION'])
  })

  test('CORS_ORIGINS are exact origins', () => {
    expect(configOf({ CORS_ORIGINS: 'https://console.example' }).corsOrigins).toEqual(
      new Set(['https://console.example']),
    )
    expect(configOf({ CORS_ORIGINS: 'https://a.example:8443, http://localhost:5173' }).corsOrigins).toEqual(
      new Set(['https://a.example:8443', 'http://localhost:5173']),
    )
    for (const bad of [
      ...['*', 'null', 'console.example', 'https://*.example', 'https://a.example/', 'https://a.example/x'],
      ...[
        'https://A.example',
        'https://a.example:443',
        'https://a@b.example',
        'ftp://a.example',
        'https://a.example,',
      ],
    ]) {
      expect(faulty({ CORS_ORIGINS: bad }), bad).toEqual(['CORS_ORIGINS'])
    }
  })
})

describe('the edition of the rules', () => {
  const CLOUD = { APIG_ENDPOINT: 'https://apig.example' }

  test.each([
    [{}, 'pages'],
    [CLOUD, 'current'],
    [{ ...CLOUD, VALIDATION: 'pages' }, 'pages'],
    [{ ...CLOUD, VALIDATION: 'documented' }, 'pages'],
    [{ VALIDATION: 'current' }, 'current'],
    [{ VALIDATION: 'types' }, 'types'],
  ])('of %j is %s', (environment, validation) => {
    expect(configOf(environment)).toMatchObject({ validation })
  })
})

describe('the defaults', () => {
  test('are those of the documents', () => {
    expect(configOf({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      logLevel: 'info',
      production: false,
      mode: 'sandbox',
      endpoints: { APIG: undefined, ROMA: undefined, IAM: undefined },
      projectId: undefined,
      validation: 'pages',
      instancesPerCall: 10,
      trustedDocuments: undefined,
      limits: {
        deadlineMs: 25_000,
        connectMs: 2_000,
        headersMs: 10_000,
        bodyMs: 10_000,
        inFlight: 32,
        inFlightPerCaller: 8,
        queue: 64,
        queuePerCaller: 16,
        maxHeaderBytes: 49_152,
        loginPauseMs: 3_600_000,
      },
      introspection: undefined,
      corsOrigins: new Set(),
      bodyBytes: 262_144,
      documents: { tokens: 2_000, depth: 12, aliases: 20, directives: 20, rootFields: 20 },
      http: {
        headersMs: 10_000,
        requestMs: 30_000,
        keepAliveMs: 65_000,
        headerBytes: 49_152,
        connections: 10_000,
      },
      ignored: [],
      warnings: [],
    })
  })

  test('an empty value is none', () => {
    const names = [
      ...[
        'PORT',
        'HOST',
        'LOG_LEVEL',
        'NODE_ENV',
        'HW_REGION_NAME',
        'APIG_ENDPOINT',
        'ROMA_ENDPOINT',
        'IAM_ENDPOINT',
      ],
      ...[
        'HW_PROJECT_ID',
        'HW_ACCESS_KEY',
        'HW_SECRET_KEY',
        'HW_SECURITY_TOKEN',
        'HW_USER_NAME',
        'HW_USER_PASSWORD',
      ],
      ...['HW_DOMAIN_NAME', 'VALIDATION', 'PROJECT_VPC_OPERATOR_NUM_LIMIT'],
      ...['TRUSTED_DOCUMENTS', 'TRUSTED_DOCUMENTS_ONLY'],
      ...LIMITS.map(([name]) => name),
    ]
    expect(configOf(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(configOf({}))
  })

  test('settings of other programs do not matter', () => {
    expect(configOf({ PATH: '/bin', HW_SOMETHING: 'x' })).toEqual(configOf({}))
  })

  test('the settings cannot be changed afterwards', () => {
    const config = configOf({})
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.endpoints)).toBe(true)
  })
})

describe('what is set', () => {
  test('is taken', () => {
    expect(
      configOf({
        PORT: '0',
        HOST: '0.0.0.0',
        LOG_LEVEL: 'debug',
        NODE_ENV: 'production',
        SANDBOX: 'true',
        HW_PROJECT_ID: 'project_1',
        VALIDATION: 'types',
        PROJECT_VPC_OPERATOR_NUM_LIMIT: '25',
      }),
    ).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      logLevel: 'debug',
      production: true,
      projectId: 'project_1',
      validation: 'types',
      instancesPerCall: 25,
    })
  })

  test('a region derives the three endpoints', () => {
    const { endpoints, mode } = configOf({ HW_REGION_NAME: 'cn-north-4' })
    expect(mode).toBe('cloud')
    expect(String(endpoints.APIG)).toBe('https://apig.cn-north-4.myhuaweicloud.com/')
    expect(String(endpoints.ROMA)).toBe('https://roma.cn-north-4.myhuaweicloud.com/')
    expect(String(endpoints.IAM)).toBe('https://iam.cn-north-4.myhuaweicloud.com/')
  })

  test('eu-west-101 ends in .eu', () => {
    const { endpoints } = configOf({ HW_REGION_NAME: 'eu-west-101' })
    expect(Object.values(endpoints).map(String)).toEqual([
      'https://apig.eu-west-101.myhuaweicloud.eu/',
      'https://roma.eu-west-101.myhuaweicloud.eu/',
      'https://iam.eu-west-101.myhuaweicloud.eu/',
    ])
  })

  test('an endpoint overrides the region, the others stay', () => {
    const { endpoints } = configOf({
      HW_REGION_NAME: 'cn-north-4',
      ROMA_ENDPOINT: 'http://localhost:8080/roma',
    })
    expect(String(endpoints.ROMA)).toBe('http://localhost:8080/roma')
    expect(String(endpoints.APIG)).toBe('https://apig.cn-north-4.myhuaweicloud.com/')
  })

  test.each(['APIG_ENDPOINT', 'ROMA_ENDPOINT', 'IAM_ENDPOINT'])(
    '%s alone means the cloud, with no other endpoint',
    (name) => {
      const { mode, endpoints } = configOf({ [name]: 'https://example.com' })
      expect(mode).toBe('cloud')
      expect(Object.values(endpoints).filter((url) => url !== undefined)).toHaveLength(1)
    },
  )

  test('a project alone leaves the sandbox a sandbox', () => {
    expect(configOf({ HW_PROJECT_ID: 'p' }).mode).toBe('sandbox')
  })
})

describe('the sandbox', () => {
  test.each<[Environment, string]>([
    [{}, 'sandbox'],
    [{ SANDBOX: 'true' }, 'sandbox'],
    [{ NODE_ENV: 'production', SANDBOX: 'true' }, 'sandbox'],
    [{ HW_REGION_NAME: 'cn-north-4', SANDBOX: 'false' }, 'cloud'],
    [{ NODE_ENV: 'production', ROMA_ENDPOINT: 'https://example.com' }, 'cloud'],
  ])('%j: the mode is %s', (environment, mode) => {
    expect(configOf(environment).mode).toBe(mode)
  })

  test.each<[Environment, string[]]>([
    [{ NODE_ENV: 'production' }, ['HW_REGION_NAME']],
    [{ NODE_ENV: 'production', HW_PROJECT_ID: 'p', HW_REGION_NAME: '' }, ['HW_REGION_NAME']],
    [{ NODE_ENV: 'production', SANDBOX: 'false' }, ['SANDBOX']],
    [{ SANDBOX: 'false' }, ['SANDBOX']],
    [{ SANDBOX: 'yes' }, ['SANDBOX']],
    [{ SANDBOX: 'true', HW_REGION_NAME: 'cn-north-4' }, ['SANDBOX']],
    [{ SANDBOX: 'true', IAM_ENDPOINT: 'https://example.com', NODE_ENV: 'production' }, ['SANDBOX']],
  ])('%j stops the start', (environment, names) => {
    expect(faulty(environment)).toEqual(names)
  })
})

describe('trusted documents', () => {
  test.each<[Environment, boolean]>([
    [{ NODE_ENV: 'production', SANDBOX: 'true' }, true],
    [{}, false],
    [{ NODE_ENV: 'production', SANDBOX: 'true', TRUSTED_DOCUMENTS_ONLY: 'false' }, false],
    [{ TRUSTED_DOCUMENTS_ONLY: 'true' }, true],
  ])('of a manifest under %j: no others are executed: %s', (environment, only) => {
    expect(configOf({ ...environment, TRUSTED_DOCUMENTS: 'm.json' }).trustedDocuments).toEqual({
      file: 'm.json',
      only,
    })
  })

  test('there are none without a manifest, in production neither', () => {
    expect(configOf({ NODE_ENV: 'production', SANDBOX: 'true' }).trustedDocuments).toBeUndefined()
    expect(configOf({ TRUSTED_DOCUMENTS_ONLY: 'false' }).trustedDocuments).toBeUndefined()
  })

  test('nothing but documents of no manifest is a mistake', () => {
    expect(faulty({ TRUSTED_DOCUMENTS_ONLY: 'true' })).toEqual(['TRUSTED_DOCUMENTS_ONLY'])
    expect(faulty({ TRUSTED_DOCUMENTS: 'm.json', TRUSTED_DOCUMENTS_ONLY: 'yes' })).toEqual([
      'TRUSTED_DOCUMENTS_ONLY',
    ])
  })
})

describe('what is wrong stops the start', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '40.5'],
    ['PORT', '0x10'],
    ['PORT', ' 4000'],
    ['LOG_LEVEL', 'loud'],
    ['VALIDATION', 'none'],
    ['PROJECT_VPC_OPERATOR_NUM_LIMIT', '0'],
    ['PROJECT_VPC_OPERATOR_NUM_LIMIT', 'ten'],
    ['PROJECT_VPC_OPERATOR_NUM_LIMIT', '-1'],
    ['HW_PROJECT_ID', '../x'],
    ['HW_PROJECT_ID', 'a'.repeat(65)],
    ['HW_REGION_NAME', 'cn north'],
    ['HW_REGION_NAME', 'evil.example/x'],
    ['HW_REGION_NAME', 'cn-north-4@evil'],
    ['APIG_ENDPOINT', 'apig.example.com'],
    ['APIG_ENDPOINT', 'ftp://example.com'],
    ['APIG_ENDPOINT', 'file:///etc/passwd'],
    ['ROMA_ENDPOINT', 'https://'],
    ['ROMA_ENDPOINT', 'https://user:secret@example.com'],
    ['IAM_ENDPOINT', 'https://example.com/?a=b'],
    ['IAM_ENDPOINT', 'https://example.com/#x'],
  ])('%s=%s', (name, value) => {
    expect(faulty({ [name]: value })).toEqual([name])
  })

  test('a fault does not tell the value: it may be a secret in the wrong place', () => {
    for (const name of ['PORT', 'APIG_ENDPOINT', 'LOG_LEVEL', 'HW_PROJECT_ID', 'VALIDATION']) {
      expect(faultsOf({ [name]: 'hunter2 is my password' }).join()).not.toContain('hunter2')
    }
  })

  test.each([
    [{ HW_ACCESS_KEY: 'a' }, ['HW_SECRET_KEY']],
    [{ HW_SECRET_KEY: 's' }, ['HW_ACCESS_KEY']],
    [{ HW_USER_NAME: 'u' }, ['HW_DOMAIN_NAME', 'HW_USER_PASSWORD']],
    [{ HW_USER_NAME: 'u', HW_USER_PASSWORD: 'p' }, ['HW_DOMAIN_NAME']],
    [{ HW_DOMAIN_NAME: 'd' }, ['HW_USER_NAME', 'HW_USER_PASSWORD']],
    [{ HW_SECURITY_TOKEN: 't' }, ['HW_SECURITY_TOKEN']],
    [{ HW_ACCESS_KEY: 'a', HW_SECRET_KEY: '' }, ['HW_SECRET_KEY']],
  ])('half a set of credentials: %j', (environment, names) => {
    expect(faulty(environment).sort()).toEqual(names)
  })

  test.each<Environment>([
    { HW_ACCESS_KEY: 'a', HW_SECRET_KEY: 's' },
    { HW_ACCESS_KEY: 'a', HW_SECRET_KEY: 's', HW_SECURITY_TOKEN: 't' },
    { HW_USER_NAME: 'u', HW_USER_PASSWORD: 'p', HW_DOMAIN_NAME: 'd' },
    { HW_ACCESS_KEY: 'a', HW_SECRET_KEY: 's', HW_USER_NAME: 'u', HW_USER_PASSWORD: 'p', HW_DOMAIN_NAME: 'd' },
  ])('a whole set is none: %j', (environment) => {
    expect(faultsOf(environment)).toEqual([])
  })

  test('every wrong value is named at once', () => {
    expect(
      faulty({
        PORT: 'x',
        LOG_LEVEL: 'loud',
        VALIDATION: 'none',
        APIG_ENDPOINT: 'x',
        HW_PROJECT_ID: '..',
      }).sort(),
    ).toEqual(['APIG_ENDPOINT', 'HW_PROJECT_ID', 'LOG_LEVEL', 'PORT', 'VALIDATION'])
  })

  test('every half set is named at once', () => {
    expect(faulty({ HW_ACCESS_KEY: 'a', HW_USER_NAME: 'u', HW_DOMAIN_NAME: 'd' }).sort()).toEqual([
      'HW_SECRET_KEY',
      'HW_USER_PASSWORD',
    ])
  })

  test.each([
    ['PORT', 'x'],
    ['LOG_LEVEL', 'loud'],
    ['VALIDATION', 'none'],
    ['APIG_ENDPOINT', 'x'],
    ['ROMA_ENDPOINT', 'https://u:p@example.com'],
    ['HW_PROJECT_ID', '..'],
  ])('a half set and a wrong value are named at once: %s=%s', (name, value) => {
    expect(faulty({ [name]: value, HW_ACCESS_KEY: 'a', ALLOW_ANY_CALLER: 'true' }).sort()).toEqual(
      [name, 'HW_SECRET_KEY'].sort(),
    )
  })
})

describe('metrics', () => {
  test('are off unless a port is set', () => {
    expect(configOf({}).metrics).toBeUndefined()
    expect(configOf({ METRICS_HOST: '0.0.0.0' }).metrics).toBeUndefined()
  })
  test('listen where the gateway does, unless told otherwise', () => {
    expect(configOf({ METRICS_PORT: '9464', HOST: '10.0.0.1' }).metrics).toEqual({
      host: '10.0.0.1',
      port: 9464,
    })
    expect(configOf({ METRICS_PORT: '0', METRICS_HOST: '::1' }).metrics).toEqual({ host: '::1', port: 0 })
    expect(faulty({ METRICS_PORT: '70000' })).toEqual(['METRICS_PORT'])
  })
  test('and probes have ports of their own', () => {
    expect(configOf({ PROBE_PORT: '4001' }).probePort).toBe(4001)
    expect(configOf({}).probePort).toBeUndefined()
    expect(faulty({ PROBE_PORT: '4000' })).toEqual(['PROBE_PORT'])
    expect(faulty({ PROBE_PORT: '9464', METRICS_PORT: '9464' })).toEqual(['METRICS_PORT'])
    expect(faulty({ PROBE_PORT: '0', METRICS_PORT: '0', PORT: '0' })).toEqual([])
  })
  test('have a port of their own', () => {
    expect(faulty({ METRICS_PORT: '4000' })).toEqual(['METRICS_PORT'])
    expect(faulty({ METRICS_PORT: '5000', PORT: '5000' })).toEqual(['METRICS_PORT'])
    expect(faulty({ METRICS_PORT: '0', PORT: '0' })).toEqual([])
  })
})

describe('traces', () => {
  const ENDPOINT = 'http://collector:4318'

  test('are off unless somebody says where they go', () => {
    expect(configOf({}).tracing).toBeUndefined()
    expect(configOf({ OTEL_SERVICE_NAME: 'x', OTEL_TRACES_SAMPLER: 'always_on' }).tracing).toBeUndefined()
    for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) {
      expect(configOf({ [name]: ENDPOINT }).tracing).toEqual({
        sampler: 'parentbased_always_on',
        ratio: 1,
        timeoutMs: 3_000,
      })
    }
  })
  test.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_SDK_DISABLED: 'TRUE' }, { OTEL_TRACES_EXPORTER: 'none' }])(
    'are off where they are switched off: %o',
    (off) => {
      expect(configOf({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, ...off }).tracing).toBeUndefined()
    },
  )
  test('may be a share of all', () => {
    const ratio = {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    }
    expect(configOf({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, ...ratio }).tracing).toEqual({
      sampler: 'parentbased_traceidratio',
      ratio: 0.25,
      timeoutMs: 500,
    })
  })
  test('of settings that are wrong stop the start', () => {
    expect(faulty({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT'])
    expect(faulty({ OTEL_TRACES_SAMPLER: 'some' })).toEqual(['OTEL_TRACES_SAMPLER'])
    for (const share of ['2', '-1', 'half', '1.5']) {
      expect(faulty({ OTEL_TRACES_SAMPLER_ARG: share })).toEqual(['OTEL_TRACES_SAMPLER_ARG'])
    }
  })
})

describe('proxies', () => {
  test('have names in both cases, and the one in lower case comes first', () => {
    expect(
      configOf({ HTTPS_PROXY: 'http://a:1', no_proxy: 'x', https_proxy: 'http://u:p@b:2' }).proxies,
    ).toEqual({
      https: 'http://u:p@b:2',
      http: '',
      none: 'x',
    })
  })

  test('are URLs; a fault does not quote them', () => {
    for (const bad of ['proxy:3128', 'u:secret@proxy:3128', 'socks5://proxy:1080']) {
      expect(faultsOf({ http_proxy: bad })).toEqual([
        'HTTP_PROXY: must be a URL such as http://proxy.example.com:3128',
      ])
    }
  })
})
