import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels, startReading } from './channel-store.ts'
import { idsOf, page, projectPage, walk } from './walk.ts'

const ids = (count: number): string[] => channels(count).map(({ id }) => id ?? '')

describe('walking a list page by page', () => {
  test('visits each channel exactly once, in the order of the list, whatever the page and the parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(500, 7, 1, 3),
        async (count, first, cap) => {
          await using pair = await startReading({ instances: { 'apigw/apig-1': channels(count) }, cap })
          const pages = await walk(pair, first)
          expect(idsOf(pages)).toEqual(ids(count))
          expect(pages).toHaveLength(Math.max(1, Math.ceil(count / first)))
          for (const [index, { totalCount, nodes, edges, pageInfo }] of pages.entries()) {
            const [isFirst, isLast] = [index === 0, index === pages.length - 1]
            expect(totalCount).toBe(count)
            expect(nodes).toHaveLength(isLast ? count - index * first : first)
            expect(edges.map((edge) => edge.node)).toEqual(nodes)
            expect(pageInfo).toEqual({
              hasNextPage: !isLast,
              hasPreviousPage: !isFirst,
              startCursor: edges[0]?.cursor ?? null,
              endCursor: edges.at(-1)?.cursor ?? null,
            })
          }
          const cursors = pages.flatMap(({ edges }) => edges.map((edge) => edge.cursor))
          expect(new Set(cursors).size).toBe(count)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('of a project visits each channel of each instance exactly once', async () => {
    await using pair = await startReading({
      instances: { 'apic/roma-1': channels(5, 'a'), 'apic/roma-2': [], 'apic/roma-3': channels(4, 'b') },
    })
    const pages = await walk(pair, 2, projectPage)
    expect(idsOf(pages)).toEqual([...channels(5, 'a'), ...channels(4, 'b')].map(({ id }) => id))
    expect(pages.map(({ nodes }) => nodes.length)).toEqual([2, 2, 2, 2, 1])
    expect(pair.calls).toHaveLength(5)
  })

  test('costs one call a page where the cloud answers all it is asked for', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(60) } })
    await walk(pair, 20)
    expect(pair.calls).toHaveLength(3)
  })
})

describe('a page', () => {
  test('begins after any edge’s cursor, not only the last', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(6) } })
    const { edges } = await page(pair, 6, null)
    for (const [index, { cursor }] of edges.entries()) {
      expect(idsOf([await page(pair, 500, cursor)])).toEqual(ids(6).slice(index + 1))
    }
  })

  test('after the last channel is empty, and the last', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(3) } })
    const { pageInfo } = await page(pair, 3, null)
    expect(await page(pair, 3, pageInfo.endCursor)).toEqual({
      totalCount: 3,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    })
  })

  test('of a list that has shrunk meanwhile is empty, and the last', async () => {
    await using long = await startReading({ instances: { 'apigw/apig-1': channels(9) } })
    const { pageInfo } = await page(long, 9, null)
    await using short = await startReading({ instances: { 'apigw/apig-1': channels(2) } })
    const { totalCount, nodes, pageInfo: ofShort } = await page(short, 9, pageInfo.endCursor)
    expect({ totalCount, nodes }).toEqual({ totalCount: 2, nodes: [] })
    expect(ofShort).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  test('of a list that is gone meanwhile has none before it either', async () => {
    await using long = await startReading({ instances: { 'apigw/apig-1': channels(9) } })
    const { pageInfo } = await page(long, 9, null)
    await using none = await startReading({ instances: { 'apigw/apig-1': [] } })
    expect((await page(none, 9, pageInfo.endCursor)).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    })
  })

  test('of an empty list stands alone', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': [] } })
    expect(await page(pair, 20, null)).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  test('of no channels counts the list all the same', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(3) } })
    expect(await page(pair, 0, null)).toEqual({
      totalCount: 3,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
    expect(pair.calls).toHaveLength(1)
  })

  test('of 500 channels is one call', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(501) } })
    const { nodes, pageInfo } = await page(pair, 500, null)
    expect(nodes).toHaveLength(500)
    expect(pageInfo.hasNextPage).toBe(true)
    expect(pair.calls).toHaveLength(1)
  })
})
