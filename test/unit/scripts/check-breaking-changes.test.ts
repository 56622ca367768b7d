import { expect, test } from 'vitest'
import { unacceptedChanges } from '../../../scripts/check-breaking-changes.ts'

const BEFORE = 'type Query { channel(id: ID!): String  channels: [String!]! }'
const AFTER = 'type Query { channel(id: ID!, product: String!): String }'

test('names every change that can break a client', () => {
  expect(unacceptedChanges(BEFORE, AFTER, '')).toEqual([
    'Query.channels was removed.',
    'A required arg product on Query.channel was added.',
  ])
})

test('lets a change pass that is accepted by its whole line', () => {
  const accepted =
    '# product is needed since ROMA Connect\nA required arg product on Query.channel was added.\r\nQuery.channels\n'
  expect(unacceptedChanges(BEFORE, AFTER, accepted)).toEqual(['Query.channels was removed.'])
})

test('does not mind what is added', () => {
  expect(unacceptedChanges(BEFORE, `${BEFORE} type New { id: ID! }`, '')).toEqual([])
})
