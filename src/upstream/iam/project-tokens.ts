import type { ProjectId } from '../../lib/ids.ts'
import { keepNewest } from '../../lib/keep-newest.ts'
import type { TokenSource } from '../client/credentials.ts'
import type { ProjectToken } from './create-token.ts'
import { type LoginBackoffSettings, type LoginState, loginBackoff } from './login-backoff.ts'

/** The tokens of the gateway's IAM user: obtained when a project first needs one, renewed before they expire. */
export interface ProjectTokens extends TokenSource {
  readonly state: () => LoginState
}

export type ProjectTokensSettings = Omit<LoginBackoffSettings, 'now'> & { readonly now?: () => number }

/** Renewed this long before it expires; a token of a shorter life, after three quarters of it. */
const RENEWED_BEFORE_MS = 60 * 60_000
/** The least time that a token is used, whatever the clocks say, and the pause after an early renewal that failed. */
const NEXT_RENEWAL_MS = 60_000
/** The pause between replacements: where one service refuses what another accepts, not every call replaces the token. */
const NEXT_REPLACEMENT_MS = 5_000
/** The pause where no service has accepted the new token either. */
const NEXT_REPLACEMENT_OF_USELESS_MS = 15 * 60_000
/** Callers that the gateway logs in for can name any project. */
const MAX_PROJECTS = 500

interface Held extends ProjectToken {
  renewAt: number
  accepted: boolean
  /** When it replaced a refused token. */
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
