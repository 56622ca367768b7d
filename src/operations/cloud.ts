import { type Checker, makeChecker } from '../translation/rules/check.ts'
import { documentedRules, type RuleSettings } from '../translation/rules/documented-rules.ts'
import { guardedClient, type UpstreamState } from '../upstream/guarded-client.ts'
import { DEFAULT_LIMITS, type Limits } from '../upstream/limits.ts'
import { retryingClient } from '../upstream/retrying-client.ts'
import { createUpstreamClient, type UpstreamClient, unconfiguredClient } from '../upstream/upstream-client.ts'
import type { UpstreamService } from '../upstream/upstream-failure.ts'
import { createWriteLocks, type WriteLocks } from './write-locks.ts'

/** The cloud as operations see it: a client of each product and the rules of what may be sent to it. Made once. */
export interface Cloud {
  readonly apig: UpstreamClient
  readonly roma: UpstreamClient
  readonly checkCreate: Checker
  readonly checkUpsert: Checker
  readonly locks: WriteLocks
  readonly instancesPerCall: number
  readonly limits: Limits
  /** How each product's API is doing; `null` for one without an endpoint. */
  readonly state: () => Readonly<Record<'APIG' | 'ROMA', UpstreamState | null>>
  readonly close: () => Promise<void>
}

export interface CloudSettings extends RuleSettings {
  /** Instances that one batch call may name (`PROJECT_VPC_OPERATOR_NUM_LIMIT`). */
  readonly instancesPerCall: number
  /** Base URLs; a product without one cannot be called. */
  readonly endpoints: { readonly apig: URL | undefined; readonly roma: URL | undefined }
  /** Those that are not the defaults. */
  readonly limits?: Partial<Limits>
}

export function connectCloud(settings: CloudSettings): Cloud {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const apig = connect('APIG', settings.endpoints.apig, limits)
  const roma = connect('ROMA', settings.endpoints.roma, limits)
  return {
    apig: apig.client,
    roma: roma.client,
    checkCreate: makeChecker(documentedRules('APIG', settings)),
    checkUpsert: makeChecker(documentedRules('ROMA_CONNECT', settings)),
    locks: createWriteLocks(),
    instancesPerCall: settings.instancesPerCall,
    limits,
    state: () => ({ APIG: apig.state(), ROMA: roma.state() }),
    close: async () => {
      await Promise.all([apig.client.close(), roma.client.close()])
    },
  }
}

/** A client that repeats reads, and stops calling a service that fails. */
function connect(
  service: UpstreamService,
  endpoint: URL | undefined,
  limits: Limits,
): { readonly client: UpstreamClient; readonly state: () => UpstreamState | null } {
  if (endpoint === undefined) return { client: unconfiguredClient(service), state: () => null }
  const guarded = guardedClient(createUpstreamClient(service, endpoint, limits), limits)
  return { client: retryingClient(guarded, limits), state: guarded.state }
}
