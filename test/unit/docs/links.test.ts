import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const PAGES = [
  ...globSync('*.md'),
  ...globSync('{docs,bench,.github}/**/*.md', { exclude: ['**/node_modules/**', 'bench/results/**'] }),
]

/** The links of a page to this repository: each a path and, if it has one, an anchor. */
function linksOf(page: string): { readonly path: string; readonly anchor: string | undefined }[] {
  const prose = readFileSync(page, 'utf8').replaceAll(/```[\s\S]*?```/g, '')
  return Array.from(prose.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g), ([, path = '', anchor]) => ({
    path: path === '' ? page : normalize(join(dirname(page), path)),
    anchor,
  }))
}

/** The anchors that GitHub makes of the headings of a page. */
const anchorsOf = (page: string): readonly string[] =>
  Array.from(readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the links of', () => {
  test.each(PAGES)('%s lead somewhere', (page) => {
    for (const { path, anchor } of linksOf(page)) {
      expect(statSync(path, { throwIfNoEntry: false }), `${page}: ${path}`).toBeDefined()
      if (anchor !== undefined) expect(anchorsOf(path), `${page}: ${path}#${anchor}`).toContain(anchor)
    }
  })
})

test('the README says what it says in 9,000 characters, and has the two commands', () => {
  const readme = readFileSync('README.md', 'utf8')
  expect(readme.length).toBeLessThanOrEqual(9_000)
  expect(readme).toContain('npm ci && npm start')
  expect(readme).toContain('npm ci && npm test')
})
