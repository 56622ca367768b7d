import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { examples } from './examples.ts'

interface Page {
  readonly html: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  readonly etag: string
}

let page: Promise<Page> | undefined

/** GraphiQL as one page of 9 MB with everything in it: rendered and compressed once, when it is first asked for. */
export function graphiqlPage(): Promise<Page> {
  page ??= render()
  return page
}

async function render(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = new TextEncoder().encode(
    renderGraphiQL({
      title: 'VPC channel gateway',
      defaultTabs: examples.map(({ query, variables, headers }) => ({
        query,
        variables: JSON.stringify(variables, null, 2),
        headers: JSON.stringify(headers, null, 2),
      })),
      // A token typed into the headers editor must not outlive the page.
      shouldPersistHeaders: false,
    }),
  )
  return {
    html,
    gzip: new Uint8Array(await promisify(gzip)(html)),
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
  }
}
