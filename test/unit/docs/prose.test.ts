import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')]

/** The prose of a page: without its code. */
const proseOf = (page: string): string =>
  readFileSync(page, 'utf8')
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, '')

/** Words that the rule for prose (CONTRIBUTING.md) excludes: they hide the actor, or have a plainer synonym. */
const EXCLUDED =
  /\b(?:told|whoever|nobody|anew|so long|stands?|beside|likewise|of (?:its|their|the gateway's) own)\b/gi

describe('the prose of', () => {
  test.each(PAGES)('%s has none of the excluded words', (page) => {
    expect(proseOf(page).match(EXCLUDED) ?? []).toEqual([])
  })
})

test('every test that the security page names exists', () => {
  const named = Array.from(
    readFileSync('docs/security.md', 'utf8').matchAll(/`([a-z0-9/-]+\.test\.ts)`/g),
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(`test/${path}`))).toEqual([])
})
