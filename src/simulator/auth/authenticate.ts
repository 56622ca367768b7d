import type { Cloud } from '../cloud/cloud.ts'
import type { Call } from '../http/exchange.ts'
import { notPermitted, tokenExpired, tokenMissing, tokenUnknown, tokenWithoutProject } from '../refusals.ts'
import type { Tokens } from './tokens.ts'
import { verifySignature } from './verify-signature.ts'

/** Throws unless the caller may act in this project, by a signature or by a token. */
export function authenticate(call: Call, cloud: Cloud, tokens: Tokens, projectId: string): void {
  if (projectOf(call, cloud, tokens, projectId) !== projectId) throw notPermitted()
}

function projectOf(call: Call, cloud: Cloud, tokens: Tokens, wanted: string): string | undefined {
  if (call.headers.authorization !== undefined) {
    verifySignature(call, cloud.seed.accessKeys, cloud.clock())
    // A key belongs to the user, who has all of the account's projects; the SDKs name one in a header.
    const named = call.headers['x-project-id'] ?? wanted
    return cloud.seed.projects.find(({ id }) => id === named)?.id
  }
  const value = call.headers['x-auth-token']
  if (typeof value !== 'string' || value === '') throw tokenMissing()
  const token = tokens.find(value)
  if (!token) throw tokenUnknown()
  if (tokens.isExpired(token)) throw tokenExpired()
  if (token.projectId === null) throw tokenWithoutProject()
  return token.projectId
}
