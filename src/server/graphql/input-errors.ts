import { type FieldNode, GraphQLError, type GraphQLSchema } from 'graphql'
import { GatewayError } from '../../errors/gateway-error.ts'
import type { ValidationFault } from '../../errors/validation-fault.ts'
import {
  type CheckInput,
  distinct,
  type GivenOperation,
  isAboutArgument,
  isAboutValue,
  isAboutVariable,
  refusedArguments,
} from '../../graphql/refused-arguments.ts'
import { withoutStack } from '../../lib/without-stack.ts'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import { writesByInput } from '../../operations/writes.ts'
import type { RequestContext } from '../request-context.ts'
import { causeOf } from './cause-of.ts'

type ExplainErrors = (
  errors: readonly GraphQLError[],
  wasExecuted: boolean,
  context: RequestContext,
) => readonly GraphQLError[]

/** Replaces GraphQL's errors about input values by BAD_USER_INPUT with all faults of the input, those of the rules included. */
export function inputErrors(schema: GraphQLSchema, services: UpstreamServices): ExplainErrors {
  const refusedBy = (given: GivenOperation, context: RequestContext) =>
    refusedArguments(schema, given, inputChecker(services, context))
  const faultsOf = (given: GivenOperation, context: RequestContext): ValidationFault[] =>
    distinct(refusedBy(given, context).flatMap(({ faults }) => faults))

  /** Of an operation that was not executed. */
  function explainRefusal(
    errors: readonly GraphQLError[],
    given: GivenOperation,
    context: RequestContext,
  ): readonly GraphQLError[] {
    if (errors.some(isAboutVariable)) return [badInput(faultsOf(given, context))]
    if (!errors.some(isAboutValue)) return errors
    const refused = refusedBy(given, context)
    if (refused.length === 0) return errors
    const others = errors.filter((error) => !isAboutValue(error))
    return [...others, ...refused.map(({ field, faults }) => badInput(faults, field))]
  }

  /** Of a field whose argument is a variable that was `null`: graphql-js finds this out only as it executes. */
  function explainField(error: GraphQLError, given: GivenOperation, context: RequestContext): GraphQLError {
    const isOther = error.path === undefined || causeOf(error) !== undefined
    if (isOther || !isAboutArgument(given.document, error)) return error
    const faults = faultsOf(given, context)
    const validation = faults.length > 0 ? faults : undefined
    const { nodes, source, positions, path } = error
    return new GraphQLError('', {
      nodes: nodes ?? null,
      source: source ?? null,
      positions: positions ?? null,
      path: path ?? null,
      originalError: new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation }),
    })
  }

  return (errors, wasExecuted, context) => {
    const given = givenOperation(context)
    if (given === undefined) return errors
    return withoutStack(() =>
      wasExecuted
        ? errors.map((error) => explainField(error, given, context))
        : explainRefusal(errors, given, context),
    )
  }
}

const givenOperation = ({ record: { document, params } }: RequestContext): GivenOperation | undefined =>
  document && { document, operationName: params.operationName, variables: params.variables ?? {} }

function inputChecker({ checkers }: UpstreamServices, { projectId }: RequestContext): CheckInput {
  return (field, input) => {
    const write = writesByInput.get(field)
    return (write && checkers.get(field)?.(write.withProject(input, projectId))) ?? []
  }
}

/** A refusal before execution. */
const badInput = (faults: readonly ValidationFault[], field?: FieldNode): GraphQLError =>
  new GraphQLError('', {
    nodes: field ?? null,
    originalError: new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation: faults }),
    extensions: { http: { status: 400, spec: true } },
  })
