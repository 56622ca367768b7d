import { expect, test } from 'vitest'
import { AcceptedTokens } from '../../../src/upstream/client/accepted-tokens.ts'
import { tokenDigest } from '../../../src/upstream/client/credentials.ts'

const digestOf = (token: string): string => tokenDigest({ kind: 'TOKEN', token })

const HOUR_MS = 60 * 60_000

test('a token is known for an hour after it was last accepted', () => {
  let now = 0
  const accepted = new AcceptedTokens(() => now)
  const digest = digestOf('token')
  expect(accepted.has(digest)).toBe(false)
  accepted.succeeded(digest)
  now += HOUR_MS - 1
  expect(accepted.has(digest)).toBe(true)
  accepted.succeeded(digest)
  now += HOUR_MS - 1
  expect(accepted.has(digest)).toBe(true)
  now += 1
  expect(accepted.has(digest)).toBe(false)
})

test('of very many the 10,000 are kept that were accepted last', () => {
  const accepted = new AcceptedTokens()
  const digests = Array.from({ length: 10_001 }, (_, index) => digestOf(`token-${index}`))
  for (const digest of digests.slice(0, -1)) accepted.succeeded(digest)
  accepted.succeeded(digests[0]!)
  accepted.succeeded(digests.at(-1)!)
  expect(digests.filter((digest) => !accepted.has(digest))).toEqual([digests[1]])
})

test('what is kept does not tell the token', () => {
  const digest = digestOf('a-token-of-somebody')
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
})
