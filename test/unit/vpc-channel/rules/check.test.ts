import { expect, test } from 'vitest'
import { makeChecker } from '../../../../src/vpc-channel/rules/check.ts'

const check = makeChecker([
  { path: 'name', rule: 'LENGTH', min: 3, max: 64 },
  { path: 'members.*.host', rule: 'REQUIRED' },
  { path: 'port', rule: 'RANGE', min: 1, max: 65_535 },
  { path: 'members.*.weight', rule: 'RANGE', min: 0, max: 100 },
  { path: 'name', rule: 'STARTS_WITH', characters: ['LETTERS'] },
])

const brokenBy = (input: object): string[] =>
  check(input).map(({ path, rule }) => `${path.join('.')} ${rule}`)

test('faults come in the order of the rules, those of one field together', () => {
  const members = [{ weight: 101 }, { host: 'a', weight: 102 }, { weight: 1 }]
  expect(brokenBy({ members, port: 0, name: '1' })).toEqual([
    'input.name LENGTH',
    'input.name STARTS_WITH',
    'input.members.0.host REQUIRED',
    'input.members.2.host REQUIRED',
    'input.port RANGE',
    'input.members.0.weight RANGE',
    'input.members.1.weight RANGE',
  ])
})

test('what is absent breaks a rule only where its parent is there', () => {
  expect(brokenBy({})).toEqual([])
  expect(brokenBy({ members: [{}, null, 'text'] })).toEqual(['input.members.0.host REQUIRED'])
})

test('no more faults are told than 500, the first of them', () => {
  const told = brokenBy({ members: Array.from({ length: 600 }, () => ({ weight: -1 })), port: 0 })
  expect(told).toHaveLength(500)
  expect(told[499]).toBe('input.members.499.host REQUIRED')
})
