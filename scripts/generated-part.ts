import { readFile, writeFile } from 'node:fs/promises'

/**
 * Writes the part of a page between `<!-- <name>: … -->` and `<!-- end of <name> -->`. With `--check` it writes nothing, and
 * fails where the page has another text there.
 */
export async function writePart(page: string, name: string, text: string): Promise<void> {
  const file = new URL(`../${page}`, import.meta.url)
  const before = await readFile(file, 'utf8')
  const begin = before.indexOf(`<!-- ${name}:`)
  const end = before.indexOf(`<!-- end of ${name} -->`)
  if (begin < 0 || end < begin) throw new Error(`${page} has no place for the ${name}`)
  const command = `npm run ${name}`
  const after = `${before.slice(0, begin)}<!-- ${name}: written by ${command} -->\n\n${text}\n${before.slice(end)}`
  if (!process.argv.includes('--check')) await writeFile(file, after)
  else if (after !== before) {
    console.error(`The ${name} in ${page} are out of date: run ${command}`)
    process.exitCode = 1
  }
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
