/** Milliseconds that an upstream takes to answer. */
export const DELAYS_MS = [0, 5, 50] as const
export type DelayMs = (typeof DELAYS_MS)[number]
export type UpstreamUrls = Readonly<Record<DelayMs, string>>

/** What answers in the vendor's place, in as many ways as there are delays. */
export interface Upstream extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  readonly urls: UpstreamUrls
  /** The same without a delay, over TLS. */
  readonly secureUrl: string
  /** REST calls answered so far. */
  readonly calls: () => Promise<number>
}
