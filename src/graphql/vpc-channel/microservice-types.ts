import type { CceMicroservice, CseMicroservice, Microservice } from '../../vpc-channel/vpc-channel.ts'
import { builder } from '../builder.ts'
import { VpcChannelMicroserviceTypeEnum, VpcChannelWorkloadTypeEnum } from './enums.ts'

const TYPE_NAMES = {
  CSE: 'VpcChannelCseMicroservice',
  CCE: 'VpcChannelCceMicroservice',
} as const satisfies Record<Microservice['serviceType'], string>

export const VpcChannelMicroserviceInterface = builder
  .interfaceRef<Microservice>('VpcChannelMicroservice')
  .implement({
    description: 'The microservice behind a channel. REST: `microservice_info`',
    resolveType: (microservice) => TYPE_NAMES[microservice.serviceType],
    fields: (t) => ({
      serviceType: t.expose('serviceType', {
        type: VpcChannelMicroserviceTypeEnum,
        nullable: false,
        description: 'The registry that the servers are found in. REST: `microservice_info.service_type`',
      }),
      id: t.exposeID('id', { description: 'Id of the microservice. REST: `microservice_info.id`' }),
      instanceId: t.exposeID('instanceId', {
        description: 'Id of the instance; only APIG answers it. REST: `microservice_info.instance_id`',
      }),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        description: 'When it was created. REST: `microservice_info.create_time`',
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it was changed. REST: `microservice_info.update_time`',
      }),
    }),
  })

builder.objectRef<CseMicroservice>('VpcChannelCseMicroservice').implement({
  description: "A microservice of Cloud Service Engine's registry. REST: `microservice_info.cse_info`",
  interfaces: [VpcChannelMicroserviceInterface],
  fields: (t) => ({
    engineId: t.exposeString('engineId', {
      description: 'Id of the microservice engine. REST: `cse_info.engine_id`',
    }),
    serviceId: t.exposeString('serviceId', {
      description: 'Id of the microservice. REST: `cse_info.service_id`',
    }),
    engineName: t.exposeString('engineName', {
      description: 'Name of the microservice engine. REST: `cse_info.engine_name`',
    }),
    serviceName: t.exposeString('serviceName', {
      description: 'Name of the microservice. REST: `cse_info.service_name`',
    }),
    registerAddress: t.exposeString('registerAddress', {
      description: 'Address of the registry. REST: `cse_info.register_address`',
    }),
    cseAppId: t.exposeString('cseAppId', {
      description: 'The application that the microservice belongs to. REST: `cse_info.cse_app_id`',
    }),
    version: t.exposeString('version', {
      description: 'Version of the microservice. REST: `cse_info.version`',
      deprecationReason: 'The cloud has deprecated it: use `memberGroups.microserviceVersion`.',
    }),
  }),
})

builder.objectRef<CceMicroservice>('VpcChannelCceMicroservice').implement({
  description: 'A workload of Cloud Container Engine. REST: `microservice_info.cce_info`',
  interfaces: [VpcChannelMicroserviceInterface],
  fields: (t) => ({
    clusterId: t.exposeString('clusterId', { description: 'Id of the cluster. REST: `cce_info.cluster_id`' }),
    clusterName: t.exposeString('clusterName', {
      description: 'Name of the cluster. REST: `cce_info.cluster_name`',
    }),
    namespace: t.exposeString('namespace', {
      description: 'Kubernetes namespace. REST: `cce_info.namespace`',
    }),
    workloadType: t.expose('workloadType', {
      type: VpcChannelWorkloadTypeEnum,
      description: 'Kind of the workload. REST: `cce_info.workload_type`',
    }),
    appName: t.exposeString('appName', { description: 'Name of the app. REST: `cce_info.app_name`' }),
    labelKey: t.exposeString('labelKey', { description: 'Key of the label. REST: `cce_info.label_key`' }),
    labelValue: t.exposeString('labelValue', {
      description: 'Value of the label. REST: `cce_info.label_value`',
    }),
  }),
})
