import { GatewayError } from '../errors/gateway-error.ts'

/** Does a step whose failure is part of the answer: a gateway error is answered, everything else is thrown. */
export async function attempt<Result>(step: () => Promise<Result>): Promise<Result | GatewayError> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
}
