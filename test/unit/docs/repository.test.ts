import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const read = (path: string): string => readFileSync(path, 'utf8')
const manifest = JSON.parse(read('package.json'))

describe('a form for issues', () => {
  test.each(globSync('.github/ISSUE_TEMPLATE/{bug,feature}.yml'))('%s has what GitHub asks for', (path) => {
    const form = parse(read(path))
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) })
    const inputs = form.body.filter(({ type }: { type: string }) => type !== 'markdown')
    expect(inputs.length).toBeGreaterThan(3)
    for (const input of inputs) {
      expect(input).toMatchObject({
        id: expect.stringMatching(/^[\w-]+$/),
        attributes: { label: expect.any(String) },
      })
      expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(input.type)
    }
    const ids = inputs.map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test('Dependabot looks after every lock file and the workflows', () => {
  const { updates } = parse(read('.github/dependabot.yml'))
  const npm = updates.find((one: Record<string, unknown>) => one['package-ecosystem'] === 'npm')
  const locks = globSync('{.,bench,examples/*}/package-lock.json').map((path) =>
    path === 'package-lock.json' ? '/' : `/${path.replace('/package-lock.json', '')}`,
  )
  expect(npm.directories.toSorted()).toEqual(locks.toSorted())
  expect(updates.map((one: Record<string, unknown>) => one['package-ecosystem'])).toContain('github-actions')
})

test('.nvmrc and the development container have the major version of Node that the package needs', () => {
  const [major] = /\d+/.exec(manifest.engines.node) ?? []
  expect(read('.nvmrc').trim()).toBe(major)
  const container = JSON.parse(read('.devcontainer/devcontainer.json'))
  expect(container.image).toContain(`:${major}-`)
  expect(container).toMatchObject({ postCreateCommand: 'npm ci', forwardPorts: [4000] })
})

test('.editorconfig agrees with the formatter', () => {
  const { formatter } = JSON.parse(read('biome.json'))
  const config = read('.editorconfig')
  expect(config).toContain(`indent_style = ${formatter.indentStyle}`)
  expect(config).toContain(`max_line_length = ${formatter.lineWidth}`)
})

test('the changelog has a part for what is not released, and the version of the package', () => {
  const headings = Array.from(read('CHANGELOG.md').matchAll(/^## \[?([\w.]+)/gm), ([, name]) => name)
  expect(headings[0]).toBe('Unreleased')
  expect(headings).toContain(manifest.version)
})
