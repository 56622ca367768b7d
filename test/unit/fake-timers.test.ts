import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('files that fake timers run in workers apart from the others', () => {
  const config = readFileSync('vitest.config.ts', 'utf8')
  const apart = Array.from(config.matchAll(/^ {2}'(test\/.+\.test\.ts)',$/gm), ([, file]) => file)
  const faking = globSync('test/{unit,integration,contract}/**/*.test.ts').filter((file) =>
    /vi\.useFakeTimers\(\)|toFake: \[[^\]]*'setTimeout'/.test(readFileSync(file, 'utf8')),
  )
  expect(faking.toSorted()).toEqual(apart.toSorted())
})
