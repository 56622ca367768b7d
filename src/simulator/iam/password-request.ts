import { isJsonObject, type JsonObject, parseJson } from '../http/json.ts'
import { keystoneError } from './keystone-error.ts'

export interface PasswordRequest {
  readonly userName: string
  readonly password: string
  readonly domainName: string
  /** Undefined where the token is to be for the whole account. */
  readonly project: { readonly id?: string; readonly name?: string } | undefined
}

/** Reads `{auth: {identity: {methods, password: {user}}, scope}}`. */
export function readPasswordRequest(body: string): PasswordRequest {
  const request = parseJson(body)
  if (!isJsonObject(request)) throw keystoneError(400, 'The request body is not a JSON object.')
  const auth = objectAt(request, 'auth')
  const identity = objectAt(auth, 'identity')
  const methods = identity['methods']
  if (!Array.isArray(methods) || !methods.includes('password')) {
    throw keystoneError(400, 'Expecting to find password in methods.')
  }
  const user = objectAt(objectAt(identity, 'password'), 'user')
  const scope = auth['scope'] === undefined ? {} : objectAt(auth, 'scope')
  return {
    userName: textAt(user, 'name'),
    password: textAt(user, 'password'),
    domainName: textAt(objectAt(user, 'domain'), 'name'),
    project: scope['project'] === undefined ? undefined : projectOf(objectAt(scope, 'project')),
  }
}

function projectOf(project: JsonObject): { id: string } | { name: string } {
  return project['id'] === undefined ? { name: textAt(project, 'name') } : { id: textAt(project, 'id') }
}

function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name]
  if (!isJsonObject(value)) throw keystoneError(400, `Expecting to find ${name} in the request body.`)
  return value
}

function textAt(parent: JsonObject, name: string): string {
  const value = parent[name]
  if (typeof value !== 'string') throw keystoneError(400, `Expecting to find ${name} in the request body.`)
  return value
}
