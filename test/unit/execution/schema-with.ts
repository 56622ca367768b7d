import {
  buildSchema,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
  validate,
} from 'graphql'
import { type CompiledOperation, compileOperation } from '../../../src/execution/compile-operation.ts'

export type Resolvers = Readonly<
  Record<string, Readonly<Record<string, GraphQLFieldResolver<never, unknown>>>>
>

export function schemaWith(sdl: string, resolvers: Resolvers = {}): GraphQLSchema {
  const schema = buildSchema(sdl)
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name)
    if (!isObjectType(type)) throw new Error(`no type ${name}`)
    for (const [field, resolve] of Object.entries(fields)) type.getFields()[field]!.resolve = resolve as never
  }
  return schema
}

export function compiled(schema: GraphQLSchema, text: string, operationName?: string): CompiledOperation {
  const document = parse(text)
  const [fault] = validate(schema, document)
  if (fault !== undefined) throw fault
  const operation = compileOperation(schema, document, operationName)
  if (operation === undefined) throw new Error('not compiled')
  return operation
}

/** What an operation answers, as a caller reads it. */
export async function answerTo(
  schema: GraphQLSchema,
  text: string,
  variables: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  return JSON.parse(JSON.stringify(await compiled(schema, text).execute({}, variables)))
}
