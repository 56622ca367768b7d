import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { printSchema } from 'graphql'
import { schema } from '../src/graphql/schema.ts'
import { subgraphSdl } from '../src/graphql/subgraph-sdl.ts'

// Writes `schema/`, or with --check fails where what is committed there is not what the code prints.
const directory = new URL('../schema/', import.meta.url)
const printed = { 'schema.graphql': `${printSchema(schema)}\n`, 'subgraph.graphql': subgraphSdl(schema) }
const check = process.argv.includes('--check')

await mkdir(directory, { recursive: true })
for (const [name, sdl] of Object.entries(printed)) {
  const file = new URL(name, directory)
  if (!check) await writeFile(file, sdl)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== sdl) {
    console.error(`schema/${name} is out of date: run npm run schema`)
    process.exitCode = 1
  }
}
