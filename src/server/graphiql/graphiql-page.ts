import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { examples } from './examples.ts'
import { PAGE_STYLE } from './page-style.ts'

interface Page {
  readonly html: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  readonly etag: string
}

/** Whether the page is in front of the embedded simulator. Its title says so. */
export type PageMode = 'sandbox' | 'cloud'

const pages = new Map<PageMode, Promise<Page>>()

/** GraphiQL as one page of 9 MB with everything in it: rendered and compressed once, at the first request. */
export function graphiqlPage(mode: PageMode): Promise<Page> {
  const page = pages.get(mode) ?? render(mode)
  pages.set(mode, page)
  return page
}

async function render(mode: PageMode): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const rendered = renderGraphiQL({
    title: mode === 'sandbox' ? 'VPC channel gateway (sandbox)' : 'VPC channel gateway',
    favicon: FAVICON,
    defaultTabs: examples.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
    })),
    // A token typed into the headers editor must not outlive the page.
    shouldPersistHeaders: false,
  })
  // Buffers, of which responses make no copies.
  const html = Buffer.from(adapted(rendered))
  return {
    html,
    gzip: await promisify(gzip)(html),
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
  }
}

const HEAD_END = '</head>'

/** The editor of variables underlines an input that leaves out a non-null field with a default. */
const REQUIRED_FIELD = 'if (fieldRequired) {'
const REQUIRED_FIELD_WITHOUT_DEFAULT =
  'if (fieldRequired && field.default === void 0 && field.defaultValue === void 0) {'

/** @throws where a new version of GraphiQL no longer has what is replaced here */
function adapted(rendered: string): string {
  for (const part of [HEAD_END, REQUIRED_FIELD]) {
    if (!rendered.includes(part)) throw new Error(`GraphiQL's page has changed: it has no ${part}`)
  }
  const head = `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${PAGE_STYLE}</style>${HEAD_END}`
  return rendered.replace(HEAD_END, head).replaceAll(REQUIRED_FIELD, REQUIRED_FIELD_WITHOUT_DEFAULT)
}

/** One channel in front of three servers. */
const FAVICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6bcb"/><path d="M7 16h7m0 0L25 7M14 16h11M14 16l11 9" stroke="#fff" stroke-width="2.5" fill="none"/><g fill="#fff"><circle cx="7" cy="16" r="3.5"/><circle cx="25" cy="7" r="3"/><circle cx="25" cy="16" r="3"/><circle cx="25" cy="25" r="3"/></g></svg>`,
)}`
