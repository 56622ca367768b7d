import { z } from 'zod'

/** The gateway's settings, read once. Names and defaults stand in the README. */
export type Config = Readonly<{
  port: number
  host: string
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  production: boolean
  /** `sandbox`: no region and no endpoint is set, so the embedded simulator stands in for the cloud. */
  mode: 'sandbox' | 'cloud'
  /** Base URLs of the services; `undefined` for one that neither a setting nor the region names. */
  endpoints: Readonly<{ apig: URL | undefined; roma: URL | undefined; iam: URL | undefined }>
  projectId: string | undefined
  validation: 'documented' | 'types'
  instancesPerCall: number
  limits: Readonly<{
    deadlineMs: number
    connectMs: number
    headersMs: number
    bodyMs: number
    inFlight: number
    inFlightPerCaller: number
    queue: number
  }>
  ownCredentials: OwnCredentials | undefined
  callerCheck: Readonly<{
    apiKeys: readonly Readonly<{ name: string; key: string }>[]
    webTokens: Readonly<{ jwks: URL; issuer: string; audience: string }> | undefined
    /** Whoever reaches the gateway may use its own credentials. */
    anyone: boolean
  }>
  /** Settings that the sandbox has no use for, to be named at the start. */
  ignored: readonly string[]
}>

/** How the gateway itself logs in, for callers who bring no token. */
type OwnCredentials = Readonly<
  | { kind: 'ACCESS_KEY'; accessKey: string; secretKey: string; securityToken: string | undefined }
  | { kind: 'USER'; user: Readonly<{ name: string; password: string; domainName: string }>; endpoint: URL }
>

const id = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens and underscores')

const webUrl = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a URL such as ${example}` })
    .transform((text) => new URL(text))
    .refine((url) => url.username === '' && url.password === '', 'must not contain a user name or password')

const baseUrl = webUrl('https://apig.cn-north-4.myhuaweicloud.com').refine(
  (url) => url.search === '' && url.hash === '',
  'must not contain a query or fragment',
)

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true')

/** What goes into a header as it is. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces')

const SHORTEST_API_KEY = 16

const apiKeys = z
  .string()
  .transform((text) => text.split(',').map((pair) => pair.trim()))
  .refine(
    (pairs) => pairs.every((pair) => API_KEY.test(pair)),
    `must be name:key pairs with commas between, each key ${SHORTEST_API_KEY} characters or more`,
  )
  .transform((pairs) =>
    pairs.map((pair) => ({ name: pair.split(':', 1)[0] ?? '', key: pair.slice(pair.indexOf(':') + 1) })),
  )
  .refine(
    (keys) => new Set(keys.map(({ key }) => key)).size === keys.length,
    'must not give one key to two callers',
  )

const API_KEY = new RegExp(`^[A-Za-z0-9._-]{1,64}:[\\x21-\\x2b\\x2d-\\x7e]{${SHORTEST_API_KEY},512}$`)

const Environment = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
  HW_REGION_NAME: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be a region such as cn-north-4')
    .optional(),
  APIG_ENDPOINT: baseUrl.optional(),
  ROMA_ENDPOINT: baseUrl.optional(),
  IAM_ENDPOINT: baseUrl.optional(),
  HW_PROJECT_ID: id.optional(),
  HW_ACCESS_KEY: secret.optional(),
  HW_SECRET_KEY: secret.optional(),
  HW_SECURITY_TOKEN: secret.optional(),
  HW_USER_NAME: z.string().optional(),
  HW_USER_PASSWORD: z.string().optional(),
  HW_DOMAIN_NAME: z.string().optional(),
  CALLER_API_KEYS: apiKeys.optional(),
  CALLER_JWKS_URL: webUrl('https://idp.example.com/jwks.json').optional(),
  CALLER_JWT_ISSUER: z.string().optional(),
  CALLER_JWT_AUDIENCE: z.string().optional(),
  ALLOW_ANY_CALLER: yesOrNo.default(false),
  VALIDATION: z.enum(['documented', 'types']).default('documented'),
  PROJECT_VPC_OPERATOR_NUM_LIMIT: wholeNumber(1, 500).default(10),
  DEADLINE_MS: wholeNumber(100, 600_000).default(25_000),
  CONNECT_TIMEOUT_MS: wholeNumber(10, 60_000).default(2_000),
  HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000).default(10_000),
  BODY_TIMEOUT_MS: wholeNumber(10, 600_000).default(10_000),
  MAX_IN_FLIGHT: wholeNumber(1, 10_000).default(32),
  MAX_IN_FLIGHT_PER_CALLER: wholeNumber(1, 10_000).default(8),
  MAX_QUEUE: wholeNumber(0, 100_000).default(64),
})

type Faulty = { readonly ok: false; readonly faults: readonly string[] }

/** Reads the settings, or answers every fault in them at once. An empty value counts as none. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | Faulty {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...HALVES.flatMap((names) => missingHalves(names, given)),
    ...(given['HW_SECURITY_TOKEN'] !== undefined && given['HW_ACCESS_KEY'] === undefined
      ? ['HW_SECURITY_TOKEN: must be set together with HW_ACCESS_KEY and HW_SECRET_KEY']
      : []),
    ...noLogin(given),
    ...openDoor(given),
  ]
  if (!parsed.success || faults.length > 0) return { ok: false, faults }
  const settings = parsed.data
  const region = settings.HW_REGION_NAME
  const endpoints = {
    apig: settings.APIG_ENDPOINT ?? regional('apig', region),
    roma: settings.ROMA_ENDPOINT ?? regional('roma', region),
    iam: settings.IAM_ENDPOINT ?? regional('iam', region),
  }
  const mode = Object.values(endpoints).every((url) => url === undefined) ? 'sandbox' : 'cloud'
  const ownCredentials = mode === 'sandbox' ? undefined : ownCredentialsOf(settings, endpoints.iam)
  return {
    ok: true,
    config: Object.freeze({
      port: settings.PORT,
      host: settings.HOST,
      logLevel: settings.LOG_LEVEL,
      production: settings.NODE_ENV === 'production',
      mode,
      endpoints: Object.freeze(endpoints),
      projectId: settings.HW_PROJECT_ID,
      validation: settings.VALIDATION,
      instancesPerCall: settings.PROJECT_VPC_OPERATOR_NUM_LIMIT,
      limits: Object.freeze({
        deadlineMs: settings.DEADLINE_MS,
        connectMs: settings.CONNECT_TIMEOUT_MS,
        headersMs: settings.HEADERS_TIMEOUT_MS,
        bodyMs: settings.BODY_TIMEOUT_MS,
        inFlight: settings.MAX_IN_FLIGHT,
        inFlightPerCaller: settings.MAX_IN_FLIGHT_PER_CALLER,
        queue: settings.MAX_QUEUE,
      }),
      ownCredentials,
      callerCheck: Object.freeze({
        apiKeys: settings.CALLER_API_KEYS ?? [],
        webTokens: webTokensOf(settings),
        anyone: mode === 'sandbox' || settings.ALLOW_ANY_CALLER,
      }),
      ignored: mode === 'sandbox' ? OWN_CREDENTIALS.filter((name) => settings[name] !== undefined) : [],
    }),
  }
}

/** The process's own settings: the only place that reads them. */
export const readProcessConfig = () => readConfig(process.env)

/** The European site has a domain of its own; other sites are set by the endpoint settings. */
const regional = (service: string, region: string | undefined): URL | undefined =>
  region === undefined
    ? undefined
    : new URL(`https://${service}.${region}.myhuaweicloud.${region === 'eu-west-101' ? 'eu' : 'com'}`)

type Settings = z.infer<typeof Environment>

/** The settings that give the gateway rights of its own, and those that say whom it serves with them. */
const OWN_CREDENTIALS = ['HW_ACCESS_KEY', 'HW_USER_NAME'] as const
const CALLER_CHECKS = ['CALLER_API_KEYS', 'CALLER_JWKS_URL'] as const

/** A key goes before a user, as the documents of the vendor's tools have it. */
function ownCredentialsOf(settings: Settings, iam: URL | undefined): OwnCredentials | undefined {
  const { HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey } = settings
  if (accessKey !== undefined && secretKey !== undefined) {
    return { kind: 'ACCESS_KEY', accessKey, secretKey, securityToken: settings.HW_SECURITY_TOKEN }
  }
  const { HW_USER_NAME: name, HW_USER_PASSWORD: password, HW_DOMAIN_NAME: domainName } = settings
  if (name === undefined || password === undefined || domainName === undefined || iam === undefined) {
    return undefined
  }
  return { kind: 'USER', user: { name, password, domainName }, endpoint: iam }
}

function webTokensOf(settings: Settings) {
  const { CALLER_JWKS_URL: jwks, CALLER_JWT_ISSUER: issuer, CALLER_JWT_AUDIENCE: audience } = settings
  return jwks !== undefined && issuer !== undefined && audience !== undefined
    ? { jwks, issuer, audience }
    : undefined
}

type Given = Readonly<Record<string, string | undefined>>

const ENDPOINTS = ['HW_REGION_NAME', 'APIG_ENDPOINT', 'ROMA_ENDPOINT', 'IAM_ENDPOINT'] as const

/** Without any of these there is the sandbox alone, which needs no credentials. */
const isCloud = (given: Given): boolean => ENDPOINTS.some((name) => given[name] !== undefined)

function noLogin(given: Given): string[] {
  const hasIam = given['IAM_ENDPOINT'] !== undefined || given['HW_REGION_NAME'] !== undefined
  if (given['HW_USER_NAME'] === undefined || !isCloud(given) || hasIam) return []
  return ['HW_USER_NAME: needs IAM_ENDPOINT or HW_REGION_NAME, to log in']
}

/** Rights of its own make the gateway an open door, unless somebody watches it or has said that nobody need. */
function openDoor(given: Given): string[] {
  const own = OWN_CREDENTIALS.filter((name) => given[name] !== undefined)
  const checks = CALLER_CHECKS.filter((name) => given[name] !== undefined)
  const anyone = given['ALLOW_ANY_CALLER'] === 'true'
  const [firstOwn] = own
  const [firstCheck] = checks
  if (firstOwn === undefined) {
    const useless = anyone ? 'ALLOW_ANY_CALLER' : firstCheck
    return useless === undefined ? [] : [`${useless}: is of no use without HW_ACCESS_KEY or HW_USER_NAME`]
  }
  if (firstCheck !== undefined && anyone) return [`ALLOW_ANY_CALLER: contradicts ${firstCheck}`]
  if (firstCheck !== undefined || anyone || !isCloud(given)) return []
  return [
    `${firstOwn}: gives every caller the gateway's own rights; set ${CALLER_CHECKS.join(' or ')}, or ALLOW_ANY_CALLER=true`,
  ]
}

/** Half a set of credentials is a mistake, not a choice: each of these is complete or absent. */
const HALVES = [
  ['HW_ACCESS_KEY', 'HW_SECRET_KEY'],
  ['HW_USER_NAME', 'HW_USER_PASSWORD', 'HW_DOMAIN_NAME'],
  ['CALLER_JWKS_URL', 'CALLER_JWT_ISSUER', 'CALLER_JWT_AUDIENCE'],
] as const

function missingHalves(names: readonly string[], given: Readonly<Record<string, unknown>>): string[] {
  const present = names.filter((name) => given[name] !== undefined)
  if (present.length === 0) return []
  return names
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: must be set together with ${present.join(' and ')}`)
}
