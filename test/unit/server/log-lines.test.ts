import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bufferedWriter } from '../../../src/server/observability/log/buffered-writer.ts'
import { isoTime } from '../../../src/server/observability/log/iso-time.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function collect() {
  const written: string[] = []
  return { written, lines: bufferedWriter((text) => written.push(text)) }
}

test('a line after a pause is written at once, those that follow it are written together soon', () => {
  const { written, lines } = collect()
  for (const line of ['a\n', 'b\n', 'c\n']) lines.write(line)
  expect(written).toEqual(['a\n'])
  vi.advanceTimersByTime(50)
  expect(written).toEqual(['a\n', 'b\nc\n'])
  lines.write('d\n')
  expect(written).toHaveLength(2)
  vi.advanceTimersByTime(50)
  expect(written.at(-1)).toBe('d\n')
  vi.advanceTimersByTime(50)
  lines.write('e\n')
  expect(written.at(-1)).toBe('e\n')
})

test('no more is held than 64 KB', () => {
  const { written, lines } = collect()
  const line = `${'x'.repeat(999)}\n`
  for (let count = 0; count < 67; count += 1) lines.write(line)
  expect(written).toEqual([line, line.repeat(66)])
})

test('what is held is written at once when it is flushed, and only once', () => {
  const { written, lines } = collect()
  lines.write('a\n')
  lines.write('b\n')
  lines.flushSync()
  lines.flushSync()
  expect(written).toEqual(['a\n', 'b\n'])
  vi.advanceTimersByTime(100)
  expect(written).toEqual(['a\n', 'b\n'])
})

test.each([
  ['2026-11-23T09:27:03.007Z'],
  ['2026-11-23T09:27:03.999Z'],
  ['2026-11-23T09:27:04.000Z'],
  ['2026-11-23T09:27:03.141Z'],
])('a line at %s says so', (time) => {
  vi.setSystemTime(new Date(time))
  expect(isoTime()).toBe(time)
})
