import { projectId as projectIdOf } from '../lib/ids.ts'
import { AcceptedTokens } from '../upstream/client/accepted-tokens.ts'
import { authenticatedClient } from '../upstream/client/authenticated-client.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import { circuitBreakerClient, type UpstreamState } from '../upstream/client/circuit-breaker-client.ts'
import type { AccessKeyCredentials, Credentials } from '../upstream/client/credentials.ts'
import { DEFAULT_LIMITS, type Limits } from '../upstream/client/limits.ts'
import { retryingClient } from '../upstream/client/retrying-client.ts'
import {
  createUpstreamClient,
  type Shared,
  type UpstreamClient,
  unconfiguredClient,
} from '../upstream/client/upstream-client.ts'
import { ByteBudget } from '../upstream/http/byte-budget.ts'
import type { ClientCertificate } from '../upstream/http/client-certificate.ts'
import type { Proxies } from '../upstream/http/proxies.ts'
import { createToken, type IamUser } from '../upstream/iam/create-token.ts'
import type { LoginState } from '../upstream/iam/login-backoff.ts'
import { createProjectTokens } from '../upstream/iam/project-tokens.ts'
import type { UpstreamService } from '../upstream/upstream-failure.ts'
import { type Checker, makeChecker } from '../vpc-channel/rules/check.ts'
import { documentedRules, type RuleSettings } from '../vpc-channel/rules/documented-rules.ts'
import { createWriteLocks, type WriteLocks } from './write-locks.ts'

/** How the gateway itself may log in to the cloud. */
export type GatewayCredentials =
  | AccessKeyCredentials
  | { readonly kind: 'USER'; readonly user: IamUser; readonly endpoint: URL }

/** The cloud as operations see it: a client of each product and the rules of what may be sent to it. Made once. */
export interface UpstreamServices {
  readonly apig: UpstreamClient
  readonly roma: UpstreamClient
  /** The gateway's own rights, for callers who bring none and whom it knows. */
  readonly ownCredentials: Credentials | undefined
  readonly checkCreate: Checker
  readonly checkUpsert: Checker
  readonly locks: WriteLocks
  readonly instancesPerCall: number
  readonly limits: Limits
  readonly state: () => UpstreamServicesState
  /** Lets writes end, also those whose callers have gone, then closes all connections. */
  readonly close: () => Promise<void>
}

/** How each service is doing; `null` for a product without an endpoint. IAM is there where the gateway logs in itself. */
export interface UpstreamServicesState {
  readonly APIG: UpstreamState | null
  readonly ROMA: UpstreamState | null
  readonly IAM?: UpstreamState & { readonly login: LoginState }
}

export interface UpstreamServicesSettings extends RuleSettings {
  /** Instances that one batch call may name (`PROJECT_VPC_OPERATOR_NUM_LIMIT`). */
  readonly instancesPerCall: number
  /** The project of callers that name none. */
  readonly projectId?: string | undefined
  /** Base URLs; a product without one cannot be called. */
  readonly endpoints: { readonly apig: URL | undefined; readonly roma: URL | undefined }
  readonly ownCredentials?: GatewayCredentials | undefined
  /** Told of every login of the gateway's own: it serves all callers, and so belongs to no operation. */
  readonly onLogin?: ((call: CallRecord) => void) | undefined
  /** The proxies of all calls. */
  readonly proxies?: Proxies | undefined
  /** For servers that ask for one. */
  readonly certificate?: ClientCertificate | undefined
  /** Those that are not the defaults. */
  readonly limits?: Partial<Limits>
}

export function createUpstreamServices(settings: UpstreamServicesSettings): UpstreamServices {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const accepted = new AcceptedTokens()
  const { proxies, certificate } = settings
  const shared = { budget: new ByteBudget(limits.maxUpstreamBytes), proxies, certificate }
  const apig = connect('APIG', settings.endpoints.apig, limits, accepted, shared)
  const roma = connect('ROMA', settings.endpoints.roma, limits, accepted, shared)
  const own = gatewayCredentials(settings, limits, shared)
  const locks = createWriteLocks()
  return {
    apig: apig.client,
    roma: roma.client,
    ownCredentials: own.credentials,
    checkCreate: makeChecker(documentedRules('APIG', settings)),
    checkUpsert: makeChecker(documentedRules('ROMA_CONNECT', settings)),
    locks,
    instancesPerCall: settings.instancesPerCall,
    limits,
    state: () => ({ APIG: apig.state(), ROMA: roma.state(), ...own.state() }),
    close: async () => {
      await locks.settled()
      await Promise.all([apig.client.close(), roma.client.close(), own.close()])
    },
  }
}

/** A client that repeats reads, and stops calling a service that fails. */
function connect(
  service: UpstreamService,
  endpoint: URL | undefined,
  limits: Limits,
  accepted: AcceptedTokens,
  shared: Shared,
): { readonly client: UpstreamClient; readonly state: () => UpstreamState | null } {
  if (endpoint === undefined) return { client: unconfiguredClient(service), state: () => null }
  const guarded = circuitBreakerClient(
    createUpstreamClient(service, endpoint, limits, shared),
    limits,
    accepted,
  )
  return { client: retryingClient(authenticatedClient(guarded), limits), state: guarded.state }
}

interface OwnRights {
  readonly credentials: Credentials | undefined
  readonly state: () => Pick<UpstreamServicesState, 'IAM'>
  readonly close: () => Promise<void>
}

function gatewayCredentials(settings: UpstreamServicesSettings, limits: Limits, shared: Shared): OwnRights {
  const { ownCredentials, onLogin } = settings
  if (ownCredentials?.kind !== 'USER') {
    return { credentials: ownCredentials, state: () => ({}), close: () => Promise.resolve() }
  }
  const { user, endpoint } = ownCredentials
  // A login serves all who wait for it, so no operation's deadline is its own.
  const loginMs = limits.connectMs + limits.headersMs + limits.bodyMs
  const iam = circuitBreakerClient(createUpstreamClient('IAM', endpoint, limits, shared), limits)
  const tokens = createProjectTokens({
    login: (projectId, scope) =>
      createToken(iam, user, projectId, scope, {
        credentials: { kind: 'NONE' },
        caller: 'gateway',
        language: 'en-us',
        deadline: performance.now() + loginMs,
        record: onLogin ?? (() => undefined),
      }),
    ownProject: settings.projectId === undefined ? undefined : projectIdOf(settings.projectId),
    pauseMs: limits.loginPauseMs,
  })
  return {
    credentials: { kind: 'USER', tokens },
    state: () => ({ IAM: { ...iam.state(), login: tokens.state() } }),
    close: () => iam.close(),
  }
}
