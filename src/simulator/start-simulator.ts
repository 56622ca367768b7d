import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { adminRoutes } from './admin-routes.ts'
import { Tokens } from './auth/tokens.ts'
import { Cloud } from './cloud/cloud.ts'
import type { Edition } from './cloud/edition.ts'
import { OffsetClock } from './cloud/offset-clock.ts'
import { sandboxSeed } from './cloud/sandbox-seed.ts'
import type { AccessKey, Seed, SeededChannel, User } from './cloud/seed.ts'
import type { Clock } from './cloud/timestamp.ts'
import { Connections } from './faults/connections.ts'
import type { Fault, FaultOptions } from './faults/fault.ts'
import { FaultPlan } from './faults/fault-plan.ts'
import { LateWrites } from './faults/late-writes.ts'
import { Pending } from './faults/pending.ts'
import { CallLog, type RecordedCall } from './http/call-log.ts'
import { LoginAttempts } from './iam/login-attempts.ts'
import { routesOf } from './routes.ts'
import { seedLines } from './seed-lines.ts'
import { serve } from './serve.ts'

export interface SimulatorOptions {
  readonly host?: string
  readonly port?: number
  /** The sandbox user's project, in the built-in seed. */
  readonly projectId?: string
  readonly seed?: Seed
  /** Default: `pages`. */
  readonly edition?: Edition
  readonly now?: Clock
  /** Milliseconds that the simulator's clock is ahead of the machine's, in the `Date` header and in all times. */
  readonly clockOffsetMs?: number
}

export interface Simulator extends AsyncDisposable {
  readonly url: string
  readonly projectId: string
  readonly user: User
  readonly accessKey: AccessKey
  /** Valid only together with its `securityToken`. */
  readonly temporaryAccessKey: AccessKey
  readonly seed: Seed
  /** What there is to try, a line each. */
  readonly seedLines: readonly string[]
  /** The latest 10,000 REST calls, oldest first. */
  readonly calls: readonly RecordedCall[]
  /** Issues a token of the sandbox user; by default for the sandbox project and 24 hours. */
  issueToken(options?: TokenOptions): string
  /** Whether it has issued a token, expired ones included. */
  hasIssued(token: string): boolean
  failNext(fault: Fault, options?: FaultOptions): void
  /** Removes all planned faults and revives the connections. */
  clearFaults(): void
  /** Makes each connection that has carried a call reset at its next call. */
  killIdle(): void
  setClockOffset(offsetMs: number): void
  /** Adds a channel that lagging reads see too; returns its id. */
  plant(channel: SeededChannel): string
  /** Resolves once all received calls and late writes are executed. */
  settled(): Promise<void>
  /** Restores the seed and removes recorded calls, planned faults and late writes. Tokens stay valid. */
  reset(): void
  close(): Promise<void>
}

interface TokenOptions {
  /** `null` for a token without a project. */
  readonly projectId?: string | null
  readonly lifetimeMs?: number
}

const MAX_RECORDED_CALLS = 10_000

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const offsetClock = new OffsetClock(options.now ?? (() => new Date()), options.clockOffsetMs ?? 0)
  const clock = offsetClock.now
  const seed = options.seed ?? sandboxSeed(options.projectId)
  const [project] = seed.projects
  const cloud = new Cloud(seed, options.edition ?? 'pages', clock)
  const tokens = new Tokens(clock)
  const attempts = new LoginAttempts(clock)
  const faults = new FaultPlan()
  const pending = new Pending()
  const lateWrites = new LateWrites(pending)
  const connections = new Connections()
  const log = new CallLog(MAX_RECORDED_CALLS)
  const routes = routesOf(cloud, tokens, attempts)
  const steered = { cloud, clock: offsetClock, faults, connections, pending }
  const service = { ...steered, clock, routes, adminRoutes: adminRoutes(steered), lateWrites, log }

  const server = createServer((request, response) => {
    // `serve` rejects where the client has disconnected: there is no one to answer.
    serve(service, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const { address, family, port } = server.address() as AddressInfo

  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    // A stalled answer would keep its connection open forever.
    server.closeAllConnections()
    await closed
    lateWrites.cancelAll()
  }

  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    projectId: project.id,
    user: seed.user,
    accessKey: keyOf(seed, (key) => key.securityToken === undefined),
    temporaryAccessKey: keyOf(seed, (key) => key.securityToken !== undefined),
    seed,
    seedLines: seedLines(seed, project.id),
    get calls() {
      return log.calls
    },
    issueToken: ({ projectId = project.id, ...rest } = {}) => tokens.issue({ projectId, ...rest }).value,
    hasIssued: (token) => tokens.find(token) !== undefined,
    failNext: (fault, faultOptions) => faults.add(fault, faultOptions),
    clearFaults: () => {
      faults.clear()
      connections.revive()
    },
    killIdle: () => connections.kill(),
    setClockOffset: (offsetMs) => {
      offsetClock.offsetMs = offsetMs
    },
    plant: (channel) => cloud.plant(channel).id,
    settled: () => pending.done(),
    reset: () => {
      cloud.reset()
      attempts.reset()
      faults.clear()
      connections.revive()
      lateWrites.cancelAll()
      log.clear()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function keyOf(seed: Seed, fits: (key: AccessKey) => boolean): AccessKey {
  const key = seed.accessKeys.find(fits)
  if (!key) throw new Error('The seed needs a permanent and a temporary access key.')
  return key
}
