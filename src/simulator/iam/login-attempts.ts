import type { Clock } from '../cloud/timestamp.ts'
import { Refusal } from '../http/refusal.ts'

const MAX_FAILURES = 5
const LOCK_MS = 15 * 60 * 1000

/** Five wrong passwords in a row lock the user for a quarter of an hour, right password or not. */
export class LoginAttempts {
  readonly #clock: Clock
  #failures = 0
  #lockedUntil = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  assertUnlocked(): void {
    if (this.#clock().getTime() < this.#lockedUntil) {
      throw new Refusal(401, { error_code: 'IAM.0061', error_msg: 'The account is locked.' })
    }
  }

  failed(): void {
    this.#failures += 1
    if (this.#failures < MAX_FAILURES) return
    this.#lockedUntil = this.#clock().getTime() + LOCK_MS
    this.#failures = 0
  }

  succeeded(): void {
    this.#failures = 0
  }

  reset(): void {
    this.#failures = 0
    this.#lockedUntil = 0
  }
}
