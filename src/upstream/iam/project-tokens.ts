import type { ProjectId } from '../ids.ts'
import { carefulLogins, type LoginState } from './careful-logins.ts'
import type { ProjectToken } from './create-token.ts'

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
/** So long a token is used at least, whatever the clocks say, and as long nothing is tried where it could not be renewed early. */
const NEXT_RENEWAL_MS = 60_000
/** Where one service refuses what another takes, a token that was just replaced is not replaced again for each call. */
const NEXT_REPLACEMENT_MS = 5_000
/** Callers with a login of ours can name any project. */
const MOST_PROJECTS = 500

interface Held extends ProjectToken {
  renewAt: number
  accepted: boolean
  /** When it took the place of a refused one. */
  readonly replacedAt: number | undefined
}

/** Logs in at most once at a time per project, however many callers wait, and not again and again where it does not help. */
export function createProjectTokens({
  login,
  pauseMs,
  now = () => Date.now(),
}: ProjectTokensSettings): ProjectTokens {
  const logins = carefulLogins({ login, pauseMs, now })
  const tokens = new Map<ProjectId, Held>()
  const underWay = new Map<ProjectId, Promise<Held>>()

  function keep(projectId: ProjectId, held: Held): Held {
    tokens.delete(projectId)
    tokens.set(projectId, held)
    const [oldest] = tokens.keys()
    if (tokens.size > MOST_PROJECTS && oldest !== undefined) tokens.delete(oldest)
    return held
  }

  /** The one login that is under way for the project. */
  function obtained(projectId: ProjectId, replaces: boolean): Promise<Held> {
    const login =
      underWay.get(projectId) ?? obtain(projectId, replaces).finally(() => underWay.delete(projectId))
    underWay.set(projectId, login)
    return login
  }

  async function obtain(projectId: ProjectId, replaces: boolean): Promise<Held> {
    const { token, expiresAt } = await logins.login(projectId)
    const life = Math.max(NEXT_RENEWAL_MS, expiresAt - now())
    return keep(projectId, {
      token,
      expiresAt: now() + life,
      renewAt: now() + life - Math.min(RENEWED_BEFORE_MS, life / 4),
      accepted: false,
      replacedAt: replaces ? now() : undefined,
    })
  }

  function renewEarly(projectId: ProjectId, held: Held): void {
    obtained(projectId, false).catch(() => {
      held.renewAt = now() + NEXT_RENEWAL_MS
    })
  }

  return {
    of(projectId) {
      const held = tokens.get(projectId)
      if (held === undefined || now() >= held.expiresAt) {
        return obtained(projectId, false).then(({ token }) => token)
      }
      if (now() >= held.renewAt) renewEarly(projectId, held)
      return keep(projectId, held).token
    },
    async instead(projectId, refused) {
      const held = tokens.get(projectId)
      if (held !== undefined && held.token !== refused) return held.token
      const replacedAt = held?.replacedAt ?? Number.NEGATIVE_INFINITY
      if (now() < replacedAt + (held?.accepted ? NEXT_REPLACEMENT_MS : pauseMs)) return undefined
      return (await obtained(projectId, true)).token
    },
    accepted(projectId, token) {
      const held = tokens.get(projectId)
      if (held?.token === token) held.accepted = true
    },
    state: logins.state,
  }
}
