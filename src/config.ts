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
  /** Where metrics are scraped; `undefined`: nowhere. */
  metrics: Readonly<{ host: string; port: number }> | undefined
  /** Which traces are recorded; `undefined`: none. Where they go the exporter itself reads of the environment. */
  tracing: Readonly<{ sampler: (typeof SAMPLERS)[number]; ratio: number; timeoutMs: number }> | undefined
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

/** Those of the OpenTelemetry specification that need nothing else. */
const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

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
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_HOST: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl.optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: wholeNumber(1, 60_000).default(3_000),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'must be a share from 0 to 1')
    .transform(Number)
    .default(1),
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
    ...(parsed.success && parsed.data.METRICS_PORT === parsed.data.PORT && parsed.data.PORT !== 0
      ? ['METRICS_PORT: must be another port than PORT']
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
      metrics:
        settings.METRICS_PORT === undefined
          ? undefined
          : Object.freeze({ host: settings.METRICS_HOST ?? settings.HOST, port: settings.METRICS_PORT }),
      tracing: tracingOf(settings),
      ignored: (['HW_ACCESS_KEY', 'HW_USER_NAME'] as const).filter((name) => settings[name] !== undefined),
    }),
  }
}

/** Traces are off unless somebody says where they go. */
function tracingOf(settings: z.infer<typeof Environment>): Config['tracing'] {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT
  const isOff =
    settings.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || settings.OTEL_TRACES_EXPORTER === 'none'
  if (endpoint === undefined || isOff) return undefined
  return Object.freeze({
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    timeoutMs: settings.OTEL_EXPORTER_OTLP_TIMEOUT,
  })
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
