import type { ProjectTokens } from '../iam/project-tokens.ts'
import { UpstreamFailure } from '../upstream-failure.ts'
import type { AuthenticatedContext, CallContext } from './call-context.ts'
import { isRefusedCredentials } from './refused-credentials.ts'
import type { UpstreamClient, UpstreamRequest, UpstreamSuccess } from './upstream-client.ts'

/**
 * Gives each call a token of the gateway's own IAM user, where it acts as that user. A token that the cloud refuses is
 * renewed, and the call sent once more: it was turned away before anything was done. A caller's own token is never
 * replaced.
 */
export function authenticatedClient(client: UpstreamClient<AuthenticatedContext>): UpstreamClient {
  async function callAsUser(
    request: UpstreamRequest,
    context: AuthenticatedContext & { readonly deadline: number },
    tokens: ProjectTokens,
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
      const instead = tokens.refresh(request.projectId, token, context.caller)
      const other = await inTime(instead, context.deadline)
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

/** Whether the caller has brought a token: that one, as it is. */
const hasToken = (context: CallContext): context is CallContext & AuthenticatedContext =>
  context.credentials.kind === 'TOKEN'

const asRefusalOfGateway = (failure: UpstreamFailure): UpstreamFailure =>
  new UpstreamFailure(failure.kind, failure, { ...failure, refusesGateway: true, cause: failure })

/** A login serves all who wait for it, so it goes on when one of them has no time left. */
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
