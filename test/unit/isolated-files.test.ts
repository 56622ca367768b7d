import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const config = readFileSync('vitest.config.ts', 'utf8')

/** The files in a list of the configuration. */
const listed = (name: string): string[] => {
  const [, list = ''] = new RegExp(`const ${name} = \\[([^\\]]*)\\]`).exec(config) ?? []
  return Array.from(list.matchAll(/'([^']+)'/g), ([, file = '']) => file).toSorted()
}

test.each([
  ['WITH_FAKE_TIMERS', /vi\.useFakeTimers\(\)|toFake: \[[^\]]*'setTimeout'/],
  ['WITH_COUNTED_WORK', /from '[./]+support\/work-of\.ts'/],
])('files of their kind run in workers apart from the others: %s', (name, kind) => {
  const files = globSync('test/{unit,integration,contract}/**/*.test.ts').filter((file) =>
    kind.test(readFileSync(file, 'utf8')),
  )
  expect(listed(name)).toEqual(files.toSorted())
  expect(files).not.toEqual([])
})
