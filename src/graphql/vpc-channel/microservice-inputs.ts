import type {
  CceMicroserviceInput,
  CseMicroserviceInput,
  MicroserviceInput,
} from '../../vpc-channel/vpc-channel-input.ts'
import { builder } from '../builder.ts'
import { VpcChannelWorkloadTypeEnum } from './enums.ts'

const VpcChannelCseMicroserviceInput = builder
  .inputRef<CseMicroserviceInput>('VpcChannelCseMicroserviceInput')
  .implement({
    description: "A microservice of Cloud Service Engine's registry. REST: `microservice_info.cse_info`",
    fields: (t) => ({
      engineId: t.string({
        required: true,
        description: 'Id of the microservice engine, at most 64 characters. REST: `cse_info.engine_id`',
      }),
      serviceId: t.string({
        required: true,
        description: 'Id of the microservice, at most 64 characters. REST: `cse_info.service_id`',
      }),
    }),
  })

const VpcChannelCceMicroserviceInput = builder
  .inputRef<CceMicroserviceInput>('VpcChannelCceMicroserviceInput')
  .implement({
    description:
      'A workload of Cloud Container Engine, named by `appName` or by a label. REST: `microservice_info.cce_info`',
    fields: (t) => ({
      clusterId: t.string({
        required: true,
        description: 'Id of the cluster, at most 64 characters. REST: `cce_info.cluster_id`',
      }),
      namespace: t.string({
        required: true,
        description: 'Kubernetes namespace, at most 64 characters. REST: `cce_info.namespace`',
      }),
      workloadType: t.field({
        type: VpcChannelWorkloadTypeEnum,
        required: true,
        description: 'Kind of the workload. REST: `cce_info.workload_type`',
      }),
      appName: t.string({
        description:
          'Name of the app, at most 64 characters; required unless a label is given. REST: `cce_info.app_name`',
      }),
      labelKey: t.string({
        description:
          'Key of the label, at most 64 characters; goes with `labelValue`. REST: `cce_info.label_key`',
      }),
      labelValue: t.string({
        description:
          'Value of the label, at most 64 characters; goes with `labelKey`. REST: `cce_info.label_value`',
      }),
    }),
  })

export const VpcChannelMicroserviceInput = builder
  .inputRef<MicroserviceInput>('VpcChannelMicroserviceInput')
  .implement({
    description:
      'The microservice behind a channel: exactly one of these. REST: `microservice_info`, whose `service_type` follows from which is given',
    isOneOf: true,
    fields: (t) => ({
      cse: t.field({
        type: VpcChannelCseMicroserviceInput,
        description: 'A microservice of Cloud Service Engine. REST: `microservice_info.cse_info`',
      }),
      cce: t.field({
        type: VpcChannelCceMicroserviceInput,
        description: 'A workload of Cloud Container Engine. REST: `microservice_info.cce_info`',
      }),
    }),
  })
