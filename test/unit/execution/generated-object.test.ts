import { expect, test } from 'vitest'
import { generatedObject } from '../../../src/execution/generated-object.ts'
import type { CompleteObject, PlannedField } from '../../../src/execution/plan-context.ts'
import { Failures, type Run } from '../../../src/execution/run.ts'

const RUN: Run = { context: undefined, variables: {}, failures: new Failures() }
const byLoop: CompleteObject = () => ({ byLoop: true })

const field = (key: string): PlannedField => ({ key, resolve: () => `resolved ${key}` })

const leaf = (key: string, property: string): PlannedField => ({
  key,
  resolve: () => 'never asked for',
  leaf: {
    property,
    kind: 'string',
    isNullable: true,
    complete: (value) => `answered ${String(value)}`,
    unreadable: (error) => `unreadable ${String(error)}`,
  },
})

test('an object is put together of its fields, in their order', () => {
  const complete = generatedObject([leaf('a', 'x'), field('b'), leaf('c', 'y'), leaf('d', 'z')], byLoop)
  const answered = complete?.({ x: 'text', y: null, z: 7 }, undefined, RUN)
  expect(JSON.stringify(answered)).toBe('{"a":"text","b":"resolved b","c":null,"d":"answered 7"}')
})

test('what is no object is left to the loop', () => {
  expect(generatedObject([field('a')], byLoop)?.(undefined, undefined, RUN)).toEqual({ byLoop: true })
})

test('a property that throws when it is read fails by itself', () => {
  const source = {
    get x(): never {
      throw 'no'
    },
    y: 'text',
  }
  const complete = generatedObject([leaf('a', 'x'), leaf('b', 'y')], byLoop)
  expect(complete?.(source, undefined, RUN)).toEqual({ a: 'unreadable no', b: 'text' })
})

test.each(['constructor', 'toString', 'class', 'function', 'await', '_', 'data', 'value', 'error'])(
  'a field may be called %s',
  (name) => {
    const complete = generatedObject([leaf(name, name)], byLoop)
    expect(complete?.({ [name]: 'text' }, undefined, RUN)).toEqual({ [name]: 'text' })
  },
)

test.each(['', '1a', 'a b', 'a-b', 'a.b', "a'", 'a}', 'a: process.exit(1)', 'é', 'a\n', '\u2028'])(
  'nothing is made of %j: it is no name of GraphQL',
  (name) => {
    expect(generatedObject([field(name)], byLoop)).toBeUndefined()
    expect(generatedObject([leaf('a', name)], byLoop)).toBeUndefined()
  },
)
