import pLimit from 'p-limit'
import type { ProjectId } from '../ids.ts'
import { UpstreamFailure } from '../upstream-failure.ts'
import type { ProjectToken } from './create-token.ts'

/** How the gateway's own logging in stands, for whoever runs it. */
export type LoginState = 'ok' | 'refused' | 'locked'

export interface CarefulLogins {
  /** @throws {UpstreamFailure} the cloud's refusal, also where it was had before and is not asked for again */
  readonly login: (projectId: ProjectId) => Promise<ProjectToken>
  readonly state: () => LoginState
}

export interface CarefulLoginsSettings {
  /** Logs in, once. */
  readonly login: (projectId: ProjectId) => Promise<ProjectToken>
  /** Milliseconds for which a refused login is not tried again; longer where refusals go on. */
  readonly pauseMs: number
  readonly now: () => number
}

/** Codes that speak of the user, not of the project: no login of his can succeed. */
const LOCKED = 'IAM.0061'
const OF_THE_USER: ReadonlySet<string> = new Set([LOCKED, 'IAM.0062'])

/** Refusals in a row after which projects that were never logged in to must wait. */
const MOST_IN_A_ROW = 3
/** How many times as long as the one before each further pause is, and how often it grows. */
const GROWTH = 4
const MOST_GROWTHS = 2

interface Refusal {
  readonly failure: UpstreamFailure
  readonly until: number
}

/**
 * Logs in without ever locking the account, which the cloud does after five wrong passwords within an hour or less. It
 * answers a wrong password and an unknown project alike, and callers may name any project. So there is one login at a time,
 * a refused one is not tried again for a while, some in a row stop those for all new projects, and one where it went well
 * before is the user's and stops every one.
 */
export function carefulLogins({ login, pauseMs, now }: CarefulLoginsSettings): CarefulLogins {
  const oneAtATime = pLimit(1)
  const proven = new Set<ProjectId>()
  const refused = new Map<ProjectId, Refusal>()
  let inARow = 0
  let latest: Refusal | undefined
  let ofUser: Refusal | undefined

  const isNow = (refusal: Refusal | undefined): boolean => refusal !== undefined && now() < refusal.until

  function standing(projectId: ProjectId): Refusal | undefined {
    const ofNewProjects = inARow >= MOST_IN_A_ROW && !proven.has(projectId) ? latest : undefined
    return [ofUser, refused.get(projectId), ofNewProjects].find(isNow)
  }

  function noteRefusal(projectId: ProjectId, failure: UpstreamFailure): void {
    const { status, errorCode } = failure.answer
    // While it is locked no password is looked at.
    if (errorCode !== LOCKED) inARow += 1
    const growths = Math.min(MOST_GROWTHS, Math.max(0, inARow - MOST_IN_A_ROW))
    latest = { failure, until: now() + pauseMs * GROWTH ** growths }
    const wentWell = proven.delete(projectId)
    if (OF_THE_USER.has(errorCode ?? '') || (wentWell && status === 401)) {
      ofUser = latest
      return
    }
    for (const [id, one] of refused) if (!isNow(one)) refused.delete(id)
    refused.set(projectId, latest)
  }

  async function attempt(projectId: ProjectId): Promise<ProjectToken> {
    const refusal = standing(projectId)
    if (refusal !== undefined) throw refusal.failure
    try {
      const token = await login(projectId)
      proven.add(projectId)
      inARow = 0
      latest = undefined
      ofUser = undefined
      return token
    } catch (error) {
      if (isRefusal(error)) noteRefusal(projectId, error)
      throw error
    }
  }

  return {
    login: (projectId) => oneAtATime(() => attempt(projectId)),
    state() {
      if (!isNow(latest)) return 'ok'
      return latest?.failure.answer.errorCode === LOCKED ? 'locked' : 'refused'
    },
  }
}

/** An answer that another try at once would only repeat, and perhaps be counted. */
function isRefusal(error: unknown): error is UpstreamFailure {
  if (!(error instanceof UpstreamFailure)) return false
  const { errorCode, status } = error.answer
  if (OF_THE_USER.has(errorCode ?? '')) return true
  return status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
