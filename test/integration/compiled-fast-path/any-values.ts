import fc from 'fast-check'
import { createInputs, upsertInputs } from '../../contract/arbitrary-input.ts'
import {
  fullInput,
  type Json,
  type JsonObject,
  leastInput,
  withValue,
} from '../../fixtures/channel-inputs.ts'

/*
 * Values of the arguments of root fields: mostly good, some against a rule, some of no type that fits. What is good by
 * its type can stand in a document; the others come by variable only.
 */
export interface AnyValues {
  /** Fits the argument's type. */
  readonly fitting: fc.Arbitrary<Json>
  /** Whatever else a caller may send. */
  readonly any: fc.Arbitrary<Json>
}

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>('', null, [], {}, 0, -1, 1.5, 1e300, true, '\ud800', [[]], 2 ** 40, {
    constructor: 1,
  }),
)

const HUGE: readonly ((input: JsonObject) => JsonObject)[] = [
  (input) => ({ ...input, dictCode: 'x'.repeat(12_000) }),
  (input) => ({
    ...input,
    members: Array.from({ length: 400 }, () => ({ host: '192.168.0.1', port: 70_000 })),
  }),
  (input) => ({
    ...input,
    members: Array.from({ length: 600 }, (_, index) => ({ ecsId: `${index}`, ecsName: 'e' })),
  }),
]

const PATHS = [
  'port',
  'name',
  'members.0.port',
  'memberType',
  'instanceId',
  'instanceIds',
  'healthCheck',
  'memberGroups.0.name',
  'members',
  'microservice',
  'unknown',
]

const inputValues = (product: 'APIG' | 'ROMA_CONNECT', inputs: fc.Arbitrary<object>): AnyValues => {
  const usual = fc.constantFrom(
    leastInput(product),
    fullInput(product),
    { ...leastInput(product), ...(product === 'ROMA_CONNECT' && { instanceIds: ['i-1', 'i-2', 'i-3'] }) },
    { ...leastInput(product), members: [], memberGroups: [], healthCheck: null },
    { ...leastInput(product), memberType: 'IP', members: [{ host: '192.168.0.5', port: 80 }] },
  )
  const fitting = fc.oneof({ arbitrary: usual, weight: 9 }, inputs as fc.Arbitrary<JsonObject>)
  const changed = fc
    .tuple(fitting, fc.constantFrom(...PATHS), fc.oneof(odd, fc.constant(undefined)))
    .map(([input, path, value]) => withValue(input, path, value))
  const huge = fc.tuple(usual, fc.constantFrom(...HUGE)).map(([input, grow]) => grow(input))
  return { fitting, any: fc.oneof(changed, changed, huge, odd) }
}

const id = (...ids: readonly string[]): AnyValues => ({
  fitting: fc.oneof({ arbitrary: fc.constantFrom<Json>(...ids), weight: 20 }, fc.constantFrom('..', 'no id')),
  any: fc.oneof(fc.constantFrom<Json>(7, 'x'.repeat(65)), odd),
})

const filter: AnyValues = {
  fitting: fc.record(
    {
      id: fc.constant('c-1'),
      name: fc.constantFrom('vpc_demo', ''),
      preciseSearch: fc.boolean(),
      memberHost: fc.constant('192.168.0.5'),
      memberPort: fc.constantFrom(0, 80),
    },
    { requiredKeys: [] },
  ),
  any: odd,
}

const representation = fc.oneof(
  {
    arbitrary: fc.record({
      __typename: fc.constant('VpcChannel'),
      product: fc.constantFrom('APIG', 'ROMA_CONNECT'),
      instanceId: fc.constantFrom('i-1', 'i-2'),
      id: fc.constantFrom('c-1', 'c-2'),
    }),
    weight: 5,
  },
  fc.constantFrom<JsonObject>({ __typename: 'VpcChannel' }, { __typename: 'Unknown' }, {}),
)

const VALUES: Readonly<Record<string, AnyValues>> = {
  product: { fitting: fc.constantFrom('APIG', 'ROMA_CONNECT'), any: odd },
  projectId: id('project-1'),
  instanceId: id('i-1', 'i-2'),
  id: id('c-1', 'c-2'),
  planId: id('plan-1'),
  acceptIdentical: { fitting: fc.boolean(), any: odd },
  filter,
  first: { fitting: fc.constantFrom(1, 2, 3, 20, 20, 50, 100, 0), any: odd },
  after: { fitting: fc.constantFrom(null, null, null, '', 'cursor'), any: odd },
  representations: { fitting: fc.array(representation, { maxLength: 3 }), any: odd },
}

const CREATE_INPUT = inputValues('APIG', createInputs)
const UPSERT_INPUT = inputValues('ROMA_CONNECT', upsertInputs)

export function valuesOf(field: string, argument: string): AnyValues {
  if (argument === 'input') return field === 'createVpcChannel' ? CREATE_INPUT : UPSERT_INPUT
  const values = VALUES[argument]
  if (values === undefined) throw new Error(`no values for ${field}(${argument}:)`)
  return values
}
