import { expect, test } from 'vitest'
import { Tokens } from '../../../../src/simulator/auth/tokens.ts'

test('tokens are forgotten, oldest first, beyond ten thousand', () => {
  const tokens = new Tokens(() => new Date())
  const issued = Array.from({ length: 10_001 }, () => tokens.issue({ projectId: 'p' }).value)
  expect(tokens.find(issued[0]!)).toBeUndefined()
  expect(tokens.find(issued[1]!)).toMatchObject({ projectId: 'p' })
  expect(tokens.find(issued[10_000]!)).toMatchObject({ projectId: 'p' })
})
