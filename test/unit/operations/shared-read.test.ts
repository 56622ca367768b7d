import { describe, expect, test } from 'vitest'
import { sharedRead } from '../../../src/operations/shared-read.ts'

function reads() {
  const under: PromiseWithResolvers<number>[] = []
  const read = sharedRead(() => {
    const one = Promise.withResolvers<number>()
    under.push(one)
    return one.promise
  })
  return { under, read }
}

describe('a shared read', () => {
  test('answers everybody who asks while one is under way with the next one', async () => {
    const { under, read } = reads()
    const first = read()
    const later = [read(), read(), read()]
    expect(under).toHaveLength(1)
    under[0]?.resolve(1)
    expect(await first).toBe(1)
    await expect.poll(() => under.length).toBe(2)
    under[1]?.resolve(2)
    expect(await Promise.all(later)).toEqual([2, 2, 2])
    expect(under).toHaveLength(2)
  })

  test('begins anew once all have their answer', async () => {
    const { under, read } = reads()
    const first = read()
    under[0]?.resolve(1)
    await first
    const second = read()
    await expect.poll(() => under.length).toBe(2)
    under[1]?.resolve(2)
    expect(await second).toBe(2)
  })

  test('that fails, fails for those alone who asked before it began', async () => {
    const { under, read } = reads()
    const first = read()
    const second = read()
    under[0]?.reject(new Error('lost'))
    await expect(first).rejects.toThrow('lost')
    await expect.poll(() => under.length).toBe(2)
    under[1]?.resolve(2)
    expect(await second).toBe(2)
  })
})
