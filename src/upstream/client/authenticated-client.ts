import { UpstreamFailure } from '../upstream-failure.ts'
import type { AuthenticatedContext, CallContext } from './call-context.ts'
import type { TokenSource } from './credentials.ts'
import { isRefusedCredentials } from './refused-credentials.ts'
import type { UpstreamClient, UpstreamRequest } from './upstream-client.ts'
import type { UpstreamSuccess } from './upstream-response.ts'

/**
 * Exchanges the credentials of the gateway's IAM user for a token. A token that the cloud refuses is renewed, and the call is
 * sent once more: it was refused before anything was done. A caller's own token is never replaced.
 */
export function authenticatedClient(client: UpstreamClient<AuthenticatedContext>): UpstreamClient {
  async function callAsUser(
    request: UpstreamRequest,
    context: AuthenticatedContext & { readonly deadline: number },
    tokens: TokenSource,
  ): Promise<UpstreamSuccess> {
    const callWith = async (token: string): Promise<UpstreamSuccess> => {
      const success = await client.call(request, { ...context, credentials: { kind: 'TOKEN', token } })
      tokens.accepted(request.projectId, token)
      return success
    }
    const token = await inTime(tokens.of(request.projectId, context.caller), context.deadline)
    try {
      return await callWith(token)
    } catch (error) {
      if (!isRefusedCredentials(error)) throw error
      const refreshed = tokens.refresh(request.projectId, token, context.caller)
      const other = await inTime(refreshed, context.deadline)
      if (other === undefined) throw error
      return callWith(other)
    }
  }

  async function callAsGateway(request: UpstreamRequest, context: CallContext): Promise<UpstreamSuccess> {
    const { credentials } = context
    try {
      return credentials.kind === 'USER'
        ? await callAsUser(request, { ...context, credentials: { kind: 'NONE' } }, credentials.tokens)
        : await client.call(request, { ...context, credentials })
    } catch (error) {
      throw isRefusedCredentials(error) ? asRefusalOfGateway(error) : error
    }
  }

  return {
    ...client,
    call: (request, context) =>
      hasToken(context) ? client.call(request, context) : callAsGateway(request, context),
  }
}

/** Whether the caller has sent a token, which is used as it is. */
const hasToken = (context: CallContext): context is CallContext & AuthenticatedContext =>
  context.credentials.kind === 'TOKEN'

const asRefusalOfGateway = (failure: UpstreamFailure): UpstreamFailure =>
  new UpstreamFailure(failure.kind, failure, { ...failure, refusesGateway: true, cause: failure })

/** A login serves all calls that wait for it, so it continues when one of them runs out of time. */
async function inTime<Result>(login: Result | Promise<Result>, deadline: number): Promise<Result> {
  if (!(login instanceof Promise)) return login
  let timer: NodeJS.Timeout | undefined
  const outOfTime = new Promise<never>((_, reject) => {
    const leftMs = Math.max(0, deadline - performance.now())
    const failure = () =>
      new UpstreamFailure('TIMEOUT', { service: 'IAM', operation: 'createToken' }, { sent: false })
    timer = setTimeout(() => reject(failure()), leftMs)
  })
  try {
    return await Promise.race([login, outOfTime])
  } finally {
    clearTimeout(timer)
  }
}
