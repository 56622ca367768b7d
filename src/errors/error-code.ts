import type { MESSAGES_BY_CODE, MESSAGES_BY_REASON } from './error-messages.ts'

export type ErrorCode = keyof typeof MESSAGES_BY_CODE
export type ErrorReason = keyof typeof MESSAGES_BY_REASON

/** Whether a failed mutation changed anything in the cloud. */
export type Effect = 'NOT_APPLIED' | 'APPLIED' | 'PARTIAL' | 'UNKNOWN'
