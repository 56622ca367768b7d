/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The VPC channel to create in an APIG instance. The gateway sends no field that is omitted or `null`. */
export type CreateVpcChannelInput = {
  /** How requests are distributed. REST: `balance_strategy` */
  balanceStrategy?: VpcChannelBalanceStrategy;
  /** Dictionary code, 3 to 64 characters. The cloud does not support it yet. REST: `dict_code` */
  dictCode?: string | null | undefined;
  /** Health check of the backend servers. REST: `vpc_health_config` */
  healthCheck?: VpcChannelHealthCheckInput | null | undefined;
  /** APIG instance to create the channel in. REST: `instance_id`, in the path */
  instanceId: string | number;
  /** Groups of backend servers. REST: `member_groups` */
  memberGroups?: Array<VpcChannelMemberGroupInput> | null | undefined;
  /** How `members` identify backend servers. REST: `member_type` */
  memberType?: VpcChannelMemberType;
  /** Backend servers. REST: `members` */
  members?: Array<VpcChannelMemberInput> | null | undefined;
  /** The microservice behind the channel; required where `type` is `MICROSERVICE`. REST: `microservice_info` */
  microservice?: VpcChannelMicroserviceInput | null | undefined;
  /** Name, unique in the instance: 3 to 64 letters, Chinese characters, digits, hyphens and underscores; starts with a letter or Chinese character. REST: `name` */
  name: string;
  /** Port of the backend servers, 1 to 65535. REST: `port` */
  port: number;
  /** Project that the instances belong to; by default that of the header `X-Project-Id`, else the configured one. REST: `project_id`, in the path */
  projectId?: string | number | null | undefined;
  /** Where the backend servers come from. REST: `type` */
  type?: VpcChannelType;
};

/** The VPC channel to create or update in several ROMA Connect instances. The gateway sends no field that is omitted or `null`. */
export type UpsertProjectVpcChannelsInput = {
  /** How requests are distributed. REST: `balance_strategy` */
  balanceStrategy?: VpcChannelBalanceStrategy;
  /** Dictionary code, 3 to 64 characters. The cloud does not support it yet. REST: `dict_code` */
  dictCode?: string | null | undefined;
  /** Health check of the backend servers. REST: `vpc_health_config` */
  healthCheck?: VpcChannelHealthCheckInput | null | undefined;
  /** ROMA Connect instances to write the channel to: 1 to 500, without duplicates. One REST call has at most PROJECT_VPC_OPERATOR_NUM_LIMIT of them. REST: `instance_ids` */
  instanceIds: Array<string | number>;
  /** Groups of backend servers. An empty list removes the groups that an existing channel has. REST: `member_groups` */
  memberGroups?: Array<VpcChannelMemberGroupInput> | null | undefined;
  /** How `members` identify backend servers. REST: `member_type` */
  memberType?: VpcChannelMemberType;
  /** Backend servers. ROMA Connect keeps those of an existing channel where this list is empty. REST: `members` */
  members?: Array<VpcChannelMemberInput> | null | undefined;
  /** The microservice behind the channel; required where `type` is `MICROSERVICE`. REST: `microservice_info` */
  microservice?: VpcChannelMicroserviceInput | null | undefined;
  /** Name, by which the cloud finds the channel in each instance: 3 to 64 letters, digits, hyphens and underscores; starts with a letter. REST: `name` */
  name: string;
  /** Port of the backend servers, 1 to 65535. REST: `port` */
  port: number;
  /** Project that the instances belong to; by default that of the header `X-Project-Id`, else the configured one. REST: `project_id`, in the path */
  projectId?: string | number | null | undefined;
  /** Where the backend servers come from; has no default here. REST: `type` */
  type?: VpcChannelType | null | undefined;
};

/** Whether a backend server or a health check is enabled. REST: `status` */
export type VpcChannelAvailability =
  /** Available. REST: `1` */
  | 'AVAILABLE'
  /** Unavailable. REST: `2` */
  | 'UNAVAILABLE';

/** How a VPC channel distributes requests among its backend servers. REST: `balance_strategy` */
export type VpcChannelBalanceStrategy =
  /** Source hashing (SH): by the client's IP address. REST: `3` */
  | 'SOURCE_HASH'
  /** URI hashing: by the request's URI. REST: `4` */
  | 'URI_HASH'
  /** Weighted least connections (WLC): to the server with the fewest connections for its weight. REST: `2` */
  | 'WEIGHTED_LEAST_CONNECTIONS'
  /** Weighted round robin (WRR): to each server in turn, in proportion to its weight. REST: `1` */
  | 'WEIGHTED_ROUND_ROBIN';

/** The result of a batch as a whole. Where every instance failed, the mutation returns an error instead. */
export type VpcChannelBatchStatus =
  /** At least one result has an error, and at least one has none. */
  | 'PARTIAL'
  /** The cloud confirmed the channel in every requested instance. */
  | 'SUCCEEDED';

/** A workload of Cloud Container Engine, named by `appName` or by a label. REST: `microservice_info.cce_info` */
export type VpcChannelCceMicroserviceInput = {
  /** Name of the app, at most 64 characters; required unless a label is given. REST: `cce_info.app_name` */
  appName?: string | null | undefined;
  /** Id of the cluster, at most 64 characters. REST: `cce_info.cluster_id` */
  clusterId: string;
  /** Key of the label, at most 64 characters; goes with `labelValue`. REST: `cce_info.label_key` */
  labelKey?: string | null | undefined;
  /** Value of the label, at most 64 characters; goes with `labelKey`. REST: `cce_info.label_value` */
  labelValue?: string | null | undefined;
  /** Kubernetes namespace, at most 64 characters. REST: `cce_info.namespace` */
  namespace: string;
  /** Kind of the workload. REST: `cce_info.workload_type` */
  workloadType: VpcChannelWorkloadType;
};

/** A microservice of Cloud Service Engine's registry. REST: `microservice_info.cse_info` */
export type VpcChannelCseMicroserviceInput = {
  /** Id of the microservice engine, at most 64 characters. REST: `cse_info.engine_id` */
  engineId: string;
  /** Id of the microservice, at most 64 characters. REST: `cse_info.service_id` */
  serviceId: string;
};

/** How the cloud checks the health of backend servers. REST: `vpc_health_config` */
export type VpcChannelHealthCheckInput = {
  /** Whether client and server authenticate each other, with the certificate of the instance's `backend_client_certificate`; by default `false`. REST: `vpc_health_config.enable_client_ssl` */
  enableClientSsl?: boolean | null | undefined;
  /** Successful checks in a row after which a server counts as healthy: 2 to 10 in APIG, 1 to 10 in ROMA Connect. REST: `vpc_health_config.threshold_normal` */
  healthyThreshold: number;
  /** Status codes that count as success, from 100 to 599: values (`200,201`), ranges (`200-299`) or both; required where the protocol is `HTTP`. REST: `vpc_health_config.http_code` */
  httpCodes?: string | null | undefined;
  /** Seconds between two checks, 5 to 300. REST: `vpc_health_config.time_interval` */
  intervalSeconds: number;
  /** Request method; by default `GET`. REST: `vpc_health_config.method` */
  method?: VpcChannelHealthCheckMethod | null | undefined;
  /** Path that the check requests; required where the protocol is `HTTP`, in APIG also where it is `HTTPS`. REST: `vpc_health_config.path` */
  path?: string | null | undefined;
  /** Port that the check uses; by default, and with 0, the channel's. REST: `vpc_health_config.port` */
  port?: number | null | undefined;
  /** Protocol. REST: `vpc_health_config.protocol` */
  protocol: VpcChannelHealthCheckProtocol;
  /** Whether the check is enabled. REST: `vpc_health_config.status` */
  status?: VpcChannelAvailability | null | undefined;
  /** Seconds after which a check without a response has failed, 2 to 30 and less than `intervalSeconds`. REST: `vpc_health_config.timeout` */
  timeoutSeconds: number;
  /** Failed checks in a row after which a server counts as unhealthy: 2 to 10 in APIG, 1 to 10 in ROMA Connect. REST: `vpc_health_config.threshold_abnormal` */
  unhealthyThreshold: number;
};

/** The request method of HTTP and HTTPS health checks. REST: `vpc_health_config.method` */
export type VpcChannelHealthCheckMethod =
  /** GET, the default of the cloud. REST: `GET` */
  | 'GET'
  /** HEAD: the server sends no response body. REST: `HEAD` */
  | 'HEAD';

/** The protocol of health checks. REST: `vpc_health_config.protocol`, read in upper or lower case */
export type VpcChannelHealthCheckProtocol =
  /** The cloud sends an HTTP request; requires `httpCodes` and `path`. REST: `HTTP` */
  | 'HTTP'
  /** The cloud sends an HTTPS request; APIG requires `path`. REST: `HTTPS` */
  | 'HTTPS'
  /** The cloud opens a TCP connection. REST: `TCP` */
  | 'TCP';

/** A group of backend servers. REST: `member_groups[]` */
export type VpcChannelMemberGroupInput = {
  /** Dictionary code, 3 to 64 characters. The cloud does not support it yet. REST: `dict_code` */
  dictCode?: string | null | undefined;
  /** Labels; for microservice channels only. REST: `microservice_labels` */
  microserviceLabels?: Array<VpcChannelMicroserviceLabelInput> | null | undefined;
  /** Port; for microservice channels only. 0 keeps the port that the addresses inherit. REST: `microservice_port` */
  microservicePort?: number | null | undefined;
  /** Version, at most 64 characters; for microservice channels only. REST: `microservice_version` */
  microserviceVersion?: string | null | undefined;
  /** Name; members refer to it. REST: `member_group_name` */
  name: string;
  /** Description. REST: `member_group_remark` */
  remark?: string | null | undefined;
  /** Weight, 0 to 100. Where the group has servers, their weights follow from it. REST: `member_group_weight` */
  weight?: number | null | undefined;
};

/** A backend server. REST: `members[]` */
export type VpcChannelMemberInput = {
  /** Id of the cloud server: 1 to 64 letters, digits, hyphens and underscores; required where `memberType` is `ECS`. REST: `ecs_id` */
  ecsId?: string | null | undefined;
  /** Name of the cloud server: 1 to 64 letters, digits, hyphens, underscores, periods and (APIG) Chinese characters; required where `memberType` is `ECS`. REST: `ecs_name` */
  ecsName?: string | null | undefined;
  /** Address, at most 64 characters; required where `memberType` is `IP`. REST: `host` */
  host?: string | null | undefined;
  /** Whether it is a standby server, used only when all others have failed; by default `false`. Older instances do not support it. REST: `is_backup` */
  isBackup?: boolean | null | undefined;
  /** Name of the group that the server belongs to. REST: `member_group_name` */
  memberGroupName?: string | null | undefined;
  /** Port; by default the channel's. REST: `port` */
  port?: number | null | undefined;
  /** Whether the server is enabled. REST: `status` */
  status?: VpcChannelAvailability | null | undefined;
  /** Weight, 0 to 10000: the greater, the more requests it gets. REST: `weight` */
  weight?: number | null | undefined;
};

/** How the members of a VPC channel identify backend servers. REST: `member_type` */
export type VpcChannelMemberType =
  /** As cloud servers: each member has an `ecsId` and an `ecsName`. REST: `ecs` */
  | 'ECS'
  /** By IP address: each member has a `host`. REST: `ip` */
  | 'IP';

/** The microservice behind a channel: exactly one of these. REST: `microservice_info`, whose `service_type` follows from which is given */
export type VpcChannelMicroserviceInput =
  {   /** A workload of Cloud Container Engine. REST: `microservice_info.cce_info` */
  cce: VpcChannelCceMicroserviceInput; cse?: never; }
  |  { cce?: never;   /** A microservice of Cloud Service Engine. REST: `microservice_info.cse_info` */
  cse: VpcChannelCseMicroserviceInput; };

/** A label that selects the servers of a microservice. REST: `microservice_labels[]` */
export type VpcChannelMicroserviceLabelInput = {
  /** Name: 1 to 63 letters, digits, hyphens, underscores and periods; starts and ends with a letter or digit. REST: `label_name` */
  name: string;
  /** Value, of the same form as the name. REST: `label_value` */
  value: string;
};

/** The registry that a microservice channel finds its servers in. REST: `microservice_info.service_type` */
export type VpcChannelMicroserviceType =
  /** Cloud Container Engine. REST: `CCE` */
  | 'CCE'
  /** Cloud Service Engine's microservice registry. REST: `CSE` */
  | 'CSE';

/** The Huawei Cloud product that a VPC channel belongs to. */
export type VpcChannelProduct =
  /** API Gateway (APIG). */
  | 'APIG'
  /** ROMA Connect. */
  | 'ROMA_CONNECT';

/** The state of a VPC channel. REST: `status` */
export type VpcChannelStatus =
  /** Abnormal. REST: `2` */
  | 'ABNORMAL'
  /** Normal. REST: `1` */
  | 'NORMAL';

/** Where a VPC channel gets its backend servers from. REST: `type` */
export type VpcChannelType =
  /** Servers found through a microservice registry. REST: `3`, read also as `MICROSERVICE` or `microservice` */
  | 'MICROSERVICE'
  /** Servers that are listed as members. REST: `2`, read also as `BUILTIN` or `builtin` */
  | 'SERVER';

/** What the write did in one instance. */
export type VpcChannelUpsertOutcome =
  /** The instance had no channel of that name right before the write; it has the channel now. */
  | 'CREATED'
  /** The gateway or the cloud refused the write, and nothing has changed; `error` says why. */
  | 'FAILED'
  /** The gateway sent nothing for this instance. */
  | 'NOT_ATTEMPTED'
  /** The instance had the channel before, and it matched the input exactly. */
  | 'UNCHANGED'
  /** With `error` null: written, but whether created or changed is not known. With an `error`: whether it was written is not known. */
  | 'UNKNOWN'
  /** The instance had a channel of that name right before the write; the write is applied to it. */
  | 'UPDATED';

/** The kind of a Cloud Container Engine workload. REST: `microservice_info.cce_info.workload_type` */
export type VpcChannelWorkloadType =
  /** A DaemonSet: one on every node. REST: `daemonset` */
  | 'DAEMON_SET'
  /** A Deployment: stateless. REST: `deployment` */
  | 'DEPLOYMENT'
  /** A StatefulSet: stateful. REST: `statefulset` */
  | 'STATEFUL_SET';

/** Whether a write changed anything in the cloud. */
export type VpcChannelWriteEffect =
  /** The write happened. */
  | 'APPLIED'
  /** Nothing has changed. */
  | 'NOT_APPLIED'
  /** Part of the write happened. */
  | 'PARTIAL'
  /** The gateway cannot know. Read the channel before you repeat the write. */
  | 'UNKNOWN';

export type CreateVpcChannelMutationVariables = Exact<{
  input: CreateVpcChannelInput;
}>;


export type CreateVpcChannelMutation = { createVpcChannel: { vpcChannel: { id: string, name: string, createdAt: string | null } } };

export type CreateWholeVpcChannelMutationVariables = Exact<{
  input: CreateVpcChannelInput;
}>;


export type CreateWholeVpcChannelMutation = { createVpcChannel: { vpcChannel: { product: VpcChannelProduct, projectId: string, instanceId: string, instanceName: string | null, id: string, name: string, port: number | null, balanceStrategy: VpcChannelBalanceStrategy | null, memberType: VpcChannelMemberType | null, type: VpcChannelType | null, dictCode: string | null, status: VpcChannelStatus | null, createdAt: string | null, instance: { id: string }, memberGroups: Array<{ id: string | null, name: string | null, remark: string | null, weight: number | null, dictCode: string | null, microserviceVersion: string | null, microservicePort: number | null, createdAt: string | null, updatedAt: string | null, microserviceLabels: Array<{ name: string | null, value: string | null }> | null }>, members: Array<{ id: string | null, vpcChannelId: string | null, memberGroupId: string | null, memberGroupName: string | null, host: string | null, ecsId: string | null, ecsName: string | null, port: number | null, weight: number | null, isBackup: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null }> | null, healthCheck: { id: string | null, vpcChannelId: string | null, protocol: VpcChannelHealthCheckProtocol | null, path: string | null, method: VpcChannelHealthCheckMethod | null, port: number | null, httpCodes: string | null, healthyThreshold: number | null, unhealthyThreshold: number | null, intervalSeconds: number | null, timeoutSeconds: number | null, enableClientSsl: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null } | null, microservice:
        | { __typename: 'VpcChannelCceMicroservice', clusterId: string | null, clusterName: string | null, namespace: string | null, workloadType: VpcChannelWorkloadType | null, appName: string | null, labelKey: string | null, labelValue: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
        | { __typename: 'VpcChannelCseMicroservice', engineId: string | null, serviceId: string | null, engineName: string | null, serviceName: string | null, registerAddress: string | null, cseAppId: string | null, version: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
       | null } } };

export type UpsertProjectVpcChannelsMutationVariables = Exact<{
  input: UpsertProjectVpcChannelsInput;
}>;


export type UpsertProjectVpcChannelsMutation = { upsertProjectVpcChannels: { status: VpcChannelBatchStatus, results: Array<{ instanceId: string, outcome: VpcChannelUpsertOutcome, vpcChannel: { instanceId: string, instanceName: string | null, name: string } | null, error: { code: string, reason: string | null, message: string, requestId: string, effect: VpcChannelWriteEffect | null, retry: { retryable: boolean, afterMs: number | null }, validation: Array<{ path: Array<unknown>, rule: string, params: unknown, message: string, source: string }> | null, upstream: { service: string, operation: string, status: number | null, errorCode: string | null, message: string | null, requestId: string | null } | null } | null }> } };

export type UpsertWholeProjectVpcChannelsMutationVariables = Exact<{
  input: UpsertProjectVpcChannelsInput;
}>;


export type UpsertWholeProjectVpcChannelsMutation = { upsertProjectVpcChannels: { status: VpcChannelBatchStatus, results: Array<{ instanceId: string, outcome: VpcChannelUpsertOutcome, vpcChannel: { product: VpcChannelProduct, projectId: string, instanceId: string, instanceName: string | null, id: string, name: string, port: number | null, balanceStrategy: VpcChannelBalanceStrategy | null, memberType: VpcChannelMemberType | null, type: VpcChannelType | null, dictCode: string | null, status: VpcChannelStatus | null, createdAt: string | null, instance: { id: string }, memberGroups: Array<{ id: string | null, name: string | null, remark: string | null, weight: number | null, dictCode: string | null, microserviceVersion: string | null, microservicePort: number | null, createdAt: string | null, updatedAt: string | null, microserviceLabels: Array<{ name: string | null, value: string | null }> | null }>, members: Array<{ id: string | null, vpcChannelId: string | null, memberGroupId: string | null, memberGroupName: string | null, host: string | null, ecsId: string | null, ecsName: string | null, port: number | null, weight: number | null, isBackup: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null }> | null, healthCheck: { id: string | null, vpcChannelId: string | null, protocol: VpcChannelHealthCheckProtocol | null, path: string | null, method: VpcChannelHealthCheckMethod | null, port: number | null, httpCodes: string | null, healthyThreshold: number | null, unhealthyThreshold: number | null, intervalSeconds: number | null, timeoutSeconds: number | null, enableClientSsl: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null } | null, microservice:
          | { __typename: 'VpcChannelCceMicroservice', clusterId: string | null, clusterName: string | null, namespace: string | null, workloadType: VpcChannelWorkloadType | null, appName: string | null, labelKey: string | null, labelValue: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
          | { __typename: 'VpcChannelCseMicroservice', engineId: string | null, serviceId: string | null, engineName: string | null, serviceName: string | null, registerAddress: string | null, cseAppId: string | null, version: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
         | null } | null }> } };

export type WholeVpcChannelFragment = { product: VpcChannelProduct, projectId: string, instanceId: string, instanceName: string | null, id: string, name: string, port: number | null, balanceStrategy: VpcChannelBalanceStrategy | null, memberType: VpcChannelMemberType | null, type: VpcChannelType | null, dictCode: string | null, status: VpcChannelStatus | null, createdAt: string | null, instance: { id: string }, memberGroups: Array<{ id: string | null, name: string | null, remark: string | null, weight: number | null, dictCode: string | null, microserviceVersion: string | null, microservicePort: number | null, createdAt: string | null, updatedAt: string | null, microserviceLabels: Array<{ name: string | null, value: string | null }> | null }>, members: Array<{ id: string | null, vpcChannelId: string | null, memberGroupId: string | null, memberGroupName: string | null, host: string | null, ecsId: string | null, ecsName: string | null, port: number | null, weight: number | null, isBackup: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null }> | null, healthCheck: { id: string | null, vpcChannelId: string | null, protocol: VpcChannelHealthCheckProtocol | null, path: string | null, method: VpcChannelHealthCheckMethod | null, port: number | null, httpCodes: string | null, healthyThreshold: number | null, unhealthyThreshold: number | null, intervalSeconds: number | null, timeoutSeconds: number | null, enableClientSsl: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null } | null, microservice:
    | { __typename: 'VpcChannelCceMicroservice', clusterId: string | null, clusterName: string | null, namespace: string | null, workloadType: VpcChannelWorkloadType | null, appName: string | null, labelKey: string | null, labelValue: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
    | { __typename: 'VpcChannelCseMicroservice', engineId: string | null, serviceId: string | null, engineName: string | null, serviceName: string | null, registerAddress: string | null, cseAppId: string | null, version: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
   | null };

export type WholeVpcChannelQueryVariables = Exact<{
  product?: VpcChannelProduct;
  projectId?: string | number | null | undefined;
  instanceId: string | number;
  id: string | number;
}>;


export type WholeVpcChannelQuery = { vpcChannel: { product: VpcChannelProduct, projectId: string, instanceId: string, instanceName: string | null, id: string, name: string, port: number | null, balanceStrategy: VpcChannelBalanceStrategy | null, memberType: VpcChannelMemberType | null, type: VpcChannelType | null, dictCode: string | null, status: VpcChannelStatus | null, createdAt: string | null, instance: { id: string }, memberGroups: Array<{ id: string | null, name: string | null, remark: string | null, weight: number | null, dictCode: string | null, microserviceVersion: string | null, microservicePort: number | null, createdAt: string | null, updatedAt: string | null, microserviceLabels: Array<{ name: string | null, value: string | null }> | null }>, members: Array<{ id: string | null, vpcChannelId: string | null, memberGroupId: string | null, memberGroupName: string | null, host: string | null, ecsId: string | null, ecsName: string | null, port: number | null, weight: number | null, isBackup: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null }> | null, healthCheck: { id: string | null, vpcChannelId: string | null, protocol: VpcChannelHealthCheckProtocol | null, path: string | null, method: VpcChannelHealthCheckMethod | null, port: number | null, httpCodes: string | null, healthyThreshold: number | null, unhealthyThreshold: number | null, intervalSeconds: number | null, timeoutSeconds: number | null, enableClientSsl: boolean | null, status: VpcChannelAvailability | null, createdAt: string | null } | null, microservice:
      | { __typename: 'VpcChannelCceMicroservice', clusterId: string | null, clusterName: string | null, namespace: string | null, workloadType: VpcChannelWorkloadType | null, appName: string | null, labelKey: string | null, labelValue: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
      | { __typename: 'VpcChannelCseMicroservice', engineId: string | null, serviceId: string | null, engineName: string | null, serviceName: string | null, registerAddress: string | null, cseAppId: string | null, version: string | null, serviceType: VpcChannelMicroserviceType, id: string | null, instanceId: string | null, createdAt: string | null, updatedAt: string | null }
     | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const WholeVpcChannelFragmentDoc = new TypedDocumentString(`
    fragment WholeVpcChannel on VpcChannel {
  product
  projectId
  instanceId
  instanceName
  instance {
    id
  }
  id
  name
  port
  balanceStrategy
  memberType
  type
  dictCode
  status
  createdAt
  memberGroups {
    id
    name
    remark
    weight
    dictCode
    microserviceVersion
    microservicePort
    microserviceLabels {
      name
      value
    }
    createdAt
    updatedAt
  }
  members {
    id
    vpcChannelId
    memberGroupId
    memberGroupName
    host
    ecsId
    ecsName
    port
    weight
    isBackup
    status
    createdAt
  }
  healthCheck {
    id
    vpcChannelId
    protocol
    path
    method
    port
    httpCodes
    healthyThreshold
    unhealthyThreshold
    intervalSeconds
    timeoutSeconds
    enableClientSsl
    status
    createdAt
  }
  microservice {
    __typename
    serviceType
    id
    instanceId
    createdAt
    updatedAt
    ... on VpcChannelCseMicroservice {
      engineId
      serviceId
      engineName
      serviceName
      registerAddress
      cseAppId
      version
    }
    ... on VpcChannelCceMicroservice {
      clusterId
      clusterName
      namespace
      workloadType
      appName
      labelKey
      labelValue
    }
  }
}
    `, {"fragmentName":"WholeVpcChannel"}) as unknown as TypedDocumentString<WholeVpcChannelFragment, unknown>;
export const CreateVpcChannelDocument = new TypedDocumentString(`
    mutation CreateVpcChannel($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) {
    vpcChannel {
      id
      name
      createdAt
    }
  }
}
    `, {"hash":"sha256:b66ec58a44b2576a889a388fcef096b0a0ed6c868e108f0e5277d86efbdbb851"}) as unknown as TypedDocumentString<CreateVpcChannelMutation, CreateVpcChannelMutationVariables>;
export const CreateWholeVpcChannelDocument = new TypedDocumentString(`
    mutation CreateWholeVpcChannel($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) {
    vpcChannel {
      ...WholeVpcChannel
    }
  }
}
    fragment WholeVpcChannel on VpcChannel {
  product
  projectId
  instanceId
  instanceName
  instance {
    id
  }
  id
  name
  port
  balanceStrategy
  memberType
  type
  dictCode
  status
  createdAt
  memberGroups {
    id
    name
    remark
    weight
    dictCode
    microserviceVersion
    microservicePort
    microserviceLabels {
      name
      value
    }
    createdAt
    updatedAt
  }
  members {
    id
    vpcChannelId
    memberGroupId
    memberGroupName
    host
    ecsId
    ecsName
    port
    weight
    isBackup
    status
    createdAt
  }
  healthCheck {
    id
    vpcChannelId
    protocol
    path
    method
    port
    httpCodes
    healthyThreshold
    unhealthyThreshold
    intervalSeconds
    timeoutSeconds
    enableClientSsl
    status
    createdAt
  }
  microservice {
    __typename
    serviceType
    id
    instanceId
    createdAt
    updatedAt
    ... on VpcChannelCseMicroservice {
      engineId
      serviceId
      engineName
      serviceName
      registerAddress
      cseAppId
      version
    }
    ... on VpcChannelCceMicroservice {
      clusterId
      clusterName
      namespace
      workloadType
      appName
      labelKey
      labelValue
    }
  }
}`, {"hash":"sha256:a8ae1567d997f793454504eefcf3c3680638ed6bafcc01cdad53e1f2f3b568b3"}) as unknown as TypedDocumentString<CreateWholeVpcChannelMutation, CreateWholeVpcChannelMutationVariables>;
export const UpsertProjectVpcChannelsDocument = new TypedDocumentString(`
    mutation UpsertProjectVpcChannels($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) {
    status
    results {
      instanceId
      outcome
      vpcChannel {
        instanceId
        instanceName
        name
      }
      error {
        code
        reason
        message
        requestId
        effect
        retry {
          retryable
          afterMs
        }
        validation {
          path
          rule
          params
          message
          source
        }
        upstream {
          service
          operation
          status
          errorCode
          message
          requestId
        }
      }
    }
  }
}
    `, {"hash":"sha256:64e720f97a39048f8d273d77327072b5177c8e20209abc02d87f6633d9bb3190"}) as unknown as TypedDocumentString<UpsertProjectVpcChannelsMutation, UpsertProjectVpcChannelsMutationVariables>;
export const UpsertWholeProjectVpcChannelsDocument = new TypedDocumentString(`
    mutation UpsertWholeProjectVpcChannels($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) {
    status
    results {
      instanceId
      outcome
      vpcChannel {
        ...WholeVpcChannel
      }
    }
  }
}
    fragment WholeVpcChannel on VpcChannel {
  product
  projectId
  instanceId
  instanceName
  instance {
    id
  }
  id
  name
  port
  balanceStrategy
  memberType
  type
  dictCode
  status
  createdAt
  memberGroups {
    id
    name
    remark
    weight
    dictCode
    microserviceVersion
    microservicePort
    microserviceLabels {
      name
      value
    }
    createdAt
    updatedAt
  }
  members {
    id
    vpcChannelId
    memberGroupId
    memberGroupName
    host
    ecsId
    ecsName
    port
    weight
    isBackup
    status
    createdAt
  }
  healthCheck {
    id
    vpcChannelId
    protocol
    path
    method
    port
    httpCodes
    healthyThreshold
    unhealthyThreshold
    intervalSeconds
    timeoutSeconds
    enableClientSsl
    status
    createdAt
  }
  microservice {
    __typename
    serviceType
    id
    instanceId
    createdAt
    updatedAt
    ... on VpcChannelCseMicroservice {
      engineId
      serviceId
      engineName
      serviceName
      registerAddress
      cseAppId
      version
    }
    ... on VpcChannelCceMicroservice {
      clusterId
      clusterName
      namespace
      workloadType
      appName
      labelKey
      labelValue
    }
  }
}`, {"hash":"sha256:fc928c533a25bf9f10e6d79de6c2006f12fe3c66558ac4baa3b2e4efe9d23893"}) as unknown as TypedDocumentString<UpsertWholeProjectVpcChannelsMutation, UpsertWholeProjectVpcChannelsMutationVariables>;
export const WholeVpcChannelDocument = new TypedDocumentString(`
    query WholeVpcChannel($product: VpcChannelProduct! = APIG, $projectId: ID, $instanceId: ID!, $id: ID!) {
  vpcChannel(
    product: $product
    projectId: $projectId
    instanceId: $instanceId
    id: $id
  ) {
    ...WholeVpcChannel
  }
}
    fragment WholeVpcChannel on VpcChannel {
  product
  projectId
  instanceId
  instanceName
  instance {
    id
  }
  id
  name
  port
  balanceStrategy
  memberType
  type
  dictCode
  status
  createdAt
  memberGroups {
    id
    name
    remark
    weight
    dictCode
    microserviceVersion
    microservicePort
    microserviceLabels {
      name
      value
    }
    createdAt
    updatedAt
  }
  members {
    id
    vpcChannelId
    memberGroupId
    memberGroupName
    host
    ecsId
    ecsName
    port
    weight
    isBackup
    status
    createdAt
  }
  healthCheck {
    id
    vpcChannelId
    protocol
    path
    method
    port
    httpCodes
    healthyThreshold
    unhealthyThreshold
    intervalSeconds
    timeoutSeconds
    enableClientSsl
    status
    createdAt
  }
  microservice {
    __typename
    serviceType
    id
    instanceId
    createdAt
    updatedAt
    ... on VpcChannelCseMicroservice {
      engineId
      serviceId
      engineName
      serviceName
      registerAddress
      cseAppId
      version
    }
    ... on VpcChannelCceMicroservice {
      clusterId
      clusterName
      namespace
      workloadType
      appName
      labelKey
      labelValue
    }
  }
}`, {"hash":"sha256:5132b7a12d560337fb73b95fc17cfdefc55c0237a9b90c5ae6921bbce0331002"}) as unknown as TypedDocumentString<WholeVpcChannelQuery, WholeVpcChannelQueryVariables>;