import type { VpcChannelProduct } from '../../lib/products.ts'
import type {
  Availability,
  BalanceStrategy,
  ChannelStatus,
  ChannelType,
  HealthCheckMethod,
  HealthCheckProtocol,
  MemberType,
  MicroserviceType,
  WorkloadType,
} from '../../vpc-channel/codes.ts'
import { builder } from '../builder.ts'

/** Every value of an enum with its description; the compiler misses none. */
type Values<Name extends string> = Record<Name, { description: string }>

export const VpcChannelProductEnum = builder.enumType('VpcChannelProduct', {
  description: 'The Huawei Cloud product that a VPC channel belongs to.',
  values: {
    APIG: { description: 'API Gateway (APIG).' },
    ROMA_CONNECT: { description: 'ROMA Connect.' },
  } as const satisfies Values<VpcChannelProduct>,
})

export const VpcChannelBalanceStrategyEnum = builder.enumType('VpcChannelBalanceStrategy', {
  description: 'How a VPC channel distributes requests among its backend servers. REST: `balance_strategy`',
  values: {
    WEIGHTED_ROUND_ROBIN: {
      description:
        'Weighted round robin (WRR): to each server in turn, in proportion to its weight. REST: `1`',
    },
    WEIGHTED_LEAST_CONNECTIONS: {
      description:
        'Weighted least connections (WLC): to the server with the fewest connections for its weight. REST: `2`',
    },
    SOURCE_HASH: { description: "Source hashing (SH): by the client's IP address. REST: `3`" },
    URI_HASH: { description: "URI hashing: by the request's URI. REST: `4`" },
  } as const satisfies Values<BalanceStrategy>,
})

export const VpcChannelMemberTypeEnum = builder.enumType('VpcChannelMemberType', {
  description: 'How the members of a VPC channel identify backend servers. REST: `member_type`',
  values: {
    IP: { description: 'By IP address: each member has a `host`. REST: `ip`' },
    ECS: { description: 'As cloud servers: each member has an `ecsId` and an `ecsName`. REST: `ecs`' },
  } as const satisfies Values<MemberType>,
})

export const VpcChannelTypeEnum = builder.enumType('VpcChannelType', {
  description: 'Where a VPC channel gets its backend servers from. REST: `type`',
  values: {
    SERVER: {
      description: 'Servers that are listed as members. REST: `2`, read also as `BUILTIN` or `builtin`',
    },
    MICROSERVICE: {
      description:
        'Servers found through a microservice registry. REST: `3`, read also as `MICROSERVICE` or `microservice`',
    },
  } as const satisfies Values<ChannelType>,
})

export const VpcChannelAvailabilityEnum = builder.enumType('VpcChannelAvailability', {
  description: 'Whether a backend server or a health check is enabled. REST: `status`',
  values: {
    AVAILABLE: { description: 'Available. REST: `1`' },
    UNAVAILABLE: { description: 'Unavailable. REST: `2`' },
  } as const satisfies Values<Availability>,
})

export const VpcChannelStatusEnum = builder.enumType('VpcChannelStatus', {
  description: 'The state of a VPC channel. REST: `status`',
  values: {
    NORMAL: { description: 'Normal. REST: `1`' },
    ABNORMAL: { description: 'Abnormal. REST: `2`' },
  } as const satisfies Values<ChannelStatus>,
})

export const VpcChannelHealthCheckProtocolEnum = builder.enumType('VpcChannelHealthCheckProtocol', {
  description:
    'The protocol of health checks. REST: `vpc_health_config.protocol`, read in upper or lower case',
  values: {
    TCP: { description: 'The cloud opens a TCP connection. REST: `TCP`' },
    HTTP: { description: 'The cloud sends an HTTP request; requires `httpCodes` and `path`. REST: `HTTP`' },
    HTTPS: { description: 'The cloud sends an HTTPS request; APIG requires `path`. REST: `HTTPS`' },
  } as const satisfies Values<HealthCheckProtocol>,
})

export const VpcChannelHealthCheckMethodEnum = builder.enumType('VpcChannelHealthCheckMethod', {
  description: 'The request method of HTTP and HTTPS health checks. REST: `vpc_health_config.method`',
  values: {
    GET: { description: 'GET, the default of the cloud. REST: `GET`' },
    HEAD: { description: 'HEAD: the server sends no response body. REST: `HEAD`' },
  } as const satisfies Values<HealthCheckMethod>,
})

export const VpcChannelMicroserviceTypeEnum = builder.enumType('VpcChannelMicroserviceType', {
  description:
    'The registry that a microservice channel finds its servers in. REST: `microservice_info.service_type`',
  values: {
    CSE: { description: "Cloud Service Engine's microservice registry. REST: `CSE`" },
    CCE: { description: 'Cloud Container Engine. REST: `CCE`' },
  } as const satisfies Values<MicroserviceType>,
})

export const VpcChannelWorkloadTypeEnum = builder.enumType('VpcChannelWorkloadType', {
  description:
    'The kind of a Cloud Container Engine workload. REST: `microservice_info.cce_info.workload_type`',
  values: {
    DEPLOYMENT: { description: 'A Deployment: stateless. REST: `deployment`' },
    STATEFUL_SET: { description: 'A StatefulSet: stateful. REST: `statefulset`' },
    DAEMON_SET: { description: 'A DaemonSet: one on every node. REST: `daemonset`' },
  } as const satisfies Values<WorkloadType>,
})
