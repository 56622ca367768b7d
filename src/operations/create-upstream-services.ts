import { projectId as projectIdOf } from '../lib/ids.ts'
import type { UpstreamService } from '../lib/products.ts'
import { AcceptedTokens } from '../upstream/client/accepted-tokens.ts'
import { authenticatedClient } from '../upstream/client/authenticated-client.ts'
import { circuitBreakerClient, type UpstreamState } from '../upstream/client/circuit-breaker-client.ts'
import type { Credentials } from '../upstream/client/credentials.ts'
import { DEFAULT_LIMITS, type Limits } from '../upstream/client/limits.ts'
import { retryingClient } from '../upstream/client/retrying-client.ts'
import {
  createUpstreamClient,
  type Shared,
  type UpstreamClient,
  unconfiguredClient,
} from '../upstream/client/upstream-client.ts'
import { ByteBudget } from '../upstream/http/byte-budget.ts'
import { createToken } from '../upstream/iam/create-token.ts'
import { createProjectTokens } from '../upstream/iam/project-tokens.ts'
import { makeChecker } from '../vpc-channel/rules/check.ts'
import { type RuleSettings, rulesInUse } from '../vpc-channel/rules/vendor-rules.ts'
import type {
  UpstreamServices,
  UpstreamServicesSettings,
  UpstreamServicesState,
} from './upstream-services.ts'
import type { InputCheckers } from './validate.ts'
import { createWriteLocks } from './write-locks.ts'
import { writesByInput } from './writes.ts'

export function createUpstreamServices(settings: UpstreamServicesSettings): UpstreamServices {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const accepted = new AcceptedTokens()
  const { proxies, certificate } = settings
  const shared = { budget: new ByteBudget(limits.maxUpstreamBytes), proxies, certificate }
  const apig = connect('APIG', settings.endpoints.APIG, limits, accepted, shared)
  const roma = connect('ROMA', settings.endpoints.ROMA, limits, accepted, shared)
  const login = gatewayLogin(settings, limits, shared)
  const locks = createWriteLocks()
  return {
    clients: { APIG: apig.client, ROMA_CONNECT: roma.client },
    gatewayCredentials: login.credentials,
    checkers: checkersOf(settings),
    locks,
    instancesPerCall: settings.instancesPerCall,
    limits,
    state: () => ({ APIG: apig.state(), ROMA: roma.state(), ...login.state() }),
    close: async () => {
      await locks.settled()
      await Promise.all([apig.client.close(), roma.client.close(), login.close()])
    },
  }
}

const checkersOf = (settings: RuleSettings): InputCheckers =>
  new Map(
    Array.from(writesByInput, ([field, { rules }]) => [field, makeChecker(rulesInUse(rules, settings))]),
  )

/** The client of a product, in its layers from the outside: retry, authentication, circuit breaker, requests. */
function connect(
  service: UpstreamService,
  endpoint: URL | undefined,
  limits: Limits,
  accepted: AcceptedTokens,
  shared: Shared,
): { readonly client: UpstreamClient; readonly state: () => UpstreamState | null } {
  if (endpoint === undefined) return { client: unconfiguredClient(service), state: () => null }
  const breaker = circuitBreakerClient(
    createUpstreamClient(service, endpoint, limits, shared),
    limits,
    accepted,
  )
  return { client: retryingClient(authenticatedClient(breaker), limits), state: breaker.state }
}

/** The gateway's credentials, and its connection to IAM where they are an IAM user's. */
interface GatewayLogin {
  readonly credentials: Credentials | undefined
  readonly state: () => Pick<UpstreamServicesState, 'IAM'>
  readonly close: () => Promise<void>
}

function gatewayLogin(settings: UpstreamServicesSettings, limits: Limits, shared: Shared): GatewayLogin {
  const { gatewayCredentials, onLogin } = settings
  if (gatewayCredentials?.kind !== 'USER') {
    return { credentials: gatewayCredentials, state: () => ({}), close: () => Promise.resolve() }
  }
  const { user, endpoint } = gatewayCredentials
  // A login serves all operations that wait for it, so it has none of their deadlines.
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
    configuredProject: settings.projectId === undefined ? undefined : projectIdOf(settings.projectId),
    pauseMs: limits.loginPauseMs,
  })
  return {
    credentials: { kind: 'USER', tokens },
    state: () => ({ IAM: { ...iam.state(), login: tokens.state() } }),
    close: () => iam.close(),
  }
}
