import pLimit from 'p-limit'
import type { ProjectId } from '../../lib/ids.ts'
import { keepNewest } from '../../lib/keep-newest.ts'
import { Bulkhead, BulkheadFull } from '../client/bulkhead.ts'
import { UpstreamFailure } from '../upstream-failure.ts'
import type { LoginScope, ProjectToken } from './create-token.ts'
import { isLock, isRefusal, isWrongPassword } from './login-refusal.ts'

/** The state of the gateway's login, for operators. */
export type LoginState = 'ok' | 'refused' | 'locked'

export interface LoginBackoff {
  /**
   * @param caller who asks for the project
   * @throws {UpstreamFailure} the cloud's refusal, also where it was had before and is not asked for again
   */
  readonly login: (projectId: ProjectId, caller: string) => Promise<ProjectToken>
  /** A product has refused a token: the password may have changed since it was last verified. */
  readonly doubt: () => void
  readonly state: () => LoginState
}

export interface LoginBackoffSettings {
  /** Logs in, once. */
  readonly login: (projectId: ProjectId, scope: LoginScope) => Promise<ProjectToken>
  /** The project of the settings, which no caller can have invented. */
  readonly configuredProject: ProjectId | undefined
  /** Milliseconds for which a refused password is not sent again. */
  readonly pauseMs: number
  readonly now: () => number
}

/** A login for a project may follow a successful one within this time without verifying the password again. */
const VERIFIED_MS = 1_000
/** Refusals of a project do not count towards the account's lock; an administrator may create the project or add the user to it. */
const OTHER_PAUSE_MS = 15 * 60_000
/** Projects that are known to be refused, and to be good. */
const MAX_PROJECTS = 1_000
/** For projects without a successful login yet, over all callers: at most two of them delay the other logins. */
const NEW_PROJECTS = { inFlight: 2, inFlightPerCaller: 1, queue: 64, queuePerCaller: 16, queueMs: 20_000 }

interface Refusal {
  readonly failure: UpstreamFailure
  readonly until: number
}

/**
 * Logs in without ever locking the account, which the cloud does after five wrong passwords within an hour or less. It may
 * answer a wrong password and an unknown project alike, and callers may name any project. So the password is verified first, by
 * a login for no project: where that is refused it is the user's, and no login is tried for a pause. What is refused directly
 * after that is the project's alone. There is one login at a time: no second one is under way while a first is refused.
 */
export function loginBackoff({ login, configuredProject, pauseMs, now }: LoginBackoffSettings): LoginBackoff {
  const oneAtATime = pLimit(1)
  const newProjects = new Bulkhead(NEW_PROJECTS)
  const good = new Map<ProjectId, true>()
  const refused = new Map<ProjectId, Refusal>()
  let ofUser: Refusal | undefined
  let verifiedUntil = Number.NEGATIVE_INFINITY

  const active = (refusal: Refusal | undefined): Refusal | undefined =>
    refusal !== undefined && now() < refusal.until ? refusal : undefined

  function assertNotRefused(projectId: ProjectId): void {
    const refusal = active(ofUser) ?? active(refused.get(projectId))
    if (refusal !== undefined) throw refusal.failure
  }

  async function tryLogin(projectId: ProjectId, scope: LoginScope): Promise<ProjectToken> {
    try {
      const token = await login(projectId, scope)
      ofUser = undefined
      verifiedUntil = now() + VERIFIED_MS
      return token
    } catch (error) {
      if (isRefusal(error)) noteRefusal(projectId, scope, error)
      throw error
    }
  }

  function noteRefusal(projectId: ProjectId, scope: LoginScope, failure: UpstreamFailure): void {
    verifiedUntil = Number.NEGATIVE_INFINITY
    const isOfUser = scope === 'NONE' || isLock(failure) || isWrongPassword(failure)
    // IAM counts wrong passwords, which it does not look at while it has locked the user.
    const isCounted =
      isOfUser && !isLock(failure) && (isWrongPassword(failure) || failure.response.status === 401)
    const pause = isCounted ? pauseMs : Math.min(pauseMs, OTHER_PAUSE_MS)
    const refusal = { failure, until: now() + pause }
    if (isOfUser) ofUser = refusal
    else keepNewest(refused, projectId, refusal, MAX_PROJECTS)
  }

  async function attempt(projectId: ProjectId): Promise<ProjectToken> {
    assertNotRefused(projectId)
    if (now() >= verifiedUntil) await tryLogin(projectId, 'NONE')
    const token = await tryLogin(projectId, 'PROJECT')
    refused.delete(projectId)
    keepNewest(good, projectId, true, MAX_PROJECTS)
    return token
  }

  /** A caller who names many unknown projects waits for these, and does not delay other callers. */
  async function attemptNew(projectId: ProjectId, caller: string): Promise<ProjectToken> {
    assertNotRefused(projectId)
    await acquire(newProjects, caller)
    try {
      return await oneAtATime(() => attempt(projectId))
    } finally {
      newProjects.release(caller)
    }
  }

  return {
    login: (projectId, caller) =>
      projectId === configuredProject || good.has(projectId)
        ? oneAtATime(() => attempt(projectId))
        : attemptNew(projectId, caller),
    doubt() {
      verifiedUntil = Number.NEGATIVE_INFINITY
    },
    state() {
      const refusal = active(ofUser) ?? (configuredProject && active(refused.get(configuredProject)))
      if (refusal === undefined) return 'ok'
      return isLock(refusal.failure) ? 'locked' : 'refused'
    },
  }
}

async function acquire(bulkhead: Bulkhead, caller: string): Promise<void> {
  try {
    await bulkhead.acquire(caller)
  } catch (error) {
    if (!(error instanceof BulkheadFull)) throw error
    const call = { service: 'IAM', operation: 'createToken' } as const
    throw new UpstreamFailure('OVERLOADED', call, { sent: false, cause: error })
  }
}
