import type { Answer, Call } from './exchange.ts'

export type PathParameters = Readonly<Record<string, string>>
export type Handler = (call: Call, parameters: PathParameters) => Answer

export interface Route {
  readonly method: string
  readonly segments: readonly string[]
  readonly handle: Handler
}

/** A route as the vendor's pages write it: `GET /v2/{project_id}/apigw/…`. */
export function route(methodAndPath: string, handle: Handler): Route {
  const [method = '', path = ''] = methodAndPath.split(' ')
  return { method, segments: path.split('/'), handle }
}

/** The parameters of a path, its segments unescaped, if the route fits the call; else undefined. */
export function matchRoute(
  candidate: Route,
  method: string,
  segments: readonly string[],
): PathParameters | undefined {
  if (candidate.method !== method || candidate.segments.length !== segments.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, pattern] of candidate.segments.entries()) {
    const value = segments[index] ?? ''
    if (pattern.startsWith('{')) parameters[pattern.slice(1, -1)] = value
    else if (pattern !== value) return undefined
  }
  return parameters
}
