import { type FaultPath, MOST_FAULTS, type ValidationFault } from '../../errors/validation-fault.ts'
import { ID_PATTERN } from '../../upstream/ids.ts'
import { charactersPattern } from './characters.ts'
import { isHttpCodes } from './http-codes.ts'
import type { Rule } from './rule.ts'

/**
 * Checks an input against every rule it was made of; answers all faults, those of one field together. The input may be
 * of any form: a value that is not of the rule's type is no fault of the rule.
 */
export type Checker = (input: object) => ValidationFault[]

type Report = (path: FaultPath, params: Readonly<Record<string, unknown>>) => void
type Test = (value: unknown, path: FaultPath, input: object, report: Report) => void

/** Makes a checker once, so that a request only runs it. */
export function makeChecker(rules: readonly Rule[]): Checker {
  const tests = rules.map((rule) => ({ rule: rule.rule, segments: rule.path.split('.'), test: testOf(rule) }))
  return (input) => {
    const faults: ValidationFault[] = []
    for (const { rule, segments, test } of tests) {
      const report: Report = (path, params) => {
        if (faults.length < MOST_FAULTS)
          faults.push({ path: ['input', ...path], rule, params, source: 'GATEWAY' })
      }
      visit(input, segments, [], (value, path) => test(value, path, input, report))
      if (faults.length >= MOST_FAULTS) break
    }
    return [...Map.groupBy(faults, (fault) => JSON.stringify(fault.path)).values()].flat()
  }
}

/** Calls back for each value at a path. A value that is absent is visited too, as long as its parent is there. */
function visit(
  from: unknown,
  segments: readonly string[],
  path: FaultPath,
  found: (value: unknown, path: FaultPath) => void,
): void {
  const [segment, ...rest] = segments
  if (segment === undefined) {
    found(from, path)
  } else if (segment === '*') {
    if (!Array.isArray(from)) return
    from.forEach((item, index) => {
      visit(item, rest, [...path, index], found)
    })
  } else if (typeof from === 'object' && from !== null) {
    visit((from as Record<string, unknown>)[segment], rest, [...path, segment], found)
  }
}

const valuesAt = (input: object, path: string): unknown[] => {
  const values: unknown[] = []
  visit(input, path.split('.'), [], (value) => values.push(value))
  return values
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const lengthOf = (text: string): number => Array.from(text).length

function testOf(rule: Rule): Test {
  switch (rule.rule) {
    case 'ID':
      return onText((text) => (ID_PATTERN.test(text) ? null : {}))
    case 'LENGTH': {
      const { min, max } = rule
      return onText((text) => {
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
      return (value, path, _input, report) => {
        if (!Array.isArray(value) || (value.length >= min && value.length <= max)) return
        report(path, { min, max, actual: value.length })
      }
    }
    case 'CHARSET':
    case 'STARTS_WITH':
    case 'ENDS_WITH': {
      const pattern = charactersPattern(rule.characters, rule.rule)
      const params = { characters: rule.characters, pattern: pattern.source }
      // That an empty text is too short is what LENGTH says.
      return onText((text) => (text === '' || pattern.test(text) ? null : params))
    }
    case 'REQUIRED': {
      const { when } = rule
      return (value, path, input, report) => {
        if (isGiven(value) && value !== '') return
        if (when === undefined) return report(path, {})
        const [condition] = valuesAt(input, when.path)
        if (typeof condition === 'string' && when.is.includes(condition))
          report(path, { when: when.path, is: when.is })
      }
    }
    case 'REQUIRED_ONE_OF': {
      const { anyOf } = rule
      return (value, path, _input, report) => {
        if (typeof value !== 'object' || value === null) return
        const fields = value as Record<string, unknown>
        const isThere = (name: string): boolean => isGiven(fields[name]) && fields[name] !== ''
        if (!anyOf.some((names) => names.every(isThere))) report(path, { anyOf })
      }
    }
    case 'LESS_THAN': {
      const { other } = rule
      const otherName = other.split('.').at(-1)
      return (value, path, input, report) => {
        const [limit] = valuesAt(input, other)
        if (typeof value !== 'number' || typeof limit !== 'number' || value < limit) return
        report(path, { other: otherName, limit, actual: value })
      }
    }
    case 'REFERENCE': {
      const { field, among } = rule
      const [listName = ''] = among.split('.')
      return (value, path, input, report) => {
        const [list] = valuesAt(input, listName)
        if (!Array.isArray(value) || !isGiven(list)) return
        const names = new Set(valuesAt(input, among))
        value.forEach((item: Readonly<Record<string, unknown>> | null, index) => {
          const name = item?.[field]
          if (typeof name === 'string' && !names.has(name))
            report([...path, index, field], { among: listName })
        })
      }
    }
    case 'UNIQUE':
      return (value, path, _input, report) => {
        if (!Array.isArray(value)) return
        const firstIndex = new Map<unknown, number>()
        value.forEach((item, index) => {
          const first = firstIndex.get(item)
          if (first === undefined) firstIndex.set(item, index)
          else report([...path, index], { first })
        })
      }
    case 'HTTP_CODES':
      return onText((text) => (text === '' || isHttpCodes(text) ? null : {}))
  }
}

type Params = Readonly<Record<string, unknown>>

const onText =
  (fault: (text: string) => Params | null): Test =>
  (value, path, _input, report) => {
    const params = typeof value === 'string' ? fault(value) : null
    if (params !== null) report(path, params)
  }

const onNumber =
  (fault: (number: number) => Params | null): Test =>
  (value, path, _input, report) => {
    const params = typeof value === 'number' ? fault(value) : null
    if (params !== null) report(path, params)
  }
