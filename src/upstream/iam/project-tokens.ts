import type { ProjectId } from '../../lib/ids.ts'
import { keepNewest } from '../../lib/keep-newest.ts'
import type { ProjectToken } from './create-token.ts'
import { type LoginBackoffSettings, type LoginState, loginBackoff } from './login-backoff.ts'

/** The tokens of the gateway's own IAM user: one per project, obtained when first needed, renewed before they expire. */
export interface ProjectTokens {
  /** A token to call with, for a caller: at once where one is held. */
  readonly of: (projectId: ProjectId, caller: string) => string | Promise<string>
  /** Another token than one that was refused; `undefined` where a new one would be no better. */
  readonly refresh: (projectId: ProjectId, refused: string, caller: string) => Promise<string | undefined>
  /** Told of a token that the cloud has taken. */
  readonly accepted: (projectId: ProjectId, token: string) => void
  readonly state: () => LoginState
}

export type ProjectTokensSettings = Omit<LoginBackoffSettings, 'now'> & { readonly now?: () => number }

/** Renewed this long before it expires; a token of a shorter life, after three quarters of it. */
const RENEWED_BEFORE_MS = 60 * 60_000
/** So long a token is used at least, whatever the clocks say, and as long nothing is tried where it could not be renewed early. */
const NEXT_RENEWAL_MS = 60_000
/** Where one service refuses what another takes, a token that was just replaced is not replaced again for each call. */
const NEXT_REPLACEMENT_MS = 5_000
/** And where no service has taken it since, not for this long. */
const NEXT_REPLACEMENT_OF_USELESS_MS = 15 * 60_000
/** Callers with a login of ours can name any project. */
const MAX_PROJECTS = 500

interface Held extends ProjectToken {
  renewAt: number
  accepted: boolean
  /** When it took the place of a refused one. */
  readonly replacedAt: number | undefined
}

/** Logs in at most once at a time per project, however many callers wait, and not again and again where it does not help. */
export function createProjectTokens({
  now = () => Date.now(),
  ...settings
}: ProjectTokensSettings): ProjectTokens {
  const logins = loginBackoff({ ...settings, now })
  const tokens = new Map<ProjectId, Held>()
  const underWay = new Map<ProjectId, Promise<Held>>()

  function keep(projectId: ProjectId, held: Held): Held {
    keepNewest(tokens, projectId, held, MAX_PROJECTS)
    return held
  }

  /** The one login that is under way for the project. */
  function obtained(projectId: ProjectId, caller: string, replaces: boolean): Promise<Held> {
    const login =
      underWay.get(projectId) ?? obtain(projectId, caller, replaces).finally(() => underWay.delete(projectId))
    underWay.set(projectId, login)
    return login
  }

  async function obtain(projectId: ProjectId, caller: string, replaces: boolean): Promise<Held> {
    const { token, expiresAt } = await logins.login(projectId, caller)
    const life = Math.max(NEXT_RENEWAL_MS, expiresAt - now())
    return keep(projectId, {
      token,
      expiresAt: now() + life,
      renewAt: now() + life - Math.min(RENEWED_BEFORE_MS, life / 4),
      accepted: false,
      replacedAt: replaces ? now() : undefined,
    })
  }

  function renewEarly(projectId: ProjectId, caller: string, held: Held): void {
    obtained(projectId, caller, false).catch(() => {
      held.renewAt = now() + NEXT_RENEWAL_MS
    })
  }

  return {
    of(projectId, caller) {
      const held = tokens.get(projectId)
      if (held === undefined || now() >= held.expiresAt) {
        return obtained(projectId, caller, false).then(({ token }) => token)
      }
      if (now() >= held.renewAt) renewEarly(projectId, caller, held)
      return keep(projectId, held).token
    },
    async refresh(projectId, refused, caller) {
      const held = tokens.get(projectId)
      if (held !== undefined && held.token !== refused) return held.token
      const replacedAt = held?.replacedAt ?? Number.NEGATIVE_INFINITY
      const pauseMs = held?.accepted ? NEXT_REPLACEMENT_MS : NEXT_REPLACEMENT_OF_USELESS_MS
      if (now() < replacedAt + pauseMs) return undefined
      logins.doubt()
      return (await obtained(projectId, caller, true)).token
    },
    accepted(projectId, token) {
      const held = tokens.get(projectId)
      if (held?.token === token) held.accepted = true
    },
    state: logins.state,
  }
}
