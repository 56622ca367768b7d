const MESSAGES = {
  TIME: 'no time was left',
  MEMORY: 'no room for the body among those being read',
  SIZE: 'the body is longer than it may be',
  CONNECTION: 'no connection',
  ABANDONED: 'the caller has left',
} as const

/**
 * Why an exchange ended without a response, and whether the request had begun to leave by then.
 * - `TIME`: its time was up.
 * - `MEMORY`: its time was up while its body waited for room in the budget.
 * - `SIZE`: the headers, or the body, are longer than they may be.
 * - `CONNECTION`: there was no connection, or it was lost.
 * - `ABANDONED`: the caller has left.
 */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError'
  readonly reason: 'TIME' | 'MEMORY' | 'SIZE' | 'CONNECTION' | 'ABANDONED'
  readonly sent: boolean

  constructor(
    reason: ExchangeError['reason'],
    sent: boolean,
    cause?: unknown,
    message: string = MESSAGES[reason],
  ) {
    super(message, { cause })
    this.reason = reason
    this.sent = sent
  }
}
