/** The proxies of outgoing requests, as the variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them. */
export interface Proxies {
  /** For `https:` URLs: URL of the proxy, with credentials where it needs them; empty: none. */
  readonly https: string
  /** For `http:` URLs. */
  readonly http: string
  /** Hosts that are called without a proxy: names, `.suffix`, `*.suffix`, `host:port` or `*`, with commas between. */
  readonly none: string
}

export const hasProxy = (proxies: Proxies | undefined): proxies is Proxies =>
  proxies !== undefined && (proxies.https !== '' || proxies.http !== '')

/** undici reads the environment only for options that are `undefined`. */
export const undiciProxyOptions = ({ https, http, none }: Proxies) => ({
  httpsProxy: https,
  httpProxy: http,
  noProxy: none,
})
