import type { Tokens } from '../auth/tokens.ts'
import { verifySignature } from '../auth/verify-signature.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { keystoneError } from './keystone-error.ts'

/** `GET /v3/projects`: the SDKs look up the project of their region by name if they have no project id. */
export function listProjects(call: Call, cloud: Cloud, tokens: Tokens): Answer {
  assertIdentified(call, cloud, tokens)
  const name = call.query.get('name')
  const { user, projects } = cloud.seed
  const found = projects.filter((project) => name === null || project.name === name)
  return {
    status: 200,
    body: {
      links: { self: call.path, previous: null, next: null },
      projects: found.map((project) => ({
        ...project,
        domain_id: user.domain.id,
        parent_id: user.domain.id,
        is_domain: false,
        enabled: true,
        description: '',
      })),
    },
  }
}

/** `GET /v3/auth/domains`: the accounts that the caller belongs to. */
export function listDomains(call: Call, cloud: Cloud, tokens: Tokens): Answer {
  assertIdentified(call, cloud, tokens)
  return {
    status: 200,
    body: {
      links: { self: call.path, previous: null, next: null },
      domains: [{ ...cloud.seed.user.domain, enabled: true, description: '' }],
    },
  }
}

function assertIdentified(call: Call, cloud: Cloud, tokens: Tokens): void {
  if (call.headers.authorization !== undefined) {
    verifySignature(call, cloud.seed.accessKeys, cloud.clock())
    return
  }
  const token = tokens.find(String(call.headers['x-auth-token'] ?? ''))
  if (!token || tokens.isExpired(token)) {
    throw keystoneError(401, 'The request you have made requires authentication.')
  }
}
