import type { Plugin } from 'graphql-yoga'
import { graphiqlPage, type PageMode } from './graphiql-page.ts'

const PATH = '/graphql'

/** Everything the page needs is in it: it may load nothing, and talk to nobody but this server. */
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

/** Serves GraphiQL to browsers that open `/graphql`, and sends those that open `/` there. */
export function graphiqlPlugin(mode: PageMode): Plugin {
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (request.method !== 'GET' || !request.headers.get('accept')?.includes('text/html')) return
      if (url.pathname === '/') {
        endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: PATH } }))
      }
      if (url.pathname !== PATH) return
      const page = await graphiqlPage(mode)
      const zipped = request.headers.get('accept-encoding')?.includes('gzip') ?? false
      const unchanged = request.headers.get('if-none-match') === page.etag
      endResponse(
        new fetchAPI.Response(unchanged ? null : zipped ? page.gzip : page.html, {
          status: unchanged ? 304 : 200,
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'cache-control': 'no-cache',
            vary: 'Accept, Accept-Encoding',
            etag: page.etag,
            'content-security-policy': CONTENT_SECURITY_POLICY,
            'referrer-policy': 'no-referrer',
            'x-content-type-options': 'nosniff',
            ...(zipped && !unchanged && { 'content-encoding': 'gzip' }),
          },
        }),
      )
    },
  }
}
