import type { GatewayError } from '../errors/gateway-error.ts'

/** What can keep an instance from taking part in a batch, and is looked at beforehand. */
export type Precondition = 'VPC_NAME_MODIFIABLE' | 'CHANNEL_QUOTA'

/** What a look at one precondition found. */
export interface Checked {
  /** Why the write would be refused; `null` where nothing is known to forbid it. */
  readonly obstacle: GatewayError | null
  /** Whether the cloud's answer could be had and says anything. */
  readonly isChecked: boolean
  /** Why the answer could not be had. */
  readonly failure?: GatewayError
}
