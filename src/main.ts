import { type Config, readProcessConfig } from './config.ts'
import { connectCloud } from './operations/cloud.ts'
import { DEFAULT_DOCUMENT_LIMITS } from './server/documents/document-limits.ts'
import { createGateway } from './server/gateway.ts'
import type { TrustedDocuments } from './server/http/trusted-documents.ts'
import { listen } from './server/http-server.ts'
import { createLog } from './server/log.ts'
import { profileOf } from './server/profile.ts'
import { readManifest } from './server/read-manifest.ts'

async function run(config: Config, trustedDocuments: TrustedDocuments | undefined): Promise<void> {
  const log = await createLog(config.logLevel, process.stdout.isTTY && !config.production)
  const sandbox = config.mode === 'sandbox' ? await startSandbox(config.projectId) : undefined
  const endpoints = sandbox?.endpoints ?? config.endpoints
  const cloud = connectCloud({ ...config, endpoints })
  const gateway = createGateway({
    cloud,
    mode: config.mode,
    projectId: sandbox?.projectId ?? config.projectId,
    sandboxToken: sandbox?.token,
    profile: profileOf(config.production, config.introspection),
    corsOrigins: config.corsOrigins,
    bodyBytes: config.bodyBytes,
    documents: { ...DEFAULT_DOCUMENT_LIMITS, ...config.documents },
    trustedDocuments,
    log,
  })
  const server = await listen(gateway, {
    ...config,
    deadlineMs: cloud.limits.deadlineMs,
    upstream: cloud.state,
  })

  if (sandbox === undefined) log.info(`Gateway to the cloud: ${server.url}/graphql`)
  else
    log.info(
      `SANDBOX: no endpoint is set, so an embedded simulator stands in for the cloud: ${server.url}/graphql`,
    )
  for (const name of config.ignored) {
    log.warn(`${name} is set, but this version acts with its callers' own X-Auth-Token only`)
  }

  const stop = async (signal: string): Promise<void> => {
    log.info(`${signal}: taking no new requests, finishing those in flight`)
    await server.stop()
    await cloud.close()
    await sandbox?.close()
    log.info('stopped')
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

interface Sandbox {
  readonly endpoints: Config['endpoints']
  readonly projectId: string
  readonly token: string
  readonly close: () => Promise<void>
}

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000

async function startSandbox(projectId: string | undefined): Promise<Sandbox> {
  const { startSimulator } = await import('./simulator/start-simulator.ts')
  const simulator = await startSimulator(projectId === undefined ? {} : { projectId })
  const url = new URL(simulator.url)
  return {
    endpoints: { apig: url, roma: url, iam: url },
    projectId: simulator.projectId,
    token: simulator.issueToken({ lifetimeMs: TEN_YEARS_MS }),
    close: () => simulator.close(),
  }
}

/** Runs with these settings, or says what is wrong with the file that they name. */
async function start(config: Config): Promise<readonly string[]> {
  const file = config.trustedDocuments
  const trusted = file === undefined ? undefined : await readManifest(file)
  if (file !== undefined && trusted === undefined) {
    return [`TRUSTED_DOCUMENTS: must name a JSON file of documents by their ids; ${file} is none`]
  }
  await run(config, trusted)
  return []
}

const read = readProcessConfig()
const faults = read.ok ? await start(read.config) : read.faults
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (faults.length > 0) process.exitCode = 1
