import type { Config } from './config/config.ts'
import type { Credentials } from './upstream/client/credentials.ts'

/** The embedded simulator as the gateway uses it. */
export interface Sandbox {
  readonly endpoints: Config['endpoints']
  readonly projectId: string
  readonly credentials: Credentials
  /** Whether the simulator has issued a token. */
  readonly isKnownToken: (token: string) => boolean
  /** What there is to try, a line each. */
  readonly tour: readonly string[]
  readonly close: () => Promise<void>
}

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000

export async function startSandbox(projectId: string | undefined): Promise<Sandbox> {
  const { startSimulator } = await import('./simulator/start-simulator.ts')
  const simulator = await startSimulator(projectId === undefined ? {} : { projectId })
  const url = new URL(simulator.url)
  return {
    endpoints: { APIG: url, ROMA: url, IAM: url },
    projectId: simulator.projectId,
    credentials: { kind: 'TOKEN', token: simulator.issueToken({ lifetimeMs: TEN_YEARS_MS }) },
    isKnownToken: simulator.hasIssued,
    tour: [
      ...simulator.seedLines,
      `Simulator: ${simulator.url}; POST ${simulator.url}/_simulator/faults injects faults (docs/simulator.md)`,
      `A token for the simulator's REST APIs, X-Auth-Token: ${simulator.issueToken()}`,
    ],
    close: () => simulator.close(),
  }
}
