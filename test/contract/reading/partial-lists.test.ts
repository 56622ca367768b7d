import { describe, expect, test } from 'vitest'
import { channels, queryOf, startReading } from './channel-store.ts'
import { idsOf, page, projectPage, walk } from './walk.ts'

const ids = (count: number): (string | undefined)[] => channels(count).map(({ id }) => id)

/** A list that answers what it is told to, once a call; the last for ever. */
const parts = (...bodies: readonly object[]) => {
  let asked = 0
  return { instances: {}, instead: () => ({ body: bodies[Math.min(asked++, bodies.length - 1)] }) }
}

describe('a cloud that answers fewer channels than it is asked for', () => {
  test('is asked for the rest, in parts, until the page is full', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(40) }, cap: 7 })
    const { nodes, totalCount, pageInfo } = await page(pair, 20, null)
    expect(nodes.map(({ id }) => id)).toEqual(ids(20))
    expect(totalCount).toBe(40)
    expect(pageInfo.hasNextPage).toBe(true)
    expect(pair.calls.map(queryOf)).toEqual([
      { offset: '0', limit: '20' },
      { offset: '7', limit: '13' },
      { offset: '14', limit: '6' },
    ])
  })

  test('is asked no more once the list has ended', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(10) }, cap: 7 })
    const { nodes, pageInfo } = await page(pair, 20, null)
    expect(nodes.map(({ id }) => id)).toEqual(ids(10))
    expect(pageInfo.hasNextPage).toBe(false)
    expect(pair.calls.map(queryOf)).toEqual([
      { offset: '0', limit: '20' },
      { offset: '7', limit: '13' },
    ])
  })

  test('of a project, too, with all it was asked before', async () => {
    await using pair = await startReading({ instances: { 'apic/roma-1': channels(9) }, cap: 7 })
    expect(idsOf([await projectPage(pair, 20, null)])).toEqual(ids(9))
    expect(pair.calls.map(queryOf)).toEqual([
      { offset: '0', limit: '20' },
      { offset: '7', limit: '13' },
    ])
  })

  test('fails the page where a later part fails', async () => {
    await using pair = await startReading({
      instances: { 'apigw/apig-1': channels(10) },
      cap: 7,
      instead: (call) =>
        queryOf(call)['offset'] === '7'
          ? { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }
          : undefined,
    })
    await expect(page(pair, 20, null)).rejects.toThrow(/FORBIDDEN/)
  })
})

describe('a cloud that answers more channels than it is asked for', () => {
  test('does not make a page longer', async () => {
    await using pair = await startReading(parts({ total: 9, vpc_channels: channels(9) }))
    const { nodes, edges, pageInfo } = await page(pair, 4, null)
    expect(nodes.map(({ id }) => id)).toEqual(ids(4))
    expect(edges).toHaveLength(4)
    expect(pageInfo.hasNextPage).toBe(true)
  })

  test('shows no channel where none was asked for', async () => {
    await using pair = await startReading(parts({ total: 9, vpc_channels: channels(9) }))
    expect((await page(pair, 0, null)).nodes).toEqual([])
  })
})

describe('a cloud that answers empty parts', () => {
  test('is not asked for ever', async () => {
    await using pair = await startReading(parts({ size: 0, total: 1_000, vpc_channels: [] }))
    const { nodes, totalCount } = await page(pair, 20, null)
    expect({ nodes, totalCount }).toEqual({ nodes: [], totalCount: 1_000 })
    expect(pair.calls).toHaveLength(1)
  })

  test('ends a walk: a page that came up empty has none after it', async () => {
    await using pair = await startReading(parts({ size: 0, total: 1_000, vpc_channels: [] }))
    const { pageInfo } = await page(pair, 20, null)
    expect(pageInfo).toMatchObject({ hasNextPage: false, endCursor: null })
  })

  test('after some channels: shows those', async () => {
    await using pair = await startReading(
      parts({ total: 20, vpc_channels: channels(3) }, { total: 20, vpc_channels: [] }),
    )
    expect((await page(pair, 20, null)).nodes.map(({ id }) => id)).toEqual(ids(3))
    expect(pair.calls).toHaveLength(2)
  })
})

describe('a total that lies', () => {
  test.each([
    ['ten too many', (count: number) => count + 10],
    ['a million', () => 1_000_000],
    ['always a few more', (_count: number, offset: number) => offset + 10],
  ])('of %s does not keep a client walking', async (_what, total) => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(10) }, total })
    expect(idsOf(await walk(pair, 4))).toEqual(ids(10))
  })

  test.each([
    ['0', 0],
    ['too small', 1],
    ['negative', -1],
    ['missing', undefined],
    ['null', null],
    ['a word', 'many'],
    ['an object', {}],
    ['endless', 1e300],
  ])('or that is %s does not hide what came', async (_what, total) => {
    await using pair = await startReading(
      parts({ size: 3, total, vpc_channels: channels(3) }, { size: 0, total, vpc_channels: [] }),
    )
    expect((await page(pair, 20, null)).nodes.map(({ id }) => id)).toEqual(ids(3))
  })
})

describe('an item that is no channel', () => {
  const readable = channels(5)
  const LISTS = [
    ['first', [{ dict_code: 'no id, no name' }, ...readable]],
    ['in the middle', [...readable.slice(0, 2), { name: 'no id' }, ...readable.slice(2)]],
    ['last', [...readable, { id: 'no-name' }]],
    ['at several places', [{}, ...readable.slice(0, 3), {}, {}, {}, ...readable.slice(3), {}]],
  ] as const

  test.each(LISTS)('%s is left out, and the others are visited once each', async (_where, all) => {
    for (const first of [1, 2, 3, 20]) {
      await using pair = await startReading({ instances: { 'apigw/apig-1': all } })
      expect({ first, ids: idsOf(await walk(pair, first)) }).toEqual({ first, ids: ids(5) })
    }
  })
})

test.each([
  ['a list', []],
  ['null', 'null'],
  ['nothing', ''],
  ['HTML', '<html></html>'],
  ['no list', { size: 0, total: 0 }],
  ['an object in place of the list', { vpc_channels: {} }],
  ['the other API’s key', { total: 1, project_vpc_channels: channels(1) }],
])('an answer of %s is an error, not an empty page', async (_what, body) => {
  await using pair = await startReading({ instances: {}, instead: () => ({ body }) })
  await expect(page(pair, 20, null)).rejects.toThrow(/UPSTREAM_BAD_RESPONSE/)
})
