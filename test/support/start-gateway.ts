import { Writable } from 'node:stream'
import { pino } from 'pino'
import { createUpstreamServices } from '../../src/operations/create-upstream-services.ts'
import type { GatewayCredentials, UpstreamServices } from '../../src/operations/upstream-services.ts'
import { apiKeysOf } from '../../src/server/auth/api-keys.ts'
import { authenticateBy } from '../../src/server/auth/authenticate.ts'
import { type JwtSettings, jwtVerifier } from '../../src/server/auth/jwt.ts'
import { withSandboxTokens } from '../../src/server/auth/sandbox-tokens.ts'
import { DEFAULT_DOCUMENT_LIMITS, type DocumentLimits } from '../../src/server/documents/document-limits.ts'
import type { TrustedDocuments } from '../../src/server/documents/trusted-documents.ts'
import { createGateway } from '../../src/server/gateway.ts'
import { listen } from '../../src/server/http/http-server.ts'
import type { HttpLimits } from '../../src/server/http/limited-server.ts'
import { startObservability } from '../../src/server/observability/observability.ts'
import type { TracingSettings } from '../../src/server/observability/tracing/start-tracing.ts'
import { profileOf } from '../../src/server/profile.ts'
import type { Credentials } from '../../src/upstream/client/credentials.ts'
import type { Limits } from '../../src/upstream/client/limits.ts'
import type { Proxies } from '../../src/upstream/http/proxies.ts'
import type { TypedDocumentString } from './generated/graphql.ts'
import { http } from './http.ts'

export const PROJECT_ID = '5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71'
export const TOKEN = 'MIIEkgYJKoZIhvcNAQcCoIIEgzCCBH8CAQExDTALBglghkgBZQMEAgEwggKlBgkqhkiG9w0BBwG'

export interface GatewayOptions {
  /** Base URL of the upstream that plays APIG and ROMA Connect; without one neither is configured. */
  readonly upstream?: string | undefined
  readonly validation?: 'pages' | 'current' | 'types'
  readonly instancesPerCall?: number
  /** `null`: no project is configured. */
  readonly projectId?: string | null
  readonly sandboxToken?: string
  /** The callers' tokens that the simulator has issued, in sandbox mode. */
  readonly knownTokens?: readonly string[]
  /** The credentials of the gateway, and the callers that it serves with them (by default none). */
  readonly gatewayCredentials?: GatewayCredentials
  readonly apiKeys?: readonly { readonly name: string; readonly key: string }[]
  readonly webTokens?: JwtSettings
  readonly anyCaller?: boolean
  readonly graphiql?: boolean
  readonly trustedDocuments?: TrustedDocuments
  /** The profile of production; without it that of development, but for GraphiQL. */
  readonly production?: boolean
  readonly introspection?: boolean
  readonly federationSdl?: boolean
  /** Host names that requests may name; unless given, any. */
  readonly allowedHosts?: readonly string[]
  readonly corsOrigins?: readonly string[]
  readonly bodyBytes?: number
  readonly documents?: Partial<DocumentLimits>
  /** What of the gateway's insides does not work as it should. */
  readonly broken?: Partial<UpstreamServices>
  /** Limits of connections, where a test cannot wait for the real ones. */
  readonly http?: Partial<HttpLimits>
  /** Limits of time and of calls, where a test cannot wait for the real ones. */
  readonly limits?: Partial<Limits>
  readonly proxies?: Proxies
  readonly logLevel?: string
  /** Whether probes have a listener of their own. */
  readonly probes?: boolean
  /** Whether it can be scraped. */
  readonly metrics?: boolean
  readonly tracing?: TracingSettings
}

/** For operations that ask loaders, or the order of writes, for more at once than a client may. */
export const WIDE_DOCUMENTS: DocumentLimits = {
  tokens: 100_000,
  depth: 100,
  aliases: 10_000,
  directives: 10_000,
  rootFields: 10_000,
  writes: 100,
}

/** `errors[]` of an answer, as the contract shapes it. */
export interface AnsweredError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly locations?: unknown
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it with inline snapshots
  readonly extensions: any
}

export interface Answer<Data> {
  readonly status: number
  readonly headers: Headers
  readonly data: Data | null | undefined
  readonly errors: readonly AnsweredError[] | undefined
  /** The whole body as it came, to search for what must not be in it. */
  readonly text: string
}

export interface TestGateway extends AsyncDisposable {
  readonly url: string
  /** Everything logged so far but for audit lines, one object a line. */
  readonly logged: readonly Record<string, unknown>[]
  /** The audit lines of writes that have ended. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly audited: readonly any[]
  /** Those of writes that were about to make their first REST call. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly begun: readonly any[]
  readonly metricsUrl: string | undefined
  readonly probeUrl: string | undefined
  /** The metrics as they are now. */
  readonly scrape: () => Promise<string>
  /** Sends an operation as a frontend does, by default with `X-Auth-Token: TOKEN`; a header given as `null` is left out. */
  readonly send: <Data, Variables>(
    document: TypedDocumentString<Data, Variables> | string,
    variables?: Variables,
    headers?: Readonly<Record<string, string | null>>,
  ) => Promise<Answer<Data>>
}

/** A real gateway on a port of its own, in front of the given upstream. */
export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const logged: Record<string, unknown>[] = []
  const audited: Record<string, unknown>[] = []
  const begun: Record<string, unknown>[] = []
  const lines = new Writable({
    write(chunk, _encoding, done) {
      const line = JSON.parse(String(chunk))
      if (line.audit === true) (line.phase === 'begin' ? begun : audited).push(line)
      else logged.push(line)
      done()
    },
  })
  const endpoint = options.upstream === undefined ? undefined : new URL(options.upstream)
  const log = pino({ level: options.logLevel ?? 'trace', base: null }, lines)
  const sandbox: Credentials | undefined =
    options.sandboxToken === undefined ? undefined : { kind: 'TOKEN', token: options.sandboxToken }
  const services = createUpstreamServices({
    endpoints: { APIG: endpoint, ROMA: endpoint },
    validation: options.validation ?? 'pages',
    instancesPerCall: options.instancesPerCall ?? 10,
    gatewayCredentials: options.gatewayCredentials,
    proxies: options.proxies,
    projectId: options.projectId === null ? undefined : (options.projectId ?? PROJECT_ID),
    onLogin: (call) => {
      log.info({ upstream: [call] }, 'login')
      for (const reporter of observability.reporters) reporter.call?.(call)
    },
    // The waits between repetitions are the only thing that is shorter here than it is for users.
    limits: { retryWaitMs: 1, settlingMs: 40, ...options.limits },
  })
  const mode = options.sandboxToken === undefined ? 'cloud' : 'sandbox'
  const observability = await startObservability({
    metrics: options.metrics ? { host: '127.0.0.1', port: 0 } : undefined,
    tracing: options.tracing,
    state: services.state,
    version: '0.0.0-test',
    mode,
    log,
  })
  const profile = profileOf(options.production ?? false, options.introspection, options.federationSdl)
  const authenticate = authenticateBy(sandbox ?? services.gatewayCredentials, {
    apiKeys: apiKeysOf(options.apiKeys ?? []),
    verifyJwt: options.webTokens && jwtVerifier(options.webTokens),
    anyone: sandbox !== undefined || (options.anyCaller ?? false),
  })
  const gateway = createGateway({
    observability,
    services: { ...services, ...options.broken },
    mode,
    projectId: options.projectId === null ? undefined : (options.projectId ?? PROJECT_ID),
    authenticate:
      sandbox === undefined
        ? authenticate
        : withSandboxTokens(authenticate, (token) => options.knownTokens?.includes(token) ?? false, log),
    profile: options.production ? profile : { ...profile, graphiql: options.graphiql ?? false },
    allowedHosts: options.allowedHosts && new Set(options.allowedHosts),
    corsOrigins: new Set(options.corsOrigins),
    bodyBytes: options.bodyBytes ?? 262_144,
    documents: { ...DEFAULT_DOCUMENT_LIMITS, ...options.documents },
    trustedDocuments: options.trustedDocuments,
    log,
  })
  const server = await listen(gateway, {
    host: '127.0.0.1',
    port: 0,
    deadlineMs: services.limits.deadlineMs,
    mode,
    probePort: options.probes ? 0 : undefined,
    upstream: services.state,
    onRefusedHead: (refused) => log.warn(refused, `refused with ${refused.status} (${refused.cause})`),
    ...(options.http && { http: options.http }),
  })
  const url = `${server.url}/graphql`
  return {
    url,
    logged,
    audited,
    begun,
    metricsUrl: observability.metricsUrl,
    probeUrl: server.probeUrl,
    scrape: async () => (await fetch(observability.metricsUrl ?? '')).text(),
    send: async (document, variables, headers = {}) => {
      const given = { 'content-type': 'application/json', 'x-auth-token': TOKEN, ...headers }
      const response = await http(url, {
        headers: Object.fromEntries(
          Object.entries(given).filter((header): header is [string, string] => header[1] !== null),
        ),
        body: JSON.stringify({ query: String(document), variables }),
      })
      const { data, errors } = JSON.parse(response.text)
      return { ...response, data, errors }
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await services.close()
      await observability.stop()
    },
  }
}
