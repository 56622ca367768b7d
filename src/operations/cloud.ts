import { type Checker, makeChecker } from '../translation/rules/check.ts'
import { documentedRules, type RuleSettings } from '../translation/rules/documented-rules.ts'
import { AcceptedTokens } from '../upstream/accepted-tokens.ts'
import { authorizedClient } from '../upstream/authorized-client.ts'
import type { CallRecord } from '../upstream/call-context.ts'
import type { AccessKeyCredentials, Credentials } from '../upstream/credentials.ts'
import { guardedClient, type UpstreamState } from '../upstream/guarded-client.ts'
import type { LoginState } from '../upstream/iam/careful-logins.ts'
import { createToken, type IamUser } from '../upstream/iam/create-token.ts'
import { createProjectTokens } from '../upstream/iam/project-tokens.ts'
import { projectId as projectIdOf } from '../upstream/ids.ts'
import { DEFAULT_LIMITS, type Limits } from '../upstream/limits.ts'
import { retryingClient } from '../upstream/retrying-client.ts'
import { createUpstreamClient, type UpstreamClient, unconfiguredClient } from '../upstream/upstream-client.ts'
import type { UpstreamService } from '../upstream/upstream-failure.ts'
import { createWriteLocks, type WriteLocks } from './write-locks.ts'

/** How the gateway itself may log in to the cloud. */
export type OwnCredentials =
  | AccessKeyCredentials
  | { readonly kind: 'USER'; readonly user: IamUser; readonly endpoint: URL }

/** The cloud as operations see it: a client of each product and the rules of what may be sent to it. Made once. */
export interface Cloud {
  readonly apig: UpstreamClient
  readonly roma: UpstreamClient
  /** The gateway's own rights, for callers who bring none and whom it knows. */
  readonly ownCredentials: Credentials | undefined
  readonly checkCreate: Checker
  readonly checkUpsert: Checker
  readonly locks: WriteLocks
  readonly instancesPerCall: number
  readonly limits: Limits
  readonly state: () => CloudState
  /** Lets writes end, also those whose callers have gone, then closes all connections. */
  readonly close: () => Promise<void>
}

/** How each service is doing; `null` for a product without an endpoint. IAM is there where the gateway logs in itself. */
export interface CloudState {
  readonly APIG: UpstreamState | null
  readonly ROMA: UpstreamState | null
  readonly IAM?: UpstreamState & { readonly login: LoginState }
}

export interface CloudSettings extends RuleSettings {
  /** Instances that one batch call may name (`PROJECT_VPC_OPERATOR_NUM_LIMIT`). */
  readonly instancesPerCall: number
  /** The project of callers that name none. */
  readonly projectId?: string | undefined
  /** Base URLs; a product without one cannot be called. */
  readonly endpoints: { readonly apig: URL | undefined; readonly roma: URL | undefined }
  readonly ownCredentials?: OwnCredentials | undefined
  /** Told of every login of the gateway's own: it serves all callers, and so belongs to no operation. */
  readonly onLogin?: ((call: CallRecord) => void) | undefined
  /** Those that are not the defaults. */
  readonly limits?: Partial<Limits>
}

export function connectCloud(settings: CloudSettings): Cloud {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const accepted = new AcceptedTokens()
  const apig = connect('APIG', settings.endpoints.apig, limits, accepted)
  const roma = connect('ROMA', settings.endpoints.roma, limits, accepted)
  const own = ownRights(settings, limits)
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
): { readonly client: UpstreamClient; readonly state: () => UpstreamState | null } {
  if (endpoint === undefined) return { client: unconfiguredClient(service), state: () => null }
  const guarded = guardedClient(createUpstreamClient(service, endpoint, limits), limits, accepted)
  return { client: retryingClient(authorizedClient(guarded), limits), state: guarded.state }
}

interface OwnRights {
  readonly credentials: Credentials | undefined
  readonly state: () => Pick<CloudState, 'IAM'>
  readonly close: () => Promise<void>
}

function ownRights(settings: CloudSettings, limits: Limits): OwnRights {
  const { ownCredentials, onLogin } = settings
  if (ownCredentials?.kind !== 'USER') {
    return { credentials: ownCredentials, state: () => ({}), close: () => Promise.resolve() }
  }
  const { user, endpoint } = ownCredentials
  // A login serves all who wait for it, so no operation's deadline is its own.
  const loginMs = limits.connectMs + limits.headersMs + limits.bodyMs
  const iam = guardedClient(createUpstreamClient('IAM', endpoint, limits), limits)
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
