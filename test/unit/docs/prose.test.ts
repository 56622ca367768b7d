import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')]

/** What people read of the deployment: alerts, dashboards, comments of manifests. */
const DEPLOYMENT = globSync('deploy/**/*.{yaml,json,graphql}')

/** The folders whose comments and texts keep to the rule. */
const FOLDERS = ['bench', 'scripts', 'src']
const SOURCES = [...globSync('*.ts'), ...FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`))].filter(
  (path) => !path.includes('node_modules'),
)

const SCHEMAS = globSync('schema/*.graphql')

const read = (path: string): string => readFileSync(path, 'utf8')

/** The prose of a page: without its code. */
const proseOf = (page: string): string =>
  read(page)
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, '')

/** A comment or a text in TypeScript, or a description in a schema. */
const WORDS =
  /"""[\s\S]*?"""|\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g

/** A text of one word is a value, e.g. the audit log's `nobody`. */
const isValue = (words: string): boolean => /^['"`]\w*['"`]$/.test(words)

const wordsOf = (source: string): string =>
  (source.match(WORDS) ?? []).filter((words) => !isValue(words)).join('\n')

/** Words that the rule for prose (CONTRIBUTING.md) excludes: they hide the actor, or have a plainer synonym. */
const EXCLUDED = new RegExp(
  String.raw`\b(?:${[
    ...['told', 'whoever', 'nobody', 'somebody', 'anew', 'so long', 'stands?', 'stood', 'beside', 'likewise'],
    ...["(?:of|on) (?:its|their|our|the gateway's) own", 'to be had', 'goes? before', 'comes? to'],
  ].join('|')})\b`,
  'gi',
)

const excludedIn = (text: string): readonly string[] => text.match(EXCLUDED) ?? []

describe('there are none of the excluded words in', () => {
  test.each(PAGES)('%s', (page) => {
    expect(excludedIn(proseOf(page))).toEqual([])
  })

  test.each(DEPLOYMENT)('%s', (file) => {
    expect(excludedIn(read(file))).toEqual([])
  })

  test.each(SCHEMAS)('%s', (file) => {
    expect(excludedIn(wordsOf(read(file)))).toEqual([])
  })

  test.each(SOURCES)('%s', (file) => {
    expect(excludedIn(wordsOf(read(file)))).toEqual([])
  })
})

test('comments and texts of sources are looked at, and names are not', () => {
  const source =
    "// Told.\nconst told = 'it stands' /* likewise */\ncall(beside, `made anew`, 'nobody', \"so long\") // 'of its own'\n"
  expect(excludedIn(wordsOf(source))).toEqual(['Told', 'stands', 'likewise', 'anew', 'so long', 'of its own'])
  expect(excludedIn(wordsOf('"""\nIt stands.\n"""\ntype told'))).toEqual(['stands'])
  expect(SOURCES.length).toBeGreaterThan(300)
  expect(SCHEMAS.length).toBeGreaterThan(1)
  expect(DEPLOYMENT.length).toBeGreaterThan(10)
})

test('every test that the security page names exists', () => {
  const named = Array.from(
    readFileSync('docs/security.md', 'utf8').matchAll(/`([a-z0-9/-]+\.test\.ts)`/g),
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(`test/${path}`))).toEqual([])
})
