import type { Contender } from './contenders.ts'
import type { Options } from './options.ts'
import type { Upstream } from './upstream/upstream.ts'

/** What every scenario needs. */
export interface Bench {
  readonly options: Options
  readonly upstream: Upstream
  /** A folder for configurations and logs, gone after the run. */
  readonly directory: string
  /** Those that were asked for. */
  readonly contenders: readonly Contender[]
  /** Shows progress on the terminal. */
  readonly say: (text: string) => void
}
