import type { Instance } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'

export const ROMA_RUNNING = 'RUNNING'

/** An instance as ROMA Connect itself shows it; its service integration shows it as APIG does. */
export function romaInstanceView({ id, name, projectId }: Instance): JsonObject {
  return {
    id,
    name,
    description: '',
    flavor_id: '00200-30101-0--0',
    flavor_type: 'basic',
    cpu_arch: 'x86_64',
    vpc_id: '5f40b5b4-4f6b-4d5f-a0e5-9f7e6e9a2c11',
    subnet_id: '0d8f7c3a-6b0e-4a6c-8a57-1d4c3b2a9e22',
    security_group_id: '9b1d2e3f-7c4a-4b8e-9d6f-2a3b4c5d6e33',
    publicip_enable: false,
    publicip_id: '',
    publicip_address: '',
    status: ROMA_RUNNING,
    error_code: '',
    error_msg: '',
    charge_type: 'postPaid',
    project_id: projectId,
    create_time: '2020-07-23T07:11:57Z',
    update_time: '2020-07-23T07:11:57Z',
    maintain_begin: '22:00:00',
    maintain_end: '02:00:00',
    available_zone_ids: ['cn-north-4a'],
    enterprise_project_id: '0',
  }
}
