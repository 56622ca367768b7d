import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import { conditionsOf, MAX_PLANS, planChooser, unconditional } from './conditions.ts'
import { type CompleteObject, type Data, type PlanContext, Unsupported } from './plan-context.ts'
import { planObject } from './plan-object.ts'
import { Failures, isPromise, type Run } from './run.ts'
import { planVariables } from './variables.ts'

/*
 * At each execution graphql-js looks up the selected fields of an operation in the schema, with their types, arguments and
 * resolvers. Here that happens once, and makes a tree of functions, one per selected field, that call the resolvers and
 * assemble the result. A field that is a plain property of its object is read directly.
 *
 *   compile-operation   the operation: its variables, then its root fields
 *   plan-object         the fields of an object, put together, waiting for those that are promises
 *   plan-field          one field: its resolver, its arguments
 *   plan-value          what the resolver returned: lists, nulls, interfaces, and back to plan-object
 *
 * Results are those of graphql-js, including errors and their order. Functions of graphql-js do what need not happen at every
 * execution: collecting fields, reading literals, and describing invalid variables.
 */

export interface CompiledOperation {
  readonly kind: 'query' | 'mutation'
  readonly document: DocumentNode
  /** Its size, in planned fields. */
  readonly weight: number
  /** Like `execute` of graphql-js, with variables as `JSON.parse` returns them. */
  readonly execute: (
    context: unknown,
    variables: Readonly<Record<string, unknown>> | null | undefined,
  ) => ExecutionResult | Promise<ExecutionResult>
  /** The same for variables that need no conversion; `undefined` for others, and nothing has run. */
  readonly executePlain: (
    context: unknown,
    variables: Readonly<Record<string, unknown>> | null | undefined,
  ) => ExecutionResult | Promise<ExecutionResult> | undefined
}

/** graphql-js executes operations with more fields: one document could fill the memory. */
const MAX_FIELDS = 1000

/**
 * Compiles an operation of a valid document. `undefined` for what only graphql-js executes: subscriptions, introspection,
 * types with `isTypeOf`, very many fields.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
): CompiledOperation | undefined {
  assertValidSchema(schema)
  const operation = getOperationAST(document, operationName)
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined
  const definitions = operation.variableDefinitions ?? []
  if (definitions.some(({ variable }) => variable.name.value === '__proto__')) return undefined

  const variablesOf = planVariables(schema, definitions)
  const conditions = conditionsOf(document)
  try {
    // No plan is larger than that of all fields that can be selected.
    const whole = planOperation(schema, unconditional(document, conditions), operationName, {})
    const planFor =
      conditions.length === 0
        ? () => whole
        : planChooser(conditions, (variables) => planOperation(schema, document, operationName, variables))
    return {
      kind: operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
      weight: conditions.length === 0 ? whole.fields : whole.fields * MAX_PLANS,
      document,
      execute: (context, given) => {
        const { coerced, errors } = variablesOf.any(given ?? {})
        if (errors !== undefined) return { errors }
        return execute(planFor, { context, variables: coerced, failures: new Failures() })
      },
      executePlain: (context, given) => {
        const variables = variablesOf.plain(given ?? {})
        return variables && execute(planFor, { context, variables, failures: new Failures() })
      },
    }
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

interface Plan {
  readonly complete: CompleteObject
  readonly fields: number
}

/** Plans the fields of the operation for these values of the variables in `@skip` and `@include`. */
function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Run['variables'],
): Plan {
  const operation = getOperationAST(document, operationName)
  const type = operation && schema.getRootType(operation.operation)
  if (!type) throw new Unsupported()
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition

  const planContext: PlanContext = {
    schema,
    fragments,
    operation,
    fieldsLeft: MAX_FIELDS,
    planObject: (of, nodes) =>
      planObject(planContext, of, () => collectSubfields(schema, fragments, variables, of, nodes)),
  }
  const complete = planObject(
    planContext,
    type,
    () => collectFields(schema, fragments, variables, type, operation.selectionSet),
    operation.operation === OperationTypeNode.MUTATION ? 'SERIAL' : 'PARALLEL',
  )
  return { complete, fields: MAX_FIELDS - planContext.fieldsLeft }
}

function execute(
  planFor: (variables: Run['variables']) => Plan,
  run: Run,
): ExecutionResult | Promise<ExecutionResult> {
  const done = (data: Data | null): ExecutionResult => {
    const { errors } = run.failures
    return errors.length === 0 ? { data } : { errors, data }
  }
  const broken = (error: unknown): ExecutionResult => {
    run.failures.add(error, undefined)
    return done(null)
  }
  try {
    const data = planFor(run.variables).complete(undefined, undefined, run)
    return isPromise(data) ? data.then(done, broken) : done(data)
  } catch (error) {
    return broken(error)
  }
}
