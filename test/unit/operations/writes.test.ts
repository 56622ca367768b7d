import { type GraphQLArgument, type GraphQLNamedType, getNamedType, isInputObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'
import { writes, writesByInput } from '../../../src/operations/writes.ts'

const mutations = schema.getMutationType()?.getFields() ?? {}
const queries = schema.getQueryType()?.getFields() ?? {}
const subscriptions = schema.getSubscriptionType()?.getFields() ?? {}

const inputOf = ({ args }: { readonly args: readonly GraphQLArgument[] }): GraphQLNamedType | undefined => {
  const input = args.find(({ name }) => name === 'input')
  return input && getNamedType(input.type)
}

const inputTypeOf = (field: string): GraphQLNamedType | undefined => {
  const found = mutations[field] ?? queries[field]
  return found && inputOf(found)
}

/** Whether an input has the field at a rule's path; `*` is every item of a list. */
function hasField(input: GraphQLNamedType | undefined, path: string): boolean {
  const names = path.split('.').filter((name) => name !== '*')
  const last = names.reduce<GraphQLNamedType | undefined>((type, name) => {
    const field = isInputObjectType(type) ? type.getFields()[name] : undefined
    return field && getNamedType(field.type)
  }, input)
  return last !== undefined
}

test('the registry has every mutation, and nothing else', () => {
  expect([...writes.keys()].sort()).toEqual(Object.keys(mutations).sort())
})

test('every subscription does the write of its name', () => {
  for (const [name, field] of Object.entries(subscriptions)) {
    expect(writes.has(name), name).toBe(true)
    expect(inputOf(field), name).toBe(inputTypeOf(name))
  }
})

test('every query that takes the input of a mutation is the plan of that write', () => {
  const inputs = new Map([...writes.keys()].map((field) => [inputTypeOf(field), field]))
  const plans = Object.keys(queries).flatMap((field) => {
    const write = inputs.get(inputTypeOf(field))
    return inputTypeOf(field) === undefined || write === undefined ? [] : [[write, field]]
  })
  expect(
    [...writes.values()].flatMap(({ field, planFields }) => planFields.map((plan) => [field, plan])),
  ).toEqual(plans)
})

/** An input that names its project itself, or in its channel. */
const naming = (project: object) => ({ ...project, channel: project })

describe.each([...writesByInput])('%s', (field, { rules, withProject, target }) => {
  test('takes an argument `input`', () => {
    expect(inputTypeOf(field)).toBeDefined()
  })

  test('has rules for fields of its input alone', () => {
    expect(rules.filter(({ path }) => !hasField(inputTypeOf(field), path))).toEqual([])
  })

  test('has the project of the request where its input names none, and no other', () => {
    for (const none of [{}, { projectId: null }]) {
      expect(target({ ...withProject(naming(none), 'project-1') }).projectId).toBe('project-1')
    }
    expect(target({ ...withProject(naming({ projectId: 'own' }), 'project-1') }).projectId).toBe('own')
  })

  test('reads a target from any input at all', () => {
    for (const value of [undefined, null, 5, 'text', [], [null], {}, { id: {} }]) {
      const input = { projectId: value, name: value, instanceId: value, instanceIds: value, channel: value }
      const { projectId, name, instanceIds } = target(input)
      for (const text of [projectId ?? '', name, ...instanceIds]) expect(text).toBeTypeOf('string')
    }
  })
})
