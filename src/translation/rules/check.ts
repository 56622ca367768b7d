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

/** A value under test, and where it stands. One serves a whole check: a path is copied only where it is reported. */
class Inspection {
  readonly input: object
  readonly faults: ValidationFault[] = []
  readonly path: (string | number)[] = []
  rule: ValidationFault['rule'] = 'REQUIRED'

  constructor(input: object) {
    this.input = input
  }

  /** Tells of a fault, here or `below`. */
  report(params: Params, ...below: FaultPath): void {
    if (this.faults.length >= MOST_FAULTS) return
    this.faults.push({
      path: ['input', ...this.path, ...below],
      rule: this.rule,
      params,
      source: 'GATEWAY',
    })
  }
}

type Params = Readonly<Record<string, unknown>>
type Test = (value: unknown, inspection: Inspection) => void

/** Makes a checker once, so that a request only runs it. */
export function makeChecker(rules: readonly Rule[]): Checker {
  const tests = rules.map((rule) => ({
    rule: rule.rule,
    segments: segmentsOf(rule.path),
    test: testOf(rule),
  }))
  return (input) => {
    const inspection = new Inspection(input)
    for (const { rule, segments, test } of tests) {
      inspection.rule = rule
      visit(input, segments, 0, inspection, test)
      if (inspection.faults.length >= MOST_FAULTS) break
    }
    const { faults } = inspection
    if (faults.length < 2) return faults
    return [...Map.groupBy(faults, (fault) => JSON.stringify(fault.path)).values()].flat()
  }
}

type Segments = readonly string[]

const segmentsOf = (path: string): Segments => path.split('.')

/** Tests each value at a path. A value that is absent is tested too, as long as its parent is there. */
function visit(from: unknown, segments: Segments, depth: number, inspection: Inspection, test: Test): void {
  const segment = segments[depth]
  if (segment === undefined) {
    test(from, inspection)
  } else if (segment === '*') {
    if (!Array.isArray(from)) return
    for (let index = 0; index < from.length; index += 1) {
      inspection.path.push(index)
      visit(from[index], segments, depth + 1, inspection, test)
      inspection.path.pop()
    }
  } else if (typeof from === 'object' && from !== null) {
    inspection.path.push(segment)
    visit((from as Record<string, unknown>)[segment], segments, depth + 1, inspection, test)
    inspection.path.pop()
  }
}

/** The value at a path without lists. */
const valueAt = (input: object, segments: Segments): unknown =>
  segments.reduce<unknown>((from, segment) => (from as Record<string, unknown> | undefined)?.[segment], input)

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const SURROGATE = /[\ud800-\udfff]/

/** In characters, not in UTF-16's units. */
const lengthOf = (text: string): number => (SURROGATE.test(text) ? Array.from(text).length : text.length)

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
      // That an empty text is too short is what LENGTH says.
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
        const names = new Set<unknown>()
        visit(inspection.input, segments, 0, new Inspection(inspection.input), (name) => names.add(name))
        value.forEach((item: Readonly<Record<string, unknown>> | null, index) => {
          const name = item?.[field]
          if (typeof name === 'string' && !names.has(name))
            inspection.report({ among: listName }, index, field)
        })
      }
    }
    case 'UNIQUE':
      return (value, inspection) => {
        if (!Array.isArray(value)) return
        const firstIndex = new Map<unknown, number>()
        value.forEach((item, index) => {
          const first = firstIndex.get(item)
          if (first === undefined) firstIndex.set(item, index)
          else inspection.report({ first }, index)
        })
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
