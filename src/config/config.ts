import { DEFAULT_LIMITS } from '../upstream/client/limits.ts'
import type { ClientCertificateFiles } from '../upstream/http/client-certificate.ts'
import type { Proxies } from '../upstream/http/proxies.ts'
import { clientCertificateOf, proxiesOf, withProxyNames } from './network-settings.ts'
import type { Sampler } from './setting-formats.ts'
import { Settings } from './settings.ts'
import { ENDPOINTS, type Given, portsTakenTwice, startWarnings, wrongMode } from './start-faults.ts'

/** The gateway's settings, read once. Names and defaults: docs/settings.md. */
export type Config = Readonly<{
  port: number
  host: string
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  production: boolean
  /** `sandbox`: the embedded simulator stands in for the cloud. */
  mode: 'sandbox' | 'cloud'
  /** Base URLs of the services; `undefined` for one that neither a setting nor the region names. */
  endpoints: Readonly<{ apig: URL | undefined; roma: URL | undefined; iam: URL | undefined }>
  /** URLs may have credentials in them: not for the log. */
  proxies: Proxies
  /** The files of the certificate that the gateway shows to endpoints; `undefined`: none. */
  clientCertificate: ClientCertificateFiles | undefined
  projectId: string | undefined
  validation: 'documented' | 'types'
  instancesPerCall: number
  /** The manifest of the documents that frontends were built with, and whether no others are executed. */
  trustedDocuments: Readonly<{ file: string; only: boolean }> | undefined
  limits: Readonly<{
    deadlineMs: number
    connectMs: number
    headersMs: number
    bodyMs: number
    maxHeaderBytes: number
    maxUpstreamBytes: number
    inFlight: number
    inFlightPerCaller: number
    queue: number
    queuePerCaller: number
    loginPauseMs: number
    settlingMs: number
  }>
  /** The port of their own that `/health` and `/ready` have beside `port`; `undefined`: none. */
  probePort: number | undefined
  ownCredentials: OwnCredentials | undefined
  callerCheck: Readonly<{
    apiKeys: readonly Readonly<{ name: string; key: string }>[]
    webTokens: Readonly<{ jwks: URL; issuer: string; audience: string }> | undefined
    /** Whoever reaches the gateway may use its own credentials. */
    anyone: boolean
  }>
  /** Where metrics are scraped; `undefined`: nowhere. */
  metrics: Readonly<{ host: string; port: number }> | undefined
  /** Which traces are recorded; `undefined`: none. Where they go the exporter itself reads of the environment. */
  tracing: Readonly<{ sampler: Sampler; ratio: number; timeoutMs: number }> | undefined
  /** `undefined`: as the profile has it, on in development and off in production. */
  introspection: boolean | undefined
  /** Whether `_service { sdl }` is answered. */
  federationSdl: boolean
  /** Host names that requests may name, where any caller is let in; `undefined`: any. */
  allowedHosts: ReadonlySet<string> | undefined
  /** Origins whose pages may call from a browser, e.g. `https://console.example`. */
  corsOrigins: ReadonlySet<string>
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
    responseMs: number
    keepAliveMs: number
    headerBytes: number
    connections: number
  }>
  /** Credentials of the gateway's own that are not used, to be named at the start. */
  ignored: readonly string[]
  /** What looks like a mistake in the settings, a line each, to be named at the start. */
  warnings: readonly string[]
}>

/** How the gateway itself logs in, for callers who bring no token. */
type OwnCredentials = Readonly<
  | { kind: 'ACCESS_KEY'; accessKey: string; secretKey: string; securityToken: string | undefined }
  | { kind: 'USER'; user: Readonly<{ name: string; password: string; domainName: string }>; endpoint: URL }
>

/** `warnings`: as in `Config`; one of them may be what is missing. */
type Faulty = { readonly ok: false; readonly faults: readonly string[]; readonly warnings: readonly string[] }

/** Reads the settings, or answers every fault in them at once. An empty value counts as none. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | Faulty {
  const given = withProxyNames(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')),
  )
  const warnings = startWarnings(given, Object.keys(Settings.shape))
  const parsed = Settings.safeParse(given)
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...HALVES.flatMap((names) => missingHalves(names, given)),
    ...(given['HW_SECURITY_TOKEN'] !== undefined && given['HW_ACCESS_KEY'] === undefined
      ? ['HW_SECURITY_TOKEN: must be set together with HW_ACCESS_KEY and HW_SECRET_KEY']
      : []),
    ...(given['TRUSTED_DOCUMENTS_ONLY'] === 'true' && given['TRUSTED_DOCUMENTS'] === undefined
      ? ['TRUSTED_DOCUMENTS_ONLY: must be set together with TRUSTED_DOCUMENTS']
      : []),
    ...wrongMode(given),
    ...noLogin(given),
    ...openDoor(given),
    ...(parsed.success ? portsTakenTwice(parsed.data) : []),
    ...(parsed.data !== undefined &&
    parsed.data.CLIENT_HEADERS_TIMEOUT_MS > parsed.data.CLIENT_REQUEST_TIMEOUT_MS
      ? ['CLIENT_HEADERS_TIMEOUT_MS: must not be longer than CLIENT_REQUEST_TIMEOUT_MS']
      : []),
  ]
  if (!parsed.success || faults.length > 0) return { ok: false, faults, warnings }
  const settings = parsed.data
  const production = settings.NODE_ENV === 'production'
  const region = settings.HW_REGION_NAME
  const endpoints = {
    apig: settings.APIG_ENDPOINT ?? regional('apig', region),
    roma: settings.ROMA_ENDPOINT ?? regional('roma', region),
    iam: settings.IAM_ENDPOINT ?? regional('iam', region),
  }
  const mode = Object.values(endpoints).every((url) => url === undefined) ? 'sandbox' : 'cloud'
  const anyone = mode === 'sandbox' || settings.ALLOW_ANY_CALLER
  const ownCredentials = mode === 'sandbox' ? undefined : ownCredentialsOf(settings, endpoints.iam)
  return {
    ok: true,
    config: Object.freeze({
      port: settings.PORT,
      host: settings.HOST,
      logLevel: settings.LOG_LEVEL,
      production,
      mode,
      endpoints: Object.freeze(endpoints),
      proxies: proxiesOf(settings),
      clientCertificate: clientCertificateOf(settings),
      projectId: settings.HW_PROJECT_ID,
      validation: settings.VALIDATION,
      instancesPerCall: settings.PROJECT_VPC_OPERATOR_NUM_LIMIT,
      trustedDocuments:
        settings.TRUSTED_DOCUMENTS === undefined
          ? undefined
          : Object.freeze({
              file: settings.TRUSTED_DOCUMENTS,
              only: (settings.TRUSTED_DOCUMENTS_ONLY ?? String(production)) === 'true',
            }),
      limits: Object.freeze({
        deadlineMs: settings.DEADLINE_MS,
        connectMs: settings.CONNECT_TIMEOUT_MS,
        headersMs: settings.HEADERS_TIMEOUT_MS,
        bodyMs: settings.BODY_TIMEOUT_MS,
        maxHeaderBytes: settings.MAX_UPSTREAM_HEADER_BYTES,
        maxUpstreamBytes: settings.MAX_UPSTREAM_BYTES ?? DEFAULT_LIMITS.maxUpstreamBytes,
        inFlight: settings.MAX_IN_FLIGHT,
        inFlightPerCaller: settings.MAX_IN_FLIGHT_PER_CALLER,
        queue: settings.MAX_QUEUE,
        queuePerCaller: settings.MAX_QUEUE_PER_CALLER,
        loginPauseMs: settings.LOGIN_PAUSE_MS,
        settlingMs: settings.SETTLING_MS,
      }),
      probePort: settings.PROBE_PORT,
      ownCredentials,
      callerCheck: Object.freeze({
        apiKeys: settings.CALLER_API_KEYS ?? [],
        webTokens: webTokensOf(settings),
        anyone,
      }),
      ignored: OWN_CREDENTIALS.filter((name) => settings[name] !== undefined).slice(
        mode === 'sandbox' ? 0 : 1,
      ),
      metrics:
        settings.METRICS_PORT === undefined
          ? undefined
          : Object.freeze({ host: settings.METRICS_HOST ?? settings.HOST, port: settings.METRICS_PORT }),
      tracing: tracingOf(settings),
      introspection: settings.INTROSPECTION,
      federationSdl: settings.FEDERATION_SDL,
      allowedHosts: anyone
        ? new Set([settings.HOST.toLowerCase(), ...(settings.ALLOWED_HOSTS ?? [])])
        : undefined,
      corsOrigins: settings.CORS_ORIGINS ?? new Set(),
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
        responseMs: settings.CLIENT_RESPONSE_TIMEOUT_MS,
        keepAliveMs: settings.CLIENT_KEEP_ALIVE_MS,
        headerBytes: settings.MAX_HEADER_BYTES,
        connections: settings.MAX_CONNECTIONS,
      }),
      warnings,
    }),
  }
}

/** Traces are off unless somebody says where they go. */
function tracingOf(settings: Settings): Config['tracing'] {
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

/** The settings that give the gateway rights of its own, the first before the second, and those that say whom it serves with them. */
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
  ['UPSTREAM_CERT_FILE', 'UPSTREAM_KEY_FILE'],
] as const

function missingHalves(names: readonly string[], given: Readonly<Record<string, unknown>>): string[] {
  const present = names.filter((name) => given[name] !== undefined)
  if (present.length === 0) return []
  return names
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: must be set together with ${present.join(' and ')}`)
}
