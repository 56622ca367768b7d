import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadlines, type Timed } from '../../../src/lib/deadlines.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Things that are due so many milliseconds from now, and the names of those that were told, with the time. */
function timedBy(deadlines: Deadlines) {
  const told: string[] = []
  const startedAt = performance.now()
  const add = (name: string, dueInMs: number): Timed & { dueAt: number } => {
    const timed = {
      dueAt: performance.now() + dueInMs,
      index: 0,
      onTimeout: () => told.push(`${name} at ${Math.round(performance.now() - startedAt)}`),
    }
    deadlines.add(timed)
    return timed
  }
  return { told, add }
}

test('each is told once, when its time is up', () => {
  const { told, add } = timedBy(new Deadlines())
  add('long', 500)
  add('short', 20)
  add('middle', 100)
  vi.advanceTimersByTime(99)
  expect(told).toEqual(['short at 20'])
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['short at 20', 'middle at 100', 'long at 500'])
})

test('one whose time is moved to an earlier one is told then, to a later one not before that', () => {
  const deadlines = new Deadlines()
  const { told, add } = timedBy(deadlines)
  const sooner = add('sooner', 500)
  const later = add('later', 50)
  sooner.dueAt -= 470
  deadlines.sooner(sooner)
  later.dueAt += 150
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['sooner at 30', 'later at 200'])
})

test('what has ended is not told, whichever of many it is', () => {
  const deadlines = new Deadlines()
  const { told, add } = timedBy(deadlines)
  const many = Array.from({ length: 10 }, (_, index) => add(String(index), 10 + index))
  for (const index of [9, 0, 4, 5, 4]) deadlines.delete(many[index]!)
  vi.advanceTimersByTime(100)
  expect(told).toEqual(['1 at 11', '2 at 12', '3 at 13', '6 at 16', '7 at 17', '8 at 18'])
})

test('one that is late may begin another', () => {
  const deadlines = new Deadlines()
  const { told, add } = timedBy(deadlines)
  deadlines.add({ dueAt: performance.now() + 10, index: 0, onTimeout: () => add('next', 5) })
  add('last', 100)
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['next at 15', 'last at 100'])
})

test('no timer is left where nothing is waited for', () => {
  const deadlines = new Deadlines()
  const { add } = timedBy(deadlines)
  deadlines.delete(add('ended', 50))
  vi.advanceTimersByTime(50)
  expect(vi.getTimerCount()).toBe(0)
})

test('one whose time is up already is told at once, and Node has nothing to warn of', () => {
  const waits = vi.spyOn(globalThis, 'setTimeout')
  const { told, add } = timedBy(new Deadlines())
  add('past', -5)
  expect(waits.mock.calls.map(([, ms]) => ms)).toEqual([0])
  vi.advanceTimersByTime(1)
  expect(told).toEqual([expect.stringMatching(/^past at [01]$/)])
  waits.mockRestore()
})
