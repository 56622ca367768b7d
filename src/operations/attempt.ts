import { GatewayError } from '../errors/gateway-error.ts'

/** Does a step; returns a gateway error as its result and throws everything else. */
export async function attempt<Result>(step: () => Promise<Result>): Promise<Result | GatewayError> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
}
