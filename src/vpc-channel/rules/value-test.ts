import { ID_PATTERN } from '../../lib/ids.ts'
import { charactersPattern } from './characters.ts'
import { isHttpCodes } from './http-codes.ts'
import type { Inspection, Params } from './inspection.ts'
import { itemIdentity } from './item-identity.ts'
import type { Rule } from './rule.ts'

/** Tests a value, and reports where it breaks the rule. */
export type Test = (value: unknown, inspection: Inspection) => void

type Segments = readonly string[]

const segmentsOf = (path: string): Segments => path.split('.')

/** The value at a path without lists. */
const valueAt = (input: object, segments: Segments): unknown =>
  segments.reduce<unknown>((from, segment) => (from as Record<string, unknown> | undefined)?.[segment], input)

/** The values at a path through one list. */
function valuesAt(input: object, [list = '', , ...rest]: Segments): readonly unknown[] {
  const items = valueAt(input, [list])
  if (!Array.isArray(items)) return []
  return items.map((item: unknown) =>
    typeof item === 'object' && item !== null ? valueAt(item, rest) : undefined,
  )
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const SURROGATE = /[\ud800-\udfff]/

/** In characters, not in UTF-16's units. */
const lengthOf = (text: string): number => (SURROGATE.test(text) ? Array.from(text).length : text.length)

/** The test of a rule, made once. */
export function testOf(rule: Rule): Test {
  switch (rule.rule) {
    case 'ID':
      return onText((text) => (ID_PATTERN.test(text) ? null : {}))
    case 'LENGTH': {
      const { min, max } = rule
      return onText((text) => {
        // A character has one or two UTF-16 units: usually the units decide.
        if (text.length <= max && text.length >= 2 * min) return null
        const actual = lengthOf(text)
        return actual >= min && actual <= max ? null : { min, max, actual }
      })
    }
    case 'RANGE': {
      const { min, max } = rule
      return onNumber((number) => (number >= min && number <= max ? null : { min, max, actual: number }))
    }
    case 'LIST_SIZE': {
      const { min, max } = rule
      return (value, inspection) => {
        if (!Array.isArray(value) || (value.length >= min && value.length <= max)) return
        inspection.report({ min, max, actual: value.length })
      }
    }
    case 'CHARSET':
    case 'STARTS_WITH':
    case 'ENDS_WITH': {
      const pattern = charactersPattern(rule.characters, rule.rule)
      const params = { characters: rule.characters, pattern: pattern.source }
      // LENGTH reports an empty text.
      return onText((text) => (text === '' || pattern.test(text) ? null : params))
    }
    case 'REQUIRED': {
      const { when } = rule
      const condition = segmentsOf(when?.path ?? '')
      return (value, inspection) => {
        if (isGiven(value) && value !== '') return
        if (when === undefined) return inspection.report({})
        const actual = valueAt(inspection.input, condition)
        if (typeof actual === 'string' && when.is.includes(actual))
          inspection.report({ when: when.path, is: when.is })
      }
    }
    case 'REQUIRED_ONE_OF': {
      const { anyOf } = rule
      return (value, inspection) => {
        if (typeof value !== 'object' || value === null) return
        const fields = value as Record<string, unknown>
        const isThere = (name: string): boolean => isGiven(fields[name]) && fields[name] !== ''
        if (!anyOf.some((names) => names.every(isThere))) inspection.report({ anyOf })
      }
    }
    case 'LESS_THAN': {
      const { other } = rule
      const segments = segmentsOf(other)
      return (value, inspection) => {
        const limit = valueAt(inspection.input, segments)
        if (typeof value !== 'number' || typeof limit !== 'number' || value < limit) return
        inspection.report({ other: segments.at(-1), limit, actual: value })
      }
    }
    case 'REFERENCE': {
      const { field, among } = rule
      const segments = segmentsOf(among)
      const [listName = ''] = segments
      return (value, inspection) => {
        if (!Array.isArray(value) || !isGiven(valueAt(inspection.input, [listName]))) return
        const names = new Set(valuesAt(inspection.input, segments))
        value.forEach((item: Readonly<Record<string, unknown>> | null, index) => {
          const name = item?.[field]
          if (typeof name === 'string' && !names.has(name))
            inspection.report({ among: listName }, index, field)
        })
      }
    }
    case 'UNIQUE': {
      const identity = itemIdentity(rule.by)
      return (value, inspection) => {
        if (!Array.isArray(value)) return
        const firstIndex = new Map<unknown, number>()
        value.forEach((item: unknown, index) => {
          const key = identity(item, inspection.input)
          if (key === undefined) return
          const first = firstIndex.get(key)
          if (first === undefined) firstIndex.set(key, index)
          else inspection.report({ first }, index)
        })
      }
    }
    case 'HTTP_CODES':
      return onText((text) => (text === '' || isHttpCodes(text) ? null : {}))
  }
}

const onText =
  (fault: (text: string) => Params | null): Test =>
  (value, inspection) => {
    const params = typeof value === 'string' ? fault(value) : null
    if (params !== null) inspection.report(params)
  }

const onNumber =
  (fault: (number: number) => Params | null): Test =>
  (value, inspection) => {
    const params = typeof value === 'number' ? fault(value) : null
    if (params !== null) inspection.report(params)
  }
