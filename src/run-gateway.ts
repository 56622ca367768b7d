import { readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { type Config, readProcessConfig } from './config/config.ts'
import { createUpstreamServices } from './operations/upstream-services.ts'
import { apiKeysOf } from './server/auth/api-keys.ts'
import { authenticateBy } from './server/auth/authenticate.ts'
import { jwtVerifier } from './server/auth/jwt.ts'
import { DEFAULT_DOCUMENT_LIMITS } from './server/documents/document-limits.ts'
import { readTrustedDocuments } from './server/documents/read-trusted-documents.ts'
import type { TrustedDocuments } from './server/documents/trusted-documents.ts'
import { createGateway } from './server/gateway.ts'
import { listen } from './server/http/http-server.ts'
import { createLog } from './server/observability/log/log.ts'
import { startObservability } from './server/observability/observability.ts'
import { profileOf } from './server/profile.ts'
import type { Credentials } from './upstream/client/credentials.ts'
import { type ClientCertificate, readClientCertificate } from './upstream/http/client-certificate.ts'
import { proxiedFetch } from './upstream/http/proxied-fetch.ts'

async function run(
  config: Config,
  trustedDocuments: TrustedDocuments | undefined,
  certificate: ClientCertificate | undefined,
): Promise<void> {
  const {
    log,
    lostLines,
    end: endLog,
  } = await createLog(config.logLevel, process.stdout.isTTY && !config.production)
  const interruption = new AbortController()
  // However the process ends, with the audit lines of writes under way: what is done here has to be synchronous.
  process.once('exit', () => {
    interruption.abort()
    endLog()
  })
  const sandbox = config.mode === 'sandbox' ? await startSandbox(config.projectId) : undefined
  const endpoints = sandbox?.endpoints ?? config.endpoints
  const services = createUpstreamServices({
    ...config,
    endpoints,
    certificate,
    // The simulator is in this process.
    proxies: sandbox === undefined ? config.proxies : undefined,
    onLogin: (call) => {
      log.info(
        { upstream: [call] },
        `IAM ${call.operation}: ${call.status ?? 'no answer'}${call.detail === null ? '' : ` (${call.detail})`}`,
      )
      for (const reporter of observability.reporters) reporter.call?.(call)
    },
  })
  const observability = await startObservability({
    ...config,
    tracing: config.tracing && { ...config.tracing, proxies: config.proxies },
    state: services.state,
    lostLines,
    version: await readVersion(),
    log,
  })
  const gateway = createGateway({
    observability,
    services,
    mode: config.mode,
    projectId: sandbox?.projectId ?? config.projectId,
    authenticate: authenticateBy(sandbox?.credentials ?? services.ownCredentials, {
      ...config.callerCheck,
      apiKeys: apiKeysOf(config.callerCheck.apiKeys),
      webToken:
        config.callerCheck.webTokens &&
        jwtVerifier({ ...config.callerCheck.webTokens, fetch: proxiedFetch(config.proxies) }),
    }),
    profile: profileOf(config.production, config.introspection, config.federationSdl),
    allowedHosts: config.allowedHosts,
    corsOrigins: config.corsOrigins,
    bodyBytes: config.bodyBytes,
    documents: { ...DEFAULT_DOCUMENT_LIMITS, ...config.documents },
    trustedDocuments,
    log,
    interrupted: interruption.signal,
  })
  const server = await listen(gateway, {
    ...config,
    deadlineMs: services.limits.deadlineMs,
    upstream: services.state,
    onRefusedHead: (refused) => log.warn(refused, `refused with ${refused.status} (${refused.cause})`),
  })

  if (sandbox === undefined) log.info(`Gateway to the cloud: ${server.url}/graphql`)
  else log.info(`SANDBOX: an embedded simulator stands in for the cloud: ${server.url}/graphql`)
  for (const line of config.warnings) log.warn(line)
  if (sandbox !== undefined) {
    log.info(`Simulator: ${sandbox.url}; it fails as POST ${sandbox.url}/_simulator/faults says`)
  }
  if (config.mode === 'cloud' && config.callerCheck.anyone) {
    log.warn('ALLOW_ANY_CALLER: whoever reaches this gateway uses its own credentials')
  }
  if (trustedDocuments !== undefined) {
    const others = trustedDocuments.only ? 'no others are executed' : 'others are executed too'
    log.info(`Trusted documents: ${trustedDocuments.byId.size}; ${others}`)
  }
  for (const line of proxyLines(config.proxies)) log.info(line)
  if (server.probeUrl !== undefined) log.info(`Probes: ${server.probeUrl}`)
  if (observability.metricsUrl !== undefined) log.info(`Metrics: ${observability.metricsUrl}`)
  if (config.tracing !== undefined) log.info(`Traces: ${config.tracing.sampler}`)
  for (const name of config.ignored) {
    const reason =
      config.mode === 'sandbox' ? 'the sandbox has no use for it' : 'HW_ACCESS_KEY goes before it'
    log.warn(`${name} is set, but ${reason}`)
  }

  const stop = async (signal: string): Promise<void> => {
    log.info(`${signal}: taking no new requests, finishing those in flight`)
    await server.stop()
    await services.close()
    await observability.stop()
    await sandbox?.close()
    log.info('stopped')
  }
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // The second one does not wait for what is in flight.
      if (isStopping) process.exit(SIGNALLED + constants.signals[signal])
      isStopping = true
      void stop(signal)
    })
  }
}

/** Without the credentials that the URLs may have. */
function proxyLines({ https, http, none }: Config['proxies']): string[] {
  const [forHttps, forHttp] = [https || http, http].map((url) => (url === '' ? 'none' : new URL(url).host))
  if (https === '' && http === '') return []
  return [`Proxy of https: ${forHttps}; of http: ${forHttp}; none for: ${none === '' ? 'no host' : none}`]
}

interface Sandbox {
  readonly url: string
  readonly endpoints: Config['endpoints']
  readonly projectId: string
  readonly credentials: Credentials
  readonly close: () => Promise<void>
}

/** The sources and what is built of them both stand one folder below it. */
async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(version)
}

/** What a shell adds to the number of the signal that ended a program. */
const SIGNALLED = 128

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000

async function startSandbox(projectId: string | undefined): Promise<Sandbox> {
  const { startSimulator } = await import('./simulator/start-simulator.ts')
  const simulator = await startSimulator(projectId === undefined ? {} : { projectId })
  const url = new URL(simulator.url)
  return {
    url: simulator.url,
    endpoints: { apig: url, roma: url, iam: url },
    projectId: simulator.projectId,
    credentials: { kind: 'TOKEN', token: simulator.issueToken({ lifetimeMs: TEN_YEARS_MS }) },
    close: () => simulator.close(),
  }
}

const read = readProcessConfig()
const trusted = read.ok ? await readTrustedDocuments(read.config.trustedDocuments) : undefined
const certified = read.ok ? await readClientCertificate(read.config.clientCertificate) : undefined
if (read.ok && trusted?.ok && certified?.ok) {
  await run(read.config, trusted.documents, certified.certificate)
} else {
  const faults = [read, trusted, certified].flatMap((one) => (one === undefined || one.ok ? [] : one.faults))
  const warnings = read.ok ? read.config.warnings : read.warnings
  for (const line of [...faults, ...warnings]) process.stderr.write(`${line}\n`)
  process.exitCode = 1
}
