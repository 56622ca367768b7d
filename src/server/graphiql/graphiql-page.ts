import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { examples } from './examples.ts'

interface Page {
  readonly html: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  readonly etag: string
}

/** GraphiQL animates its first tabs to wrong places: the first click on each would miss it. */
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style></head>'

let page: Promise<Page> | undefined

/** GraphiQL as one page of 9 MB with everything in it: rendered and compressed once, when it is first asked for. */
export function graphiqlPage(): Promise<Page> {
  page ??= render()
  return page
}

async function render(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const rendered = renderGraphiQL({
    title: 'VPC channel gateway',
    defaultTabs: examples.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
    })),
    // A token typed into the headers editor must not outlive the page.
    shouldPersistHeaders: false,
  })
  // Buffers, of which responses make no copies.
  const html = Buffer.from(rendered.replace('</head>', STILL_TABS))
  return {
    html,
    gzip: await promisify(gzip)(html),
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
  }
}
