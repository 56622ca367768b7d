import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels, queryOf, type ReadingPair, startReading } from './channel-store.ts'

const ids = (from: number, to: number, step = 1): string[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => `channel-${from + index * step}`)

/** The names of the wanted channels, by `vpcChannel` under as many aliases. */
async function namesOf(pair: ReadingPair, wanted: readonly string[]): Promise<(string | undefined)[]> {
  const fields = wanted.map(
    (id, index) => `a${index}: vpcChannel(instanceId: "apig-1", id: "${id}") { name }`,
  )
  const { data, errors } = await pair.send<Record<string, { name: string } | null>, unknown>(
    `query Wanted { ${fields.join(' ')} }`,
  )
  expect(errors).toBeUndefined()
  return wanted.map((_, index) => data?.[`a${index}`]?.name)
}

const named = (wanted: readonly string[]): string[] => wanted.map((id) => `name-of-${id}`)

describe('of 1,200 channels', () => {
  const STORE = { instances: { 'apigw/apig-1': channels(1_200) } }

  test('600 are had with the three parts of the list', async () => {
    await using pair = await startReading(STORE)
    const wanted = ids(0, 1_200, 2)
    expect(await namesOf(pair, wanted)).toEqual(named(wanted))
    expect(pair.calls.map(queryOf)).toEqual([
      { offset: '0', limit: '500' },
      { offset: '500', limit: '500' },
      { offset: '1000', limit: '500' },
    ])
  })

  test.each([
    ['2 of the last part cost no more than the list', ids(1_198, 1_200), 3],
    ['100 of the first part cost one call', ids(300, 400), 1],
    ['100 of the first part and 1 of the last cost two', [...ids(0, 100), 'channel-1199'], 2],
    ['100 of the first part and 50 of the last cost three', [...ids(0, 100), ...ids(1_150, 1_200)], 3],
    ['1 of the last part costs one call', ['channel-1199'], 1],
  ])('%s', async (_what, wanted, most) => {
    await using pair = await startReading(STORE)
    expect(await namesOf(pair, wanted)).toEqual(named(wanted))
    expect(pair.calls.length).toBeLessThanOrEqual(most)
  })
})

test('channels are had for no more calls than the list has parts, nor than one more than there are channels', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3_000 }),
      fc.uniqueArray(fc.nat(2_999), { minLength: 1, maxLength: 30 }),
      async (count, places) => {
        await using pair = await startReading({ instances: { 'apigw/apig-1': channels(count) } })
        const wanted = [...new Set(places.map((place) => `channel-${place % count}`))]
        expect(await namesOf(pair, wanted)).toEqual(named(wanted))
        const parts = Math.ceil(count / 500)
        expect(pair.calls.length).toBeLessThanOrEqual(Math.min(Math.max(1, parts), wanted.length + 1))
      },
    ),
    { numRuns: 25 },
  )
})

describe('where the cloud answers 7 channels at a time', () => {
  const STORE = { instances: { 'apigw/apig-1': channels(300) }, cap: 7 }

  test('channels are found all the same', async () => {
    await using pair = await startReading(STORE)
    expect(await namesOf(pair, ids(0, 300))).toEqual(named(ids(0, 300)))
  })

  test('5 of the end are asked for by id as soon as that is cheaper', async () => {
    await using pair = await startReading(STORE)
    expect(await namesOf(pair, ids(295, 300))).toEqual(named(ids(295, 300)))
    expect(pair.calls.length).toBeLessThanOrEqual(6)
  })
})

describe('null means that the instance has none of that id, so it is not said', () => {
  test('of channels that an empty part of a longer list left out', async () => {
    await using pair = await startReading({
      instances: { 'apigw/apig-1': channels(3) },
      instead: (call) =>
        call.path.includes('?') ? { body: { size: 0, total: 3, vpc_channels: [] } } : undefined,
    })
    expect(await namesOf(pair, ids(0, 3))).toEqual(named(ids(0, 3)))
  })

  test('of a channel that moved from one part of the list to the one before while it was read', async () => {
    const all = channels(600)
    await using pair = await startReading({
      instances: { 'apigw/apig-1': all },
      // By the second part the first channel of the list is deleted, and `channel-500` stands where the first part ended.
      instead: (call) =>
        queryOf(call)['offset'] === '500'
          ? { body: { size: 99, total: 599, vpc_channels: all.slice(501) } }
          : undefined,
    })
    expect(await namesOf(pair, ids(490, 510))).toEqual(named(ids(490, 510)))
  })
})

test('a list that never ends is not read for ever', async () => {
  await using pair = await startReading({
    instances: { 'apigw/apig-1': channels(3) },
    instead: (call) => {
      const { offset } = queryOf(call)
      if (offset === undefined) return undefined
      // The end of what this test waits for.
      if (Number(offset) > 100) return { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }
      return {
        body: { size: 1, total: Number(offset) + 100, vpc_channels: [{ id: 'other', name: 'other' }] },
      }
    },
  })
  expect(await namesOf(pair, ids(0, 2))).toEqual(named(ids(0, 2)))
  expect(pair.calls.length).toBeLessThanOrEqual(10)
})
