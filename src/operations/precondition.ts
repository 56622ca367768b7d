import type { GatewayError } from '../errors/gateway-error.ts'

/** A property of an instance that can make the cloud refuse a batch. The gateway checks it in a plan. */
export type Precondition = 'VPC_NAME_MODIFIABLE' | 'CHANNEL_QUOTA'

/** The result of checking one precondition. */
export interface Checked {
  /** Why the write would be refused; `null` where nothing is known to forbid it. */
  readonly obstacle: GatewayError | null
  /** Whether the cloud answered, and the answer says it. */
  readonly isChecked: boolean
  /** Why there is no answer. */
  readonly failure?: GatewayError
}
