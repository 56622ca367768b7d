import { readFile, writeFile } from 'node:fs/promises'
import { Settings } from '../src/settings.ts'

// Writes the table of settings into the README, or with --check fails where it is not what the code says.
const README = new URL('../README.md', import.meta.url)
const BEGIN = '<!-- settings: written by npm run settings -->\n'
const END = '<!-- end of settings -->\n'

const rows = Object.entries(Settings.shape).map(([name, form]) => {
  const given = form.safeParse(undefined)
  const initial = given.success && given.data !== undefined ? `\`${given.data}\`` : '–'
  return `| \`${name}\` | ${initial} | ${form.description} |\n`
})
const table = `| name | default | meaning |\n|---|---|---|\n${rows.join('')}`

const readme = await readFile(README, 'utf8')
const begin = readme.indexOf(BEGIN) + BEGIN.length
const end = readme.indexOf(END)
if (begin < BEGIN.length || end < begin) throw new Error('README.md has no place for the settings')
const written = `${readme.slice(0, begin)}${table}${readme.slice(end)}`

if (!process.argv.includes('--check')) await writeFile(README, written)
else if (written !== readme) {
  console.error('The settings in README.md are out of date: run npm run settings')
  process.exitCode = 1
}
