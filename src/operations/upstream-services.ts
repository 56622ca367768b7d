import type { VpcChannelProduct } from '../lib/products.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import type { UpstreamState } from '../upstream/client/circuit-breaker-client.ts'
import type { AccessKeyCredentials, Credentials } from '../upstream/client/credentials.ts'
import type { Limits } from '../upstream/client/limits.ts'
import type { UpstreamClient } from '../upstream/client/upstream-client.ts'
import type { ClientCertificate } from '../upstream/http/client-certificate.ts'
import type { Proxies } from '../upstream/http/proxies.ts'
import type { IamUser } from '../upstream/iam/create-token.ts'
import type { LoginState } from '../upstream/iam/login-backoff.ts'
import type { RuleSettings } from '../vpc-channel/rules/vendor-rules.ts'
import type { InputCheckers } from './validate.ts'
import type { WriteLocks } from './write-locks.ts'

/** How the gateway itself may log in to the cloud. */
export type GatewayCredentials =
  | AccessKeyCredentials
  | { readonly kind: 'USER'; readonly user: IamUser; readonly endpoint: URL }

/** The cloud as operations see it: a client of each service, and the checkers of inputs. Made once. */
export interface UpstreamServices {
  readonly clients: Readonly<Record<VpcChannelProduct, UpstreamClient>>
  /** The gateway's credentials, for callers that it knows and that bring none. */
  readonly gatewayCredentials: Credentials | undefined
  readonly checkers: InputCheckers
  readonly locks: WriteLocks
  readonly instancesPerCall: number
  readonly limits: Limits
  readonly state: () => UpstreamServicesState
  /** Waits for all writes, also those whose callers have gone, then closes all connections. */
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
  readonly endpoints: { readonly APIG: URL | undefined; readonly ROMA: URL | undefined }
  readonly gatewayCredentials?: GatewayCredentials | undefined
  /** Called after every login of the gateway. A login serves all callers, so it belongs to no operation. */
  readonly onLogin?: ((call: CallRecord) => void) | undefined
  /** The proxies of all calls. */
  readonly proxies?: Proxies | undefined
  /** For servers that ask for one. */
  readonly certificate?: ClientCertificate | undefined
  /** Those that are not the defaults. */
  readonly limits?: Partial<Limits>
}
