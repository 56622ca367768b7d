import type { Exchange } from '../http/exchange.ts'
import { GRAPHQL_PATH } from '../http/route.ts'
import { graphiqlPage, type PageMode } from './graphiql-page.ts'

/** Everything the page needs is in it: it may load nothing, and connect to this server alone. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'worker-src blob:',
  "connect-src 'self'",
  "img-src 'self' data:",
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves GraphiQL to a browser that opens `/graphql`, and redirects one that opens `/` there. */
export async function serveGraphiql(
  { request, response, context }: Exchange,
  path: string,
  mode: PageMode,
): Promise<void> {
  const { responseHeaders } = context
  if (path !== GRAPHQL_PATH) {
    response.writeHead(302, { ...responseHeaders, location: GRAPHQL_PATH }).end()
    return
  }
  const page = await graphiqlPage(mode)
  const headers = {
    ...responseHeaders,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    vary: 'Accept, Accept-Encoding',
    etag: page.etag,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
  }
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, headers).end()
    return
  }
  const isZipped = String(request.headers['accept-encoding'] ?? '').includes('gzip')
  const body = isZipped ? page.gzip : page.html
  response
    .writeHead(200, {
      ...headers,
      'content-length': body.byteLength,
      ...(isZipped && { 'content-encoding': 'gzip' }),
    })
    .end(body)
}
