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
  /** `undefined`: as the profile has it, on in development and off in production. */
  introspection: boolean | undefined
  /** Origins whose pages may call from a browser, e.g. `https://console.example`. */
  corsOrigins: ReadonlySet<string>
  /** The path of a file of trusted documents: no others run then. */
  trustedDocuments: string | undefined
  bodyBytes: number
  documents: Readonly<{
    tokens: number
    depth: number
    aliases: number
    directives: number
    rootFields: number
  }>
  http: Readonly<{
    headersMs: number
    requestMs: number
    keepAliveMs: number
    headerBytes: number
    connections: number
  }>
  /** Settings that this version reads but does not act on, to be named at the start. */
  ignored: readonly string[]
}>

const id = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens and underscores')

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as https://apig.cn-north-4.myhuaweicloud.com' })
  .transform((text) => new URL(text))
  .refine((url) => url.username === '' && url.password === '', 'must not contain a user name or password')
  .refine((url) => url.search === '' && url.hash === '', 'must not contain a query or fragment')

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const secret = z.string()

/** Exact origins, separated by commas: no path, no wildcard, no `null`. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every(isOrigin),
    'must be origins such as https://console.example, separated by commas',
  )
  .transform((all): ReadonlySet<string> => new Set(all))

const isOrigin = (text: string): boolean =>
  /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text

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
  HW_USER_NAME: secret.optional(),
  HW_USER_PASSWORD: secret.optional(),
  HW_DOMAIN_NAME: secret.optional(),
  VALIDATION: z.enum(['documented', 'types']).default('documented'),
  PROJECT_VPC_OPERATOR_NUM_LIMIT: wholeNumber(1, 500).default(10),
  DEADLINE_MS: wholeNumber(100, 600_000).default(25_000),
  CONNECT_TIMEOUT_MS: wholeNumber(10, 60_000).default(2_000),
  HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000).default(10_000),
  BODY_TIMEOUT_MS: wholeNumber(10, 600_000).default(10_000),
  MAX_IN_FLIGHT: wholeNumber(1, 10_000).default(32),
  MAX_IN_FLIGHT_PER_CALLER: wholeNumber(1, 10_000).default(8),
  MAX_QUEUE: wholeNumber(0, 100_000).default(64),
  INTROSPECTION: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  CORS_ORIGINS: origins.default(new Set()),
  TRUSTED_DOCUMENTS: z.string().optional(),
  MAX_BODY_BYTES: wholeNumber(1_024, 100_000_000).default(262_144),
  MAX_TOKENS: wholeNumber(1, 1_000_000).default(2_000),
  MAX_DEPTH: wholeNumber(1, 100).default(12),
  MAX_ALIASES: wholeNumber(0, 100_000).default(20),
  MAX_DIRECTIVES: wholeNumber(0, 100_000).default(20),
  MAX_ROOT_FIELDS: wholeNumber(1, 100_000).default(20),
  CLIENT_HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000).default(10_000),
  CLIENT_REQUEST_TIMEOUT_MS: wholeNumber(10, 600_000).default(30_000),
  CLIENT_KEEP_ALIVE_MS: wholeNumber(10, 600_000).default(65_000),
  MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576).default(16_384),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(10_000),
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
    ...(parsed.data !== undefined &&
    parsed.data.CLIENT_HEADERS_TIMEOUT_MS > parsed.data.CLIENT_REQUEST_TIMEOUT_MS
      ? ['CLIENT_HEADERS_TIMEOUT_MS: must not be longer than CLIENT_REQUEST_TIMEOUT_MS']
      : []),
  ]
  if (!parsed.success || faults.length > 0) return { ok: false, faults }
  const settings = parsed.data
  const region = settings.HW_REGION_NAME
  const endpoints = {
    apig: settings.APIG_ENDPOINT ?? regional('apig', region),
    roma: settings.ROMA_ENDPOINT ?? regional('roma', region),
    iam: settings.IAM_ENDPOINT ?? regional('iam', region),
  }
  return {
    ok: true,
    config: Object.freeze({
      port: settings.PORT,
      host: settings.HOST,
      logLevel: settings.LOG_LEVEL,
      production: settings.NODE_ENV === 'production',
      mode: Object.values(endpoints).every((url) => url === undefined) ? 'sandbox' : 'cloud',
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
      introspection: settings.INTROSPECTION,
      corsOrigins: settings.CORS_ORIGINS,
      trustedDocuments: settings.TRUSTED_DOCUMENTS,
      bodyBytes: settings.MAX_BODY_BYTES,
      documents: Object.freeze({
        tokens: settings.MAX_TOKENS,
        depth: settings.MAX_DEPTH,
        aliases: settings.MAX_ALIASES,
        directives: settings.MAX_DIRECTIVES,
        rootFields: settings.MAX_ROOT_FIELDS,
      }),
      http: Object.freeze({
        headersMs: settings.CLIENT_HEADERS_TIMEOUT_MS,
        requestMs: settings.CLIENT_REQUEST_TIMEOUT_MS,
        keepAliveMs: settings.CLIENT_KEEP_ALIVE_MS,
        headerBytes: settings.MAX_HEADER_BYTES,
        connections: settings.MAX_CONNECTIONS,
      }),
      ignored: (['HW_ACCESS_KEY', 'HW_USER_NAME'] as const).filter((name) => settings[name] !== undefined),
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

/** Half a set of credentials is a mistake, not a choice: each of these is complete or absent. */
const HALVES = [
  ['HW_ACCESS_KEY', 'HW_SECRET_KEY'],
  ['HW_USER_NAME', 'HW_USER_PASSWORD', 'HW_DOMAIN_NAME'],
] as const

function missingHalves(names: readonly string[], given: Readonly<Record<string, unknown>>): string[] {
  const present = names.filter((name) => given[name] !== undefined)
  if (present.length === 0) return []
  return names
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: must be set together with ${present.join(' and ')}`)
}
