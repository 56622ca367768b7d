import type { MicroserviceRequest } from '../cloud/channel-request.ts'
import type { Product } from '../cloud/seed.ts'
import { parameterMissing, parameterRefused } from '../refusals.ts'

const INFO = {
  CSE: 'cse_info',
  CCE: 'cce_info',
  CCE_SERVICE: 'cce_service_info',
  NACOS: 'nacos_info',
} as const satisfies Record<MicroserviceRequest['service_type'], keyof MicroserviceRequest>

/** A microservice has the object of its kind, and no other. */
export function checkMicroservice(product: Product, info: MicroserviceRequest): void {
  const needed = INFO[info.service_type]
  if (!info[needed]) throw parameterMissing(product, needed)
  for (const other of Object.values(INFO)) {
    if (other !== needed && info[other]) throw parameterRefused('invalid', other)
  }
  const workload = info.cce_info
  if (workload && !workload.app_name && !(workload.label_key && workload.label_value)) {
    throw parameterMissing(product, 'app_name')
  }
}
