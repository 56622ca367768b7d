import type { JsonObject } from '../vpc-channel/read-json.ts'
import { auditedWrite } from './audited-write.ts'
import { failedWrite } from './failed-write.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'
import { throwIfInputInvalid } from './validate.ts'
import type { Write } from './write.ts'

/**
 * What all writes have in common: the audit record, the caller's credentials, the rules, the locks.
 *
 * @throws {GatewayError} with `effect`
 */
export function runWrite<Input extends object, Options, Result>(
  write: Write<Input, Options, Result>,
  services: UpstreamServices,
  given: Input,
  context: OperationContext,
  options: Options,
): Promise<Result> {
  const input = write.withProject(given, context.projectId)
  return auditedWrite(
    context,
    { field: write.field, ...write.target(input as JsonObject) },
    (recording) => {
      const call = callContext(recording)
      throwIfInputInvalid(services.checkers, write.field, input)
      const failedCall = failedWrite(write.parameters, input)
      return services.locks.run(write.lockKeys(input), () =>
        write.perform({ services, input, context: recording, call, failedCall }, options),
      )
    },
    write.outcomes,
  )
}
