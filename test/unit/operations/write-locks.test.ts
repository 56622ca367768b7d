import { expect, test } from 'vitest'
import { createWriteLocks } from '../../../src/operations/write-locks.ts'

/** Works that say when they begin and end when they are told to. */
function workshop() {
  const locks = createWriteLocks()
  const begun: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const run = (work: string, ...names: readonly string[]) =>
    locks.run(names, () => {
      begun.push(work)
      return new Promise<string>((resolve, reject) => {
        ends.set(work, (error) => (error ? reject(error) : resolve(work)))
      })
    })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    begun,
    run,
    settled,
    end: async (work: string, error?: Error) => {
      ends.get(work)?.(error)
      await settled()
    },
  }
}

test('works of one name run one after the other, in the order they came', async () => {
  const { begun, run, end, settled } = workshop()
  const all = Promise.all([run('1', 'a'), run('2', 'a'), run('3', 'a')])
  await settled()
  expect(begun).toEqual(['1'])
  await end('1')
  expect(begun).toEqual(['1', '2'])
  await end('2')
  expect(begun).toEqual(['1', '2', '3'])
  await end('3')
  expect(await all).toEqual(['1', '2', '3'])
})

test('works of other names run beside them', async () => {
  const { begun, run, end, settled } = workshop()
  const all = Promise.all([run('1', 'a'), run('2', 'b'), run('3', 'c', 'd')])
  await settled()
  expect(begun).toEqual(['1', '2', '3'])
  for (const work of begun) await end(work)
  await all
})

test('a work that fails lets the next begin, and its failure is its own', async () => {
  const { begun, run, end, settled } = workshop()
  const first = run('1', 'a')
  const second = run('2', 'a')
  await settled()
  const failed = expect(first).rejects.toThrow('bad')
  await end('1', new Error('bad'))
  await failed
  expect(begun).toEqual(['1', '2'])
  await end('2')
  expect(await second).toBe('2')
})

test('a work that throws before it begins lets the next begin', async () => {
  const locks = createWriteLocks()
  const broken = locks.run(['a'], () => {
    throw new Error('bad')
  })
  await expect(broken).rejects.toThrow('bad')
  expect(await locks.run(['a'], async () => 'next')).toBe('next')
})

test('works of several names wait for each of them, and never for each other', async () => {
  const { begun, run, end, settled } = workshop()
  const all = Promise.all([run('ab', 'a', 'b'), run('bc', 'b', 'c'), run('ca', 'c', 'a'), run('d', 'd')])
  await settled()
  expect(begun).toEqual(['ab', 'd'])
  await end('ab')
  expect(begun).toEqual(['ab', 'd', 'bc'])
  await end('bc')
  expect(begun).toEqual(['ab', 'd', 'bc', 'ca'])
  await end('ca')
  await end('d')
  await all
})

test('a work that names a thing twice does not wait for itself', async () => {
  const locks = createWriteLocks()
  expect(await locks.run(['a', 'a'], async () => 'done')).toBe('done')
})
