import type { ProjectId } from '../ids.ts'
import { UpstreamFailure } from '../upstream-failure.ts'
import type { ProjectToken } from './create-token.ts'

/** How the gateway's own logging in stands, for whoever runs it. */
export type LoginState = 'ok' | 'refused' | 'locked'

/** The tokens of the gateway's own IAM user: one per project, obtained when first needed, renewed before they expire. */
export interface ProjectTokens {
  /** A token to call with: at once where one is held. */
  readonly of: (projectId: ProjectId) => string | Promise<string>
  /** Another token than one that was refused; `undefined` where a new one would be no better. */
  readonly instead: (projectId: ProjectId, refused: string) => Promise<string | undefined>
  /** Told of a token that the cloud has taken. */
  readonly accepted: (projectId: ProjectId, token: string) => void
  readonly state: () => LoginState
}

export interface ProjectTokensSettings {
  /** Logs in, once. */
  readonly login: (projectId: ProjectId) => Promise<ProjectToken>
  /** Milliseconds for which a refused login is not tried again. */
  readonly pauseMs: number
  readonly now?: () => number
}

/** Renewed this long before it expires; a token of a shorter life, after three quarters of it. */
const RENEWED_BEFORE_MS = 60 * 60_000
/** A token that could not be renewed early is used on, and this long nothing is tried. */
const NEXT_RENEWAL_MS = 60_000
/** Callers with a login of ours can name any project. */
const MOST_PROJECTS = 500

/** Codes that speak of the user, not of the project: no login of his can succeed, and trying on would lock him. */
const OF_THE_USER: ReadonlySet<string> = new Set(['IAM.0061', 'IAM.0062'])

interface Held extends ProjectToken {
  renewAt: number
  accepted: boolean
  /** When it took the place of a refused one. */
  readonly replacedAt: number | undefined
}

interface Slot {
  held: Held | undefined
  obtaining: Promise<Held> | undefined
  refusal: Refusal | undefined
}

interface Refusal {
  readonly failure: UpstreamFailure
  readonly until: number
}

/**
 * Logs in at most once at a time per project, however many callers wait. A refused login is not tried again for a while,
 * and a locked or mistaken user's not for any project: the cloud locks an account after a few.
 */
export function createProjectTokens({
  login,
  pauseMs,
  now = Date.now,
}: ProjectTokensSettings): ProjectTokens {
  const slots = new Map<ProjectId, Slot>()
  let userRefusal: Refusal | undefined

  function slotOf(projectId: ProjectId): Slot {
    const slot = slots.get(projectId) ?? { held: undefined, obtaining: undefined, refusal: undefined }
    slots.delete(projectId)
    slots.set(projectId, slot)
    for (const [oldest, { obtaining }] of slots) {
      if (slots.size <= MOST_PROJECTS) break
      if (obtaining === undefined) slots.delete(oldest)
    }
    return slot
  }

  /** The one login that is under way for the project. */
  function obtained(projectId: ProjectId, slot: Slot, replaces: boolean): Promise<Held> {
    slot.obtaining ??= obtain(projectId, slot, replaces).finally(() => {
      slot.obtaining = undefined
    })
    return slot.obtaining
  }

  async function obtain(projectId: ProjectId, slot: Slot, replaces: boolean): Promise<Held> {
    const refusal = [userRefusal, slot.refusal].find((one) => one !== undefined && now() < one.until)
    if (refusal !== undefined) throw refusal.failure
    try {
      const { token, expiresAt } = await login(projectId)
      const life = expiresAt - now()
      slot.held = {
        token,
        expiresAt,
        renewAt: expiresAt - Math.min(RENEWED_BEFORE_MS, life / 4),
        accepted: false,
        replacedAt: replaces ? now() : undefined,
      }
      slot.refusal = undefined
      return slot.held
    } catch (error) {
      if (isRefusal(error)) {
        const failed = { failure: error, until: now() + pauseMs }
        if (OF_THE_USER.has(error.answer.errorCode ?? '')) userRefusal = failed
        else slot.refusal = failed
      }
      throw error
    }
  }

  function renewEarly(projectId: ProjectId, slot: Slot, held: Held): void {
    obtained(projectId, slot, false).catch(() => {
      held.renewAt = now() + NEXT_RENEWAL_MS
    })
  }

  return {
    of(projectId) {
      const slot = slotOf(projectId)
      const { held } = slot
      if (held === undefined || now() >= held.expiresAt) {
        return obtained(projectId, slot, false).then(({ token }) => token)
      }
      if (now() >= held.renewAt) renewEarly(projectId, slot, held)
      return held.token
    },
    async instead(projectId, refused) {
      const slot = slotOf(projectId)
      const { held } = slot
      if (held !== undefined && held.token !== refused) return held.token
      const isFresh = held?.replacedAt !== undefined && now() < held.replacedAt + pauseMs
      if (held !== undefined && isFresh && !held.accepted) return undefined
      return (await obtained(projectId, slot, true)).token
    },
    accepted(projectId, token) {
      const held = slots.get(projectId)?.held
      if (held?.token === token) held.accepted = true
    },
    state() {
      const isNow = (refusal: Refusal | undefined) => refusal !== undefined && now() < refusal.until
      if (isNow(userRefusal))
        return userRefusal?.failure.answer.errorCode === 'IAM.0061' ? 'locked' : 'refused'
      return [...slots.values()].some(({ refusal }) => isNow(refusal)) ? 'refused' : 'ok'
    },
  }
}

/** An answer that another try at once would only repeat. */
const isRefusal = (error: unknown): error is UpstreamFailure =>
  error instanceof UpstreamFailure &&
  error.kind === 'REFUSED' &&
  [400, 401, 403, 404].includes(error.answer.status ?? 0)
