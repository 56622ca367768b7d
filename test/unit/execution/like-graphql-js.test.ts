import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import {
  buildSchema,
  execute,
  GraphQLScalarType,
  type GraphQLSchema,
  parse,
  printSchema,
  validate,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { compileOperation } from '../../../src/execution/compile-operation.ts'
import { schema as gatewaySchema } from '../../../src/graphql/schema.ts'
import { runs } from '../../support/runs.ts'
import { diceOf } from './dice.ts'
import { generatedOperation } from './generated-operation.ts'
import { type OutcomeContext, withRandomOutcomes } from './random-outcomes.ts'
import { shapesSchema } from './shapes-schema.ts'
import { shownResult } from './shown-results.ts'

/** Generated operations, each executed four times with other variables and other outcomes. */
const RUNS = runs(200)

/** The gateway's types, with its scalars. */
function gatewayTypes(): GraphQLSchema {
  const schema = buildSchema(printSchema(gatewaySchema))
  for (const type of Object.values(schema.getTypeMap())) {
    const own = gatewaySchema.getType(type.name)
    if (!(type instanceof GraphQLScalarType && own instanceof GraphQLScalarType)) continue
    const { serialize, parseValue, parseLiteral } = own
    Object.assign(type, { serialize, parseValue, parseLiteral })
  }
  return schema
}

const SCHEMAS = [
  ['the gateway', withRandomOutcomes(gatewayTypes())],
  ['every shape', withRandomOutcomes(shapesSchema())],
] as const

/** Executes a generated operation both ways, several times. */
async function compare(schema: GraphQLSchema, seed: number): Promise<void> {
  const { text, variables } = generatedOperation(schema, diceOf(`document ${seed}`))
  const document = parse(text)
  if (validate(schema, document).length > 0) return
  const compiled = compileOperation(schema, document)
  if (compiled === undefined) throw new Error(`not compiled: ${text}`)

  for (let time = 0; time < 4; time += 1) {
    const dice = diceOf(`${time} of ${seed}`)
    const variableValues = variables(dice)
    const outcomes = {
      seed: `${time} ${seed}`,
      trouble: dice.of([0, 0.03, 0.15]) ?? 0,
      isAsync: dice.chance(0.6),
    }
    const [theirs, ours]: OutcomeContext[] = [
      { ...outcomes, calls: [] },
      { ...outcomes, calls: [] },
    ]
    const expected = shownResult(await execute({ schema, document, variableValues, contextValue: theirs }))
    const actual = shownResult(await compiled.execute(ours, variableValues))
    // Fields that were given up may still be at work.
    await setImmediate()
    if (isDeepStrictEqual([actual, ours?.calls], [expected, theirs?.calls])) continue
    expect({ ...actual, calls: ours?.calls }, `${text} ${JSON.stringify(variableValues)}`).toStrictEqual({
      ...expected,
      calls: theirs?.calls,
    })
  }
}

describe.each(SCHEMAS)('with the types of %s', (_name, schema) => {
  test('a compiled operation answers what graphql-js does, and calls the same resolvers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), (seed) => compare(schema, seed)),
      { numRuns: RUNS },
    )
  })
})
