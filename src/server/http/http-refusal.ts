import type { RefusalCode } from '../refusal-code.ts'

/** Why a request is answered before its document is read: nothing of it is executed. */
export interface HttpRefusal {
  readonly status: number
  /** What is wrong with the request, without a word of it. */
  readonly message: string
  readonly code?: RefusalCode | undefined
  /** Answered as 200 to callers of `application/json`, as GraphQL's own refusals are. */
  readonly isOfGraphql?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** The body of a refusal, in the shape of all errors. */
export const refusalBody = ({ message, code = 'BAD_REQUEST' }: HttpRefusal, requestId: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] })
