import { FEATURE_NAMES } from '../cloud/feature-names.ts'
import type { Instance } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'

export const RUNNING = 'Running'
const RUNNING_NUMBER = 6
const PAY_PER_USE = 0

/** Milliseconds, which no other time of the vendor's has. */
const CREATED_MS = Date.parse('2020-03-27T09:13:45.070Z')

export function instanceView({ id, name, product, projectId }: Instance): JsonObject {
  return {
    id,
    project_id: projectId,
    instance_name: name,
    status: RUNNING,
    instance_status: RUNNING_NUMBER,
    type: product === 'APIG' ? 'apig' : 'roma',
    spec: product === 'APIG' ? 'PROFESSIONAL' : 'ROMA_PROFESSIONAL',
    create_time: CREATED_MS,
    enterprise_project_id: '0',
    eip_address: '',
    charging_mode: PAY_PER_USE,
    cbc_metadata: '',
    ...(product === 'APIG' && { loadbalancer_provider: 'elb', cbc_operation_locks: [] }),
  }
}

export function instanceDetailView(instance: Instance): JsonObject {
  return {
    ...instanceView(instance),
    description: '',
    vpc_id: '5f40b5b4-4f6b-4d5f-a0e5-9f7e6e9a2c11',
    subnet_id: '0d8f7c3a-6b0e-4a6c-8a57-1d4c3b2a9e22',
    security_group_id: '9b1d2e3f-7c4a-4b8e-9d6f-2a3b4c5d6e33',
    ingress_ip: '192.168.0.2',
    ...(instance.product === 'APIG' && { instance_version: '2.36.1', supported_features: FEATURE_NAMES }),
  }
}
