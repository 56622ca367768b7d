import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteBudget, type Share } from '../../../src/upstream/http/byte-budget.ts'

const KB = 1024

/** A body of which so many KB have come, in pieces of 64 KB, as long as it may be read on. */
class Body implements Share {
  bytes = 0
  isWaiting = false
  readonly #budget: ByteBudget
  readonly #most: number

  constructor(budget: ByteBudget, kilobytes: number) {
    this.#budget = budget
    this.#most = kilobytes * KB
  }

  get isWhole(): boolean {
    return this.bytes >= this.#most
  }

  read(): void {
    if (this.isWaiting || this.isWhole) return
    this.bytes = Math.min(this.#most, this.bytes + 64 * KB)
    this.isWaiting = !this.#budget.grew(this)
  }

  onRoom(): void {
    this.isWaiting = false
  }
}

test('bodies up to 64 KB are not counted', () => {
  const budget = new ByteBudget(1)
  const bodies = Array.from({ length: 100 }, () => new Body(budget, 64))
  for (const body of bodies) body.read()
  expect(budget.bytes).toBe(0)
  expect(bodies.every(({ isWhole, isWaiting }) => isWhole && !isWaiting)).toBe(true)
})

test('one that finds no room waits until another is released', async () => {
  const budget = new ByteBudget(300 * KB)
  const [first, second] = [new Body(budget, 256), new Body(budget, 256)]
  for (let piece = 0; piece < 4; piece += 1) first.read()
  second.read()
  second.read()
  expect([budget.bytes, second.isWaiting]).toEqual([384 * KB, true])
  budget.release(first)
  // Not while somebody else is being served.
  expect(second.isWaiting).toBe(true)
  await turn()
  expect([budget.bytes, second.isWaiting]).toEqual([128 * KB, false])
})

test('the one that began first goes on, however large it is', () => {
  const budget = new ByteBudget(100 * KB)
  const body = new Body(budget, 10_000)
  while (!body.isWhole) {
    body.read()
    expect(body.isWaiting).toBe(false)
  }
})

test('a body that is given up gives its room back, once', async () => {
  const budget = new ByteBudget(200 * KB)
  const bodies = [256, 256, 256].map((kilobytes) => new Body(budget, kilobytes))
  for (let piece = 0; piece < 4; piece += 1) for (const body of bodies) body.read()
  for (const body of bodies) {
    budget.release(body)
    budget.release(body)
  }
  await turn()
  expect(budget.bytes).toBe(0)
})

test('whatever comes, all bodies are read, and never much more than the budget is held', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 50 }),
      async (sizes, dice) => {
        const budget = new ByteBudget(1_000 * KB)
        let drawn = 0
        const open = sizes.map((size) => new Body(budget, size))
        while (open.length > 0) {
          const readable = open.filter(({ isWaiting }) => !isWaiting)
          // Otherwise they wait for each other.
          expect(readable.length).toBeGreaterThan(0)
          const body = readable[(dice[drawn++ % dice.length] ?? 0) % readable.length]!
          body.read()
          if (body.isWhole) {
            budget.release(body)
            open.splice(open.indexOf(body), 1)
            await turn()
          }
          // The first one's bytes, and the pieces that the others had read when there was no room.
          expect(budget.bytes).toBeLessThanOrEqual(1_000 * KB + 2_000 * KB + open.length * 128 * KB)
        }
        expect(budget.bytes).toBe(0)
      },
    ),
    { numRuns: 20 },
  )
})
