import type { UpstreamService } from '../lib/products.ts'
import { DEFAULT_LIMITS } from '../upstream/client/limits.ts'
import { clientCertificateOf, proxiesOf, withProxyNames } from './network-settings.ts'
import { Settings } from './settings.ts'
import { ENDPOINTS, type Given, portsTakenTwice, startWarnings, wrongMode } from './start-faults.ts'

/** The gateway's settings, read once. Names and defaults: docs/settings.md. */
export type Config = ReturnType<typeof configOf>

/** The gateway's credentials, for callers without a token. */
type OwnCredentials = Readonly<
  | { kind: 'ACCESS_KEY'; accessKey: string; secretKey: string; securityToken: string | undefined }
  | { kind: 'USER'; user: Readonly<{ name: string; password: string; domainName: string }>; endpoint: URL }
>

/** `warnings`: as in `Config`; one of them may explain a fault. */
type Faulty = { readonly ok: false; readonly faults: readonly string[]; readonly warnings: readonly string[] }

/** Reads the settings, or returns all their faults. An empty value counts as not set. */
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
  return { ok: true, config: configOf(parsed.data, warnings) }
}

function configOf(settings: Settings, warnings: readonly string[]) {
  const production = settings.NODE_ENV === 'production'
  const endpoints = {
    APIG: endpointOf('APIG', settings),
    ROMA: endpointOf('ROMA', settings),
    IAM: endpointOf('IAM', settings),
  }
  const isSandbox = Object.values(endpoints).every((url) => url === undefined)
  const anyone = isSandbox || settings.ALLOW_ANY_CALLER
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    logLevel: settings.LOG_LEVEL,
    production,
    /** `sandbox`: the gateway calls the embedded simulator in place of the cloud. */
    mode: isSandbox ? ('sandbox' as const) : ('cloud' as const),
    /** Base URLs of the services; `undefined` where neither a setting nor the region gives one. */
    endpoints: Object.freeze(endpoints),
    /** URLs may have credentials in them: not for the log. */
    proxies: proxiesOf(settings),
    /** The files of the certificate that the gateway shows to endpoints; `undefined`: none. */
    clientCertificate: clientCertificateOf(settings),
    projectId: settings.HW_PROJECT_ID,
    validation: validationOf(settings.VALIDATION, isSandbox),
    instancesPerCall: settings.PROJECT_VPC_OPERATOR_NUM_LIMIT,
    /** The manifest of the documents that frontends were built with, and whether no others are executed. */
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
    /** Additional port of `/health` and `/ready`; `undefined`: none. */
    probePort: settings.PROBE_PORT,
    gatewayCredentials: isSandbox ? undefined : gatewayCredentialsOf(settings, endpoints.IAM),
    /** `anyone`: every client that reaches the gateway may use its credentials. */
    callerCheck: Object.freeze({
      apiKeys: settings.CALLER_API_KEYS ?? [],
      jwt: jwtOf(settings),
      anyone,
    }),
    /** Settings of credentials that the gateway does not use; it logs them at the start. */
    ignored: OWN_CREDENTIALS.filter((name) => settings[name] !== undefined).slice(isSandbox ? 0 : 1),
    /** Where metrics are scraped; `undefined`: nowhere. */
    metrics:
      settings.METRICS_PORT === undefined
        ? undefined
        : Object.freeze({ host: settings.METRICS_HOST ?? settings.HOST, port: settings.METRICS_PORT }),
    tracing: tracingOf(settings),
    /** `undefined`: on in development, off in production. */
    introspection: settings.INTROSPECTION,
    /** Whether the gateway answers `_service { sdl }`. */
    federationSdl: settings.FEDERATION_SDL,
    /** Accepted host names, where callers are not authenticated; `undefined`: any. */
    allowedHosts: anyone
      ? new Set([settings.HOST.toLowerCase(), ...(settings.ALLOWED_HOSTS ?? [])])
      : undefined,
    /** Origins whose pages may call from a browser, e.g. `https://console.example`. */
    corsOrigins: settings.CORS_ORIGINS ?? new Set<string>(),
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
    /** Likely mistakes in the settings, one line each; the gateway logs them at the start. */
    warnings,
  })
}

/** Which traces are recorded: none without an endpoint, which the exporter itself reads from the environment. */
function tracingOf(settings: Settings) {
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

/** The settings of the process: the only reader of `process.env`. */
export const readProcessConfig = () => readConfig(process.env)

/** The endpoint of the setting, else of the region. The European site has another domain; for further sites set the endpoints. */
function endpointOf(service: UpstreamService, settings: Settings): URL | undefined {
  const { [`${service}_ENDPOINT` as const]: endpoint, HW_REGION_NAME: region } = settings
  if (endpoint !== undefined || region === undefined) return endpoint
  const site = region === 'eu-west-101' ? 'eu' : 'com'
  return new URL(`https://${service.toLowerCase()}.${region}.myhuaweicloud.${site}`)
}

/** Settings of the gateway's credentials, the first before the second, and of the callers that may use them. */
const OWN_CREDENTIALS = ['HW_ACCESS_KEY', 'HW_USER_NAME'] as const
const CALLER_CHECKS = ['CALLER_API_KEYS', 'CALLER_JWKS_URL'] as const

/** The access key has precedence over the user, as in the vendor's tools. */
function gatewayCredentialsOf(settings: Settings, iam: URL | undefined): OwnCredentials | undefined {
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

function jwtOf(settings: Settings) {
  const { CALLER_JWKS_URL: jwks, CALLER_JWT_ISSUER: issuer, CALLER_JWT_AUDIENCE: audience } = settings
  return jwks !== undefined && issuer !== undefined && audience !== undefined
    ? { jwks, issuer, audience }
    : undefined
}

/** Whether an endpoint is set; the sandbox needs no credentials. */
const isCloud = (given: Given): boolean => ENDPOINTS.some((name) => given[name] !== undefined)

function noLogin(given: Given): string[] {
  const hasIam = given['IAM_ENDPOINT'] !== undefined || given['HW_REGION_NAME'] !== undefined
  if (given['HW_USER_NAME'] === undefined || !isCloud(given) || hasIam) return []
  return ['HW_USER_NAME: needs IAM_ENDPOINT or HW_REGION_NAME, to log in']
}

function validationOf(
  setting: Settings['VALIDATION'],
  isSandbox: boolean,
): Exclude<NonNullable<Settings['VALIDATION']>, 'documented'> {
  if (setting === undefined) return isSandbox ? 'pages' : 'current'
  return setting === 'documented' ? 'pages' : setting
}

/** With credentials the gateway must authenticate its callers, unless the operator turns that off. */
function openDoor(given: Given): string[] {
  const own = OWN_CREDENTIALS.filter((name) => given[name] !== undefined)
  const checks = CALLER_CHECKS.filter((name) => given[name] !== undefined)
  const anyone = given['ALLOW_ANY_CALLER'] === 'true'
  const [firstOwn] = own
  const [firstCheck] = checks
  if (firstOwn === undefined) {
    const useless = anyone ? 'ALLOW_ANY_CALLER' : firstCheck
    return useless === undefined ? [] : [`${useless}: has no effect without HW_ACCESS_KEY or HW_USER_NAME`]
  }
  if (firstCheck !== undefined && anyone) return [`ALLOW_ANY_CALLER: contradicts ${firstCheck}`]
  if (firstCheck !== undefined || anyone || !isCloud(given)) return []
  return [
    `${firstOwn}: gives every caller the gateway's credentials; set ${CALLER_CHECKS.join(' or ')}, or ALLOW_ANY_CALLER=true`,
  ]
}

/** Settings that must be set together. */
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
