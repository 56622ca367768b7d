import { readFileSync, writeFileSync } from 'node:fs'
import { composeServices } from '@theguild/federation-composition'
import { type DocumentNode, parse } from 'graphql'

// Writes `examples/supergraph/supergraph.graphql`, or with --check fails where it is not what the subgraphs compose to.

/** Where `npm run supergraph` starts the two subgraphs. */
export const SUBGRAPH_URLS = {
  'vpc-channels': 'http://127.0.0.1:4001/graphql',
  'published-apis': 'http://127.0.0.1:4002/graphql',
} as const

type Urls = Readonly<Record<keyof typeof SUBGRAPH_URLS, string>>

export interface Subgraph {
  readonly name: string
  readonly url: string
  readonly typeDefs: DocumentNode
}

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url)
const read = (path: string): string => readFileSync(fileOf(path), 'utf8')

/** The gateway and the example's second subgraph, as composition takes them. */
export function subgraphs(urls: Urls = SUBGRAPH_URLS): readonly [Subgraph, Subgraph] {
  const subgraph = (name: keyof Urls, sdlPath: string): Subgraph => ({
    name,
    url: urls[name],
    typeDefs: parse(read(sdlPath)),
  })
  return [
    subgraph('vpc-channels', 'schema/subgraph.graphql'),
    subgraph('published-apis', 'examples/published-apis/schema.graphql'),
  ]
}

export function composeSupergraph(urls?: Urls): string {
  const { errors, supergraphSdl } = composeServices([...subgraphs(urls)])
  if (supergraphSdl === undefined) throw new Error(errors?.map((error) => error.message).join('\n'))
  return `${supergraphSdl.trim()}\n`
}

if (import.meta.main) {
  const path = 'examples/supergraph/supergraph.graphql'
  const composed = composeSupergraph()
  if (!process.argv.includes('--check')) writeFileSync(fileOf(path), composed)
  else if (read(path) !== composed) {
    console.error(`${path} is out of date: run npm run schema`)
    process.exitCode = 1
  }
}
