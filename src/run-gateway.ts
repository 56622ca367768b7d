import { readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { replyTo } from './config/command-line.ts'
import { type Config, readProcessConfig } from './config/config.ts'
import { listenFault } from './config/listen-fault.ts'
import { createUpstreamServices } from './operations/create-upstream-services.ts'
import { startSandbox } from './sandbox.ts'
import { apiKeysOf } from './server/auth/api-keys.ts'
import { authenticateBy } from './server/auth/authenticate.ts'
import { jwtVerifier } from './server/auth/jwt.ts'
import { withSandboxTokens } from './server/auth/sandbox-tokens.ts'
import { DEFAULT_DOCUMENT_LIMITS } from './server/documents/document-limits.ts'
import { readTrustedDocuments } from './server/documents/read-trusted-documents.ts'
import type { TrustedDocuments } from './server/documents/trusted-documents.ts'
import { createGateway } from './server/gateway.ts'
import { listen } from './server/http/http-server.ts'
import { createLog } from './server/observability/log/log.ts'
import { startObservability } from './server/observability/observability.ts'
import { profileOf } from './server/profile.ts'
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
  // At any end of the process, with the audit lines of writes in flight: everything here must be synchronous.
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
  const authenticate = authenticateBy(sandbox?.credentials ?? services.gatewayCredentials, {
    ...config.callerCheck,
    apiKeys: apiKeysOf(config.callerCheck.apiKeys),
    verifyJwt:
      config.callerCheck.jwt &&
      jwtVerifier({ ...config.callerCheck.jwt, fetch: proxiedFetch(config.proxies) }),
  })
  const profile = profileOf(config.production, config.introspection, config.federationSdl)
  const gateway = createGateway({
    observability,
    services,
    mode: config.mode,
    projectId: sandbox?.projectId ?? config.projectId,
    authenticate:
      sandbox === undefined ? authenticate : withSandboxTokens(authenticate, sandbox.isKnownToken, log),
    profile,
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
  else
    log.info(`SANDBOX: the gateway calls an embedded simulator in place of the cloud: ${server.url}/graphql`)
  for (const line of config.warnings) log.warn(line)
  for (const line of sandbox?.tour ?? []) log.info(line)
  if (config.mode === 'cloud' && config.callerCheck.anyone) {
    log.warn('ALLOW_ANY_CALLER: every client that reaches this gateway uses its credentials')
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
    const reason = config.mode === 'sandbox' ? 'sandbox mode does not use it' : 'HW_ACCESS_KEY has precedence'
    log.warn(`${name} is set, but ${reason}`)
  }
  if (profile.graphiql) log.info(`GraphiQL, in a browser: ${server.url}/`)

  const stop = async (signal: string): Promise<void> => {
    log.info(`${signal}: accepting no new requests, finishing those in flight`)
    await server.stop()
    await services.close()
    await observability.stop()
    await sandbox?.close()
    log.info('stopped')
  }
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal does not wait for operations in flight.
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

/** `src/` and `dist/` are both one folder below package.json. */
async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(version)
}

/** A shell adds this to the number of the signal that ended a process. */
const SIGNALLED = 128

async function start(): Promise<void> {
  const read = readProcessConfig()
  const trusted = read.ok ? await readTrustedDocuments(read.config.trustedDocuments) : undefined
  const certified = read.ok ? await readClientCertificate(read.config.clientCertificate) : undefined
  if (read.ok && trusted?.ok && certified?.ok)
    return run(read.config, trusted.documents, certified.certificate)
  const faults = [read, trusted, certified].flatMap((one) => (one === undefined || one.ok ? [] : one.faults))
  const warnings = read.ok ? read.config.warnings : read.warnings
  for (const line of [...faults, ...warnings]) process.stderr.write(`${line}\n`)
  process.exitCode = 1
}

const reply = replyTo(process.argv.slice(2))
if (reply === undefined) {
  await start().catch((error: unknown) => {
    const fault = listenFault(error)
    if (fault === undefined) throw error
    process.stderr.write(`${fault}\n`)
    // What listens already would keep the process alive.
    process.exit(1)
  })
} else {
  const output = reply.exitCode === 0 ? process.stdout : process.stderr
  output.write(reply.text)
  process.exitCode = reply.exitCode
}
