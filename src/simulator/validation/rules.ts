import type { Cloud } from '../cloud/cloud.ts'
import type { Product } from '../cloud/seed.ts'

/** What decides how strictly a request is read: the product, and the edition and resources of the cloud. */
export interface Rules {
  readonly cloud: Cloud
  readonly product: Product
}
