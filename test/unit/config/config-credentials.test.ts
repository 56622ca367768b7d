import { describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/config/config.ts'

type Environment = Readonly<Record<string, string>>

const KEY = { HW_ACCESS_KEY: 'own-access-key', HW_SECRET_KEY: 'own-secret-key' }
const USER = { HW_USER_NAME: 'own-user', HW_USER_PASSWORD: 'own password', HW_DOMAIN_NAME: 'own-domain' }
const CLOUD = { HW_REGION_NAME: 'cn-north-4' }
const API_KEYS = { CALLER_API_KEYS: 'billing:key-of-the-billing-service' }
const JWT = {
  CALLER_JWKS_URL: 'https://idp.example.com/jwks.json',
  CALLER_JWT_ISSUER: 'https://idp.example.com',
  CALLER_JWT_AUDIENCE: 'gateway',
}
const ANYONE = { ALLOW_ANY_CALLER: 'true' }

function configOf(environment: Environment) {
  const read = readConfig(environment)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.config
}

const faultsOf = (environment: Environment): readonly string[] => {
  const read = readConfig(environment)
  return read.ok ? [] : read.faults
}

const faulty = (environment: Environment): string[] =>
  faultsOf(environment)
    .map((fault) => fault.split(':')[0] ?? '')
    .toSorted()

describe('credentials of the gateway’s own', () => {
  test('are none by default, and nobody is checked', () => {
    const { gatewayCredentials, callerCheck, ignored } = configOf(CLOUD)
    expect({ gatewayCredentials, callerCheck, ignored }).toEqual({
      gatewayCredentials: undefined,
      callerCheck: { apiKeys: [], jwt: undefined, anyone: false },
      ignored: [],
    })
  })

  test('are a permanent key, or a temporary one', () => {
    expect(configOf({ ...CLOUD, ...KEY, ...API_KEYS }).gatewayCredentials).toEqual({
      kind: 'ACCESS_KEY',
      accessKey: 'own-access-key',
      secretKey: 'own-secret-key',
      securityToken: undefined,
    })
    expect(
      configOf({ ...CLOUD, ...KEY, ...API_KEYS, HW_SECURITY_TOKEN: 'st' }).gatewayCredentials,
    ).toMatchObject({
      securityToken: 'st',
    })
  })

  test('are a user, and IAM where it is set or where the region has it', () => {
    const ofRegion = configOf({ ...CLOUD, ...USER, ...API_KEYS }).gatewayCredentials
    expect(ofRegion).toMatchObject({
      kind: 'USER',
      user: { name: 'own-user', password: 'own password', domainName: 'own-domain' },
    })
    const set = { ...CLOUD, ...USER, ...API_KEYS, IAM_ENDPOINT: 'https://iam.example.com' }
    const endpoints = [ofRegion, configOf(set).gatewayCredentials].map(
      (own) => own?.kind === 'USER' && own.endpoint.href,
    )
    expect(endpoints).toEqual(['https://iam.cn-north-4.myhuaweicloud.com/', 'https://iam.example.com/'])
  })

  test('are the key where a user is set too', () => {
    expect(configOf({ ...CLOUD, ...USER, ...KEY, ...API_KEYS }).gatewayCredentials?.kind).toBe('ACCESS_KEY')
  })

  test.each(['APIG_ENDPOINT', 'ROMA_ENDPOINT'])('need IAM for a user: %s alone is not enough', (name) => {
    const environment = { [name]: 'https://example.com', ...USER, ...API_KEYS }
    expect(faultsOf(environment)).toEqual(['HW_USER_NAME: needs IAM_ENDPOINT or HW_REGION_NAME, to log in'])
    expect(faultsOf({ ...environment, IAM_ENDPOINT: 'https://iam.example.com' })).toEqual([])
    expect(faulty({ ...environment, PORT: 'x' })).toEqual(['HW_USER_NAME', 'PORT'])
  })

  test.each([
    ['HW_ACCESS_KEY', 'two words'],
    ['HW_SECRET_KEY', 'line\nbreak'],
    ['HW_SECRET_KEY', 'schlüssel'],
    ['HW_SECURITY_TOKEN', 'a\r\nx-evil: 1'],
  ])('go into headers as they are, so %s=%j is none', (name, value) => {
    expect(faulty({ ...CLOUD, ...KEY, ...API_KEYS, [name]: value })).toEqual([name])
  })
})

describe('who may use them has to be said', () => {
  test.each<Environment>([KEY, { ...KEY, HW_SECURITY_TOKEN: 'st' }, USER])(
    '%j with no check at all stops the start',
    (own) => {
      for (const endpoint of [
        CLOUD,
        { APIG_ENDPOINT: 'https://example.com', IAM_ENDPOINT: 'https://example.com' },
      ]) {
        const faults = faultsOf({ ...endpoint, ...own })
        expect(faults).toHaveLength(1)
        expect(faults[0]).toMatch(
          /^HW_(ACCESS_KEY|USER_NAME): gives every caller the gateway's credentials; set CALLER_API_KEYS or CALLER_JWKS_URL, or ALLOW_ANY_CALLER=true$/,
        )
        expect(faultsOf({ ...endpoint, ...own, ALLOW_ANY_CALLER: 'false' })).toEqual(faults)
        for (const check of [API_KEYS, JWT, { ...API_KEYS, ...JWT }, ANYONE]) {
          expect(faultsOf({ ...endpoint, ...own, ...check })).toEqual([])
        }
      }
    },
  )

  test('is told with all other faults', () => {
    expect(faulty({ ...CLOUD, ...KEY, PORT: 'x', HW_USER_NAME: 'u' })).toEqual([
      'HW_ACCESS_KEY',
      'HW_DOMAIN_NAME',
      'HW_USER_PASSWORD',
      'PORT',
    ])
  })

  test('cannot be everybody and somebody', () => {
    expect(faultsOf({ ...CLOUD, ...KEY, ...ANYONE, ...API_KEYS })).toEqual([
      'ALLOW_ANY_CALLER: contradicts CALLER_API_KEYS',
    ])
    expect(faultsOf({ ...CLOUD, ...KEY, ...ANYONE, ...JWT })).toEqual([
      'ALLOW_ANY_CALLER: contradicts CALLER_JWKS_URL',
    ])
    expect(faultsOf({ ...CLOUD, ...KEY, ALLOW_ANY_CALLER: 'false', ...API_KEYS })).toEqual([])
  })

  test.each<[string, Environment]>([
    ['CALLER_API_KEYS', API_KEYS],
    ['CALLER_JWKS_URL', JWT],
    ['ALLOW_ANY_CALLER', ANYONE],
  ])('is of no use where there are none: %s', (name, check) => {
    for (const mode of [CLOUD, {}]) {
      expect(faultsOf({ ...mode, ...check })).toEqual([
        `${name}: has no effect without HW_ACCESS_KEY or HW_USER_NAME`,
      ])
    }
  })

  test('is one word', () => {
    for (const word of ['yes', '1', 'TRUE', 'true ']) {
      expect(faulty({ ...CLOUD, ...KEY, ALLOW_ANY_CALLER: word })).toContain('ALLOW_ANY_CALLER')
    }
    expect(configOf({ ...CLOUD, ...KEY, ...ANYONE }).callerCheck.anyone).toBe(true)
    expect(configOf({ ...CLOUD, ...KEY, ...API_KEYS }).callerCheck.anyone).toBe(false)
  })
})

describe('API keys', () => {
  const keysOf = (text: string) => configOf({ ...CLOUD, ...KEY, CALLER_API_KEYS: text }).callerCheck.apiKeys

  test('are pairs of a name and a key, as many as one likes', () => {
    expect(keysOf('a:0123456789abcdef')).toEqual([{ name: 'a', key: '0123456789abcdef' }])
    expect(keysOf('a:0123456789abcdef, b.c_d-1:with:colons:and=signs!')).toEqual([
      { name: 'a', key: '0123456789abcdef' },
      { name: 'b.c_d-1', key: 'with:colons:and=signs!' },
    ])
  })

  test('may be two of one caller, so that a new one can take the place of an old one', () => {
    expect(keysOf('a:0123456789abcdef,a:fedcba9876543210').map(({ name }) => name)).toEqual(['a', 'a'])
  })

  test.each([
    'a',
    'a:',
    ':0123456789abcdef',
    '0123456789abcdef',
    'a:0123456789abcde',
    'a:0123456789 abcdef',
    'a:0123456789abcdé0',
    'a b:0123456789abcdef',
    'a:0123456789abcdef,',
    'a:0123456789abcdef,b',
    'a:0123456789abcdef,b:0123456789abcdef',
    `a:${'x'.repeat(513)}`,
  ])('%j are none', (text) => {
    const faults = faultsOf({ ...CLOUD, ...KEY, CALLER_API_KEYS: text })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^CALLER_API_KEYS: must /)
    expect(faults[0]).not.toContain('0123456789')
  })
})

describe('web tokens', () => {
  test('are of one issuer, for one audience', () => {
    const { jwt } = configOf({ ...CLOUD, ...KEY, ...JWT }).callerCheck
    expect({ ...jwt, jwks: jwt?.jwks.href }).toEqual({
      jwks: 'https://idp.example.com/jwks.json',
      issuer: 'https://idp.example.com',
      audience: 'gateway',
    })
  })

  test('may have keys behind a query', () => {
    const jwks = 'https://idp.example.com/keys?p=policy'
    expect(configOf({ ...CLOUD, ...KEY, ...JWT, CALLER_JWKS_URL: jwks }).callerCheck.jwt?.jwks.href).toBe(
      jwks,
    )
  })

  test.each(['idp.example.com', 'ftp://idp.example.com/jwks', 'https://user:secret@idp.example.com/jwks'])(
    'have no keys at %s',
    (url) => {
      const faults = faultsOf({ ...CLOUD, ...KEY, ...JWT, CALLER_JWKS_URL: url })
      expect(faults).toHaveLength(1)
      expect(faults[0]).toMatch(/^CALLER_JWKS_URL: must /)
      expect(faults[0]).not.toContain('secret')
    },
  )

  const names = Object.keys(JWT)
  test.each(names)('need all three settings: not without %s', (missing) => {
    const { [missing as keyof typeof JWT]: _, ...others } = JWT
    expect(faulty({ ...CLOUD, ...KEY, ...API_KEYS, ...others })).toEqual([missing])
    expect(faulty({ ...CLOUD, ...KEY, ...API_KEYS, [missing]: JWT[missing as keyof typeof JWT] })).toEqual(
      names.filter((name) => name !== missing).toSorted(),
    )
  })
})

test('a user beside a key is not used, and named', () => {
  const { gatewayCredentials, ignored } = configOf({ ...CLOUD, ...KEY, ...USER, ...API_KEYS })
  expect(gatewayCredentials?.kind).toBe('ACCESS_KEY')
  expect(ignored).toEqual(['HW_USER_NAME'])
})

describe('in the sandbox', () => {
  test.each<[Environment, string[]]>([
    [KEY, ['HW_ACCESS_KEY']],
    [USER, ['HW_USER_NAME']],
    [{ ...KEY, ...USER, ...API_KEYS }, ['HW_ACCESS_KEY', 'HW_USER_NAME']],
  ])('credentials are ignored, and named: %j', (own, ignored) => {
    expect(configOf(own)).toMatchObject({
      mode: 'sandbox',
      gatewayCredentials: undefined,
      ignored,
      callerCheck: { anyone: true },
    })
  })

  test('half of them is a mistake all the same', () => {
    expect(faulty({ HW_ACCESS_KEY: 'a' })).toEqual(['HW_SECRET_KEY'])
  })
})

test('no fault tells a value', () => {
  const secrets = {
    HW_ACCESS_KEY: 'planted access key',
    HW_SECRET_KEY: 'planted secret key',
    HW_SECURITY_TOKEN: 'planted security token',
    HW_USER_PASSWORD: 'planted-password',
    CALLER_API_KEYS: 'planted:short',
    CALLER_JWKS_URL: 'planted://user:secret@example.com',
    ALLOW_ANY_CALLER: 'planted',
    IAM_ENDPOINT: 'https://planted:planted@example.com',
  }
  const faults = faultsOf(secrets)
  expect(faults.map((fault) => fault.split(':')[0]).toSorted()).toEqual(
    [
      ...[
        'ALLOW_ANY_CALLER',
        'CALLER_API_KEYS',
        'CALLER_JWKS_URL',
        'CALLER_JWT_AUDIENCE',
        'CALLER_JWT_ISSUER',
      ],
      ...[
        'HW_ACCESS_KEY',
        'HW_DOMAIN_NAME',
        'HW_SECRET_KEY',
        'HW_SECURITY_TOKEN',
        'HW_USER_NAME',
        'IAM_ENDPOINT',
      ],
    ].toSorted(),
  )
  expect(faults.join('\n')).not.toContain('planted')
})
