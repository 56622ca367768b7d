import type { ProjectId } from '../../lib/ids.ts'
import type { AuthenticatedContext } from '../client/call-context.ts'
import type { UpstreamClient } from '../client/upstream-client.ts'
import { unreadable } from '../upstream-failure.ts'

/** An IAM user, as the vendor's Terraform provider names one. */
export interface IamUser {
  readonly name: string
  readonly password: string
  readonly domainName: string
}

export interface ProjectToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** What the token is to be good for: the project, or `NONE`, which only a wrong user or password can keep from going well. */
export type LoginScope = 'PROJECT' | 'NONE'

/**
 * Logs in: `POST /v3/auth/tokens`. The token comes in the header `X-Subject-Token` alone.
 *
 * @throws {UpstreamFailure}
 */
export async function createToken(
  client: UpstreamClient<AuthenticatedContext>,
  user: IamUser,
  projectId: ProjectId,
  loginScope: LoginScope,
  context: AuthenticatedContext,
): Promise<ProjectToken> {
  const success = await client.call(
    {
      operation: 'createToken',
      projectId,
      method: 'POST',
      path: '/v3/auth/tokens?nocatalog=true',
      body: {
        auth: {
          identity: {
            methods: ['password'],
            password: {
              user: { name: user.name, password: user.password, domain: { name: user.domainName } },
            },
          },
          scope: loginScope === 'PROJECT' ? { project: { id: projectId } } : undefined,
        },
      },
    },
    { ...context, credentials: { kind: 'NONE', secrets: [user.password] } },
  )
  const token = success.headers.get('x-subject-token')
  const expiresAt = Date.parse(expiryOf(success.body))
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token) || Number.isNaN(expiresAt)) {
    throw unreadable(success)
  }
  return { token, expiresAt }
}

function expiryOf(body: unknown): string {
  const { token } = (body ?? {}) as { token?: { expires_at?: unknown } | null }
  return String(token?.expires_at)
}
