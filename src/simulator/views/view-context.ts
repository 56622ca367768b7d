import type { Product, Seed } from '../cloud/seed.ts'
import type { Timestamp } from '../cloud/timestamp.ts'

/** What a view must know besides the thing it shows. */
export interface ViewContext {
  readonly seed: Seed
  readonly product: Product
  /** The time of the write that is being answered. */
  readonly setBy?: Timestamp
}
