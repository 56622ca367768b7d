import type { Tokens } from '../auth/tokens.ts'
import type { Project, Seed } from '../cloud/seed.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { keystoneError } from './keystone-error.ts'
import type { LoginAttempts } from './login-attempts.ts'
import { type PasswordRequest, readPasswordRequest } from './password-request.ts'

/** `POST /v3/auth/tokens`: the token itself travels in the header `X-Subject-Token` alone. */
export function createToken(call: Call, seed: Seed, tokens: Tokens, attempts: LoginAttempts): Answer {
  const request = readPasswordRequest(call.body)
  attempts.assertUnlocked()
  const { user } = seed
  const isUser =
    request.userName === user.name &&
    request.password === user.password &&
    request.domainName === user.domain.name
  if (!isUser) {
    attempts.failed()
    throw keystoneError(401, 'The username or password is wrong.')
  }
  attempts.succeeded()
  const project = projectOf(request, seed)
  const { value, token } = tokens.issue({ projectId: project?.id ?? null })
  const scope = project ? { project: { ...project, domain: user.domain } } : { domain: user.domain }
  return {
    status: 201,
    headers: { 'x-subject-token': value },
    body: {
      token: {
        expires_at: microseconds(token.expiresAt),
        issued_at: microseconds(token.issuedAt),
        methods: ['password'],
        ...scope,
        roles: [{ id: '0', name: 'te_admin' }],
        ...(call.query.get('nocatalog') === null && { catalog: [] }),
        user: { id: user.id, name: user.name, domain: user.domain, password_expires_at: '' },
      },
    },
  }
}

function projectOf({ project }: PasswordRequest, seed: Seed): Project | undefined {
  if (!project) return undefined
  const found = seed.projects.find(({ id, name }) => id === project.id || name === project.name)
  if (!found) throw keystoneError(401, 'The request you have made requires authentication.')
  return found
}

/** `2026-11-22T22:35:00.000000Z`, as IAM writes times. */
function microseconds(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
