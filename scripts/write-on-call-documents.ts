import { readdir, readFile, writeFile } from 'node:fs/promises'

// Writes the manifest of the operations for on-call use, or with --check fails where it is not what the files say.
const FOLDER = new URL('../deploy/on-call/', import.meta.url)
const MANIFEST = new URL('trusted-documents.json', FOLDER)
const EXTENSION = '.graphql'

const files = (await readdir(FOLDER)).filter((file) => file.endsWith(EXTENSION)).toSorted()
const documents = await Promise.all(
  files.map(async (file) => [
    `on-call:${file.slice(0, -EXTENSION.length)}`,
    await readFile(new URL(file, FOLDER), 'utf8'),
  ]),
)
const manifest = `${JSON.stringify(Object.fromEntries(documents), null, 2)}\n`

if (!process.argv.includes('--check')) await writeFile(MANIFEST, manifest)
else if (manifest !== (await readFile(MANIFEST, 'utf8'))) {
  console.error('deploy/on-call/trusted-documents.json is out of date: run npm run on-call')
  process.exitCode = 1
}
