import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'
import { DIFFERENCES } from './differences.ts'
import type { Field, FieldTable } from './field-table.ts'
import { PORT } from './numbers.ts'

const MICROSERVICE_ID: Field = { type: 'string', mandatory: true, min: 1, max: 64 }

const CCE_INFO: FieldTable = {
  cluster_id: MICROSERVICE_ID,
  namespace: MICROSERVICE_ID,
  workload_type: { type: 'string', mandatory: true, pattern: /^(deployment|statefulset|daemonset)$/ },
  app_name: { type: 'string', max: 64 },
  label_key: { type: 'string', max: 64 },
  label_value: { type: 'string', max: 64 },
}

const CCE_SERVICE_INFO: FieldTable = {
  cluster_id: MICROSERVICE_ID,
  namespace: { type: 'string', mandatory: true, min: 1, max: 63 },
  service_name: MICROSERVICE_ID,
}

const NACOS_INFO: FieldTable = {
  namespace: { type: 'string', max: 64 },
  cluster_name: { type: 'string', max: 64 },
  group_name: { type: 'string', max: 128 },
  service_name: { type: 'string', mandatory: true, min: 1, max: 512 },
  server_config: {
    type: 'array',
    mandatory: true,
    min: 1,
    max: 9,
    of: {
      type: 'object',
      fields: {
        ip_address: { type: 'string', mandatory: true, min: 1, max: 128 },
        port: PORT,
        grpc_port: { type: 'integer', min: 1, max: 65_535 },
      },
    },
  },
  user_info: {
    type: 'object',
    mandatory: true,
    fields: { user_name: MICROSERVICE_ID, password: MICROSERVICE_ID },
  },
}

/** `MicroServiceCreate` */
export function microserviceTable(edition: Edition, product: Product): FieldTable {
  const isCurrentApig = edition === 'current' && product === 'APIG'
  return {
    service_type: { type: 'string', mandatory: true, pattern: DIFFERENCES[edition][product].serviceType },
    cse_info: { type: 'object', fields: { engine_id: MICROSERVICE_ID, service_id: MICROSERVICE_ID } },
    cce_info: { type: 'object', fields: CCE_INFO },
    ...(isCurrentApig && {
      cce_service_info: { type: 'object', fields: CCE_SERVICE_INFO },
      nacos_info: { type: 'object', fields: NACOS_INFO },
    }),
  }
}
