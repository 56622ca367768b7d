import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BoundedWriter } from '../../../src/server/observability/log/bounded-writer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const lostNotice = (lines: number): string => `lost ${lines}\n`
const LINE = `${'x'.repeat(999)}\n`
const PIPE_BYTES = 65_536

/** A pipe that is read when the test says so. */
function openPipe() {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  const path = join(folder, 'pipe')
  execFileSync('/usr/bin/mkfifo', [path])
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  return {
    descriptor,
    /** What waits in it. */
    read(): string {
      const bytes = Buffer.alloc(2 * PIPE_BYTES)
      return bytes.toString('utf8', 0, readSync(descriptor, bytes))
    },
    [Symbol.dispose]() {
      closeSync(descriptor)
      rmSync(folder, { recursive: true })
    },
  }
}

test('what a full pipe does not take is written when it is read, in order and whole', () => {
  using pipe = openPipe()
  const writer = new BoundedWriter({ descriptor: pipe.descriptor, lostNotice })
  const lines = Array.from({ length: 200 }, (_, index) => `${index} ${LINE}`)
  for (const line of lines) writer.write(line)
  let read = ''
  while (read.length < lines.join('').length) {
    read += pipe.read()
    vi.advanceTimersByTime(20)
  }
  expect(read).toBe(lines.join(''))
  expect(writer.lostLines).toBe(0)
})

test('beyond its bound lines are lost and counted, and the text says how many', () => {
  using pipe = openPipe()
  const writer = new BoundedWriter({ descriptor: pipe.descriptor, lostNotice, maxUnsentBytes: 10_000 })
  for (let count = 0; count < 100; count += 1) writer.write(LINE)
  const inPipe = pipe.read().length / LINE.length
  const lost = 100 - inPipe - 10
  expect(lost).toBeGreaterThan(20)
  expect(writer.lostLines).toBe(lost)
  vi.advanceTimersByTime(20)
  expect(pipe.read()).toBe(LINE.repeat(10) + lostNotice(lost))
  writer.write('more\n')
  expect(pipe.read()).toBe('more\n')
  expect(writer.lostLines).toBe(lost)
})

test('a text of several lines is lost as a whole, and each of its lines is counted', () => {
  const descriptor = openSync('/dev/full', 'w')
  const writer = new BoundedWriter({ descriptor, lostNotice, maxUnsentBytes: 10 })
  writer.write('a\nb\nc\n')
  writer.write('d\ne\nf\n')
  expect(writer.lostLines).toBe(3)
  closeSync(descriptor)
})

test('a full disk takes no time and no memory beyond the bound', () => {
  const descriptor = openSync('/dev/full', 'w')
  const writer = new BoundedWriter({ descriptor, lostNotice, maxUnsentBytes: 10_000 })
  for (let count = 0; count < 100; count += 1) writer.write(LINE)
  vi.advanceTimersByTime(10_000)
  expect(writer.lostLines).toBe(90)
  writer.end()
  closeSync(descriptor)
})
