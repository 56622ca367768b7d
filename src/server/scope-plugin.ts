import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { languageOf } from '../errors/language.ts'
import { requestIdOf } from './request-id.ts'
import type { RequestScopes } from './request-scope.ts'

/** Opens a scope for each request, and answers its id (and the gateway's mode) with every response. */
export function scopePlugin(
  scopes: RequestScopes,
  { mode, projectId }: { readonly mode: 'sandbox' | 'cloud'; readonly projectId: string | undefined },
): Plugin {
  return {
    onRequest({ request }) {
      scopes.set(request, {
        audience: {
          language: languageOf(request.headers.get('accept-language')),
          requestId: requestIdOf(request.headers.get('x-request-id')),
        },
        projectId: request.headers.get('x-project-id') || projectId,
        startedAt: performance.now(),
        calls: [],
        unknownValues: [],
        params: {},
        document: undefined,
      })
    },
    onParams({ request, params }) {
      const scope = scopes.get(request)
      if (scope === undefined) return
      const { operationName, variables } = params
      scope.params = {
        operationName: typeof operationName === 'string' ? operationName : undefined,
        variables: typeof variables === 'object' && variables !== null ? variables : undefined,
      }
    },
    onParse({ context }) {
      return ({ result }) => {
        const scope = scopes.get(context.request)
        if (scope !== undefined && result !== null && !(result instanceof Error))
          scope.document = result as DocumentNode
      }
    },
    onResponse({ request, response }) {
      const scope = scopes.get(request)
      if (scope !== undefined) response.headers.set('x-request-id', scope.audience.requestId)
      if (mode === 'sandbox') response.headers.set('x-gateway-mode', mode)
    },
  }
}
