import type { Channel } from '../cloud/channel.ts'
import type { JsonObject } from '../http/json.ts'
import type { ViewContext } from './view-context.ts'

/** Server channels have this object too, with empty texts: example 1 of the APIG page. */
export function microserviceView(channel: Channel, { seed, product, spellTime }: ViewContext): JsonObject {
  const { microservice } = channel
  const cse = microservice?.cse_info
  const cce = microservice?.cce_info
  const engine = seed.engines.find(({ id }) => id === cse?.engine_id)
  const service = engine?.services.find(({ id }) => id === cse?.service_id)
  const clusterName = (clusterId: string | undefined): string =>
    seed.clusters.find(({ id }) => id === clusterId)?.name ?? ''
  // The ROMA page lists fields that the APIG page's example lacks, and lacks `instance_id`.
  const isRoma = product === 'ROMA_CONNECT'
  const isLabelled = isRoma || cce?.label_key !== undefined
  return {
    id: microservice?.id ?? '',
    ...(!isRoma && { instance_id: microservice ? channel.instanceId : '' }),
    service_type: microservice?.service_type ?? '',
    cse_info: {
      cse_app_id: service?.appId ?? '',
      engine_id: cse?.engine_id ?? '',
      engine_name: engine?.name ?? '',
      register_address: engine?.registerAddress ?? '',
      service_id: cse?.service_id ?? '',
      service_name: service?.name ?? '',
      ...(isRoma && { version: '' }),
    },
    cce_info: {
      cluster_id: cce?.cluster_id ?? '',
      cluster_name: clusterName(cce?.cluster_id),
      namespace: cce?.namespace ?? '',
      workload_type: cce?.workload_type ?? '',
      app_name: cce?.app_name ?? '',
      ...(isLabelled && { label_key: cce?.label_key ?? '', label_value: cce?.label_value ?? '' }),
    },
    ...(microservice?.cce_service_info && {
      cce_service_info: {
        ...microservice.cce_service_info,
        cluster_name: clusterName(microservice.cce_service_info.cluster_id),
      },
    }),
    // The password with it: the vendor does not say that it is left out.
    ...(microservice?.nacos_info && { nacos_info: microservice.nacos_info }),
    create_time: microservice ? spellTime(microservice.createTime) : '',
    update_time: microservice ? spellTime(microservice.updateTime) : '',
  }
}
