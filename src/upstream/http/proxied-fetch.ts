import { EnvHttpProxyAgent, fetch } from 'undici'
import { hasProxy, type Proxies, undiciProxyOptions } from './proxies.ts'

/** A GET as a library makes it. */
interface GetOptions {
  readonly headers: Headers
  readonly method: 'GET'
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** `fetch` over the proxies; `undefined` without any, so that the caller uses its default. */
export function proxiedFetch(
  proxies: Proxies | undefined,
): ((url: string, options: GetOptions) => Promise<Response>) | undefined {
  if (!hasProxy(proxies)) return undefined
  const dispatcher = new EnvHttpProxyAgent(undiciProxyOptions(proxies))
  return async (url, { headers, ...options }) => {
    const response = await fetch(url, { ...options, headers: Object.fromEntries(headers), dispatcher })
    return new Response(await response.arrayBuffer(), { status: response.status })
  }
}
