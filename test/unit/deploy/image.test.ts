import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commandOf, copyOf, dockerfileStages, environmentOf, lastOf } from '../../support/dockerfile.ts'

const image = dockerfileStages().at(-1)!

test('is built from what .dockerignore lets through', () => {
  const copied = dockerfileStages()
    .flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY').map(copyOf))
    .filter(({ from }) => from === undefined)
    .flatMap(({ sources }) => sources)
  const [everything, ...exceptions] = readFileSync('.dockerignore', 'utf8').trim().split('\n')
  expect(everything).toBe('*')
  expect(new Set(exceptions)).toEqual(new Set(copied.map((source) => `!${source}`)))
})

test('is built on one base image, which a release can name by its digest', () => {
  expect(readFileSync('Dockerfile', 'utf8').match(/^ARG .*$/gm)).toEqual(['ARG NODE_IMAGE=node:24-slim'])
  for (const stage of dockerfileStages()) expect(stage.image).toMatch(/^\$\{NODE_IMAGE\}$/)
})

test('runs node itself, not as root, in the hardened profile', () => {
  expect(commandOf(lastOf(image, 'CMD'))).toEqual(['node', 'dist/main.js'])
  expect(lastOf(image, 'USER')).toMatch(/^[1-9]\d{4,}:[1-9]\d{4,}$/)
  expect(environmentOf(image)['NODE_ENV']).toBe('production')
  expect(lastOf(image, 'EXPOSE')?.split(' ')).toContain('4000')
})
