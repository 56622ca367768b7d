import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphqlPathsOf } from '../../../src/translation/rest-parameters.ts'
import type {
  CreateVpcChannelInput,
  UpsertProjectVpcChannelsInput,
} from '../../../src/translation/vpc-channel-input.ts'
import { createVpcChannelBody, projectVpcChannelsBody } from '../../../src/translation/vpc-channel-request.ts'
import { createInputs, upsertInputs } from '../../contract/arbitrary-input.ts'

const graphqlPathOf = (...of: Parameters<typeof graphqlPathsOf>) => graphqlPathsOf(...of)[0] ?? null

type Path = readonly (string | number)[]
type Row = readonly [parameter: string, path: Path]

/** The page that names a parameter; most are on both. */
const pageOf = (parameter: string) => (parameter.startsWith('instance_ids') ? 'ROMA_CONNECT' : 'APIG')

test('a parameter of the other page leads nowhere', () => {
  expect(graphqlPathOf('APIG', 'instance_ids')).toBeNull()
  expect(graphqlPathOf('ROMA_CONNECT', 'instance_id')).toBeNull()
})

describe('a parameter of the request tables leads to its place in the input', () => {
  test.each<Row>([
    // Table 1 of both pages
    ['project_id', ['input', 'projectId']],
    ['instance_id', ['input', 'instanceId']],
    // Table 3 of both pages
    ['name', ['input', 'name']],
    ['port', ['input', 'port']],
    ['balance_strategy', ['input', 'balanceStrategy']],
    ['member_type', ['input', 'memberType']],
    ['type', ['input', 'type']],
    ['dict_code', ['input', 'dictCode']],
    ['member_groups', ['input', 'memberGroups']],
    ['members', ['input', 'members']],
    ['vpc_health_config', ['input', 'healthCheck']],
    ['microservice_info', ['input', 'microservice']],
    ['instance_ids', ['input', 'instanceIds']],
    ['instance_ids[3]', ['input', 'instanceIds', 3]],
    // APIG page, Table 4
    ['member_groups[0]', ['input', 'memberGroups', 0]],
    ['member_groups[0].member_group_name', ['input', 'memberGroups', 0, 'name']],
    ['member_groups[1].member_group_remark', ['input', 'memberGroups', 1, 'remark']],
    ['member_groups[2].member_group_weight', ['input', 'memberGroups', 2, 'weight']],
    ['member_groups[3].dict_code', ['input', 'memberGroups', 3, 'dictCode']],
    ['member_groups[4].microservice_version', ['input', 'memberGroups', 4, 'microserviceVersion']],
    ['member_groups[5].microservice_port', ['input', 'memberGroups', 5, 'microservicePort']],
    ['member_groups[6].microservice_labels', ['input', 'memberGroups', 6, 'microserviceLabels']],
    // Table 5
    [
      'member_groups[0].microservice_labels[1].label_name',
      ['input', 'memberGroups', 0, 'microserviceLabels', 1, 'name'],
    ],
    [
      'member_groups[0].microservice_labels[12].label_value',
      ['input', 'memberGroups', 0, 'microserviceLabels', 12, 'value'],
    ],
    // Table 6
    ['members[0].host', ['input', 'members', 0, 'host']],
    ['members[0].weight', ['input', 'members', 0, 'weight']],
    ['members[0].is_backup', ['input', 'members', 0, 'isBackup']],
    ['members[0].member_group_name', ['input', 'members', 0, 'memberGroupName']],
    ['members[0].status', ['input', 'members', 0, 'status']],
    ['members[0].port', ['input', 'members', 0, 'port']],
    ['members[0].ecs_id', ['input', 'members', 0, 'ecsId']],
    ['members[10].ecs_name', ['input', 'members', 10, 'ecsName']],
    // Table 7
    ['vpc_health_config.protocol', ['input', 'healthCheck', 'protocol']],
    ['vpc_health_config.path', ['input', 'healthCheck', 'path']],
    ['vpc_health_config.method', ['input', 'healthCheck', 'method']],
    ['vpc_health_config.port', ['input', 'healthCheck', 'port']],
    ['vpc_health_config.threshold_normal', ['input', 'healthCheck', 'healthyThreshold']],
    ['vpc_health_config.threshold_abnormal', ['input', 'healthCheck', 'unhealthyThreshold']],
    ['vpc_health_config.time_interval', ['input', 'healthCheck', 'intervalSeconds']],
    ['vpc_health_config.http_code', ['input', 'healthCheck', 'httpCodes']],
    ['vpc_health_config.enable_client_ssl', ['input', 'healthCheck', 'enableClientSsl']],
    ['vpc_health_config.status', ['input', 'healthCheck', 'status']],
    ['vpc_health_config.timeout', ['input', 'healthCheck', 'timeoutSeconds']],
    // Tables 8 to 10; which half is given says the type
    ['microservice_info.service_type', ['input', 'microservice']],
    ['microservice_info.cse_info', ['input', 'microservice', 'cse']],
    ['microservice_info.cse_info.engine_id', ['input', 'microservice', 'cse', 'engineId']],
    ['microservice_info.cse_info.service_id', ['input', 'microservice', 'cse', 'serviceId']],
    ['microservice_info.cce_info', ['input', 'microservice', 'cce']],
    ['microservice_info.cce_info.cluster_id', ['input', 'microservice', 'cce', 'clusterId']],
    ['microservice_info.cce_info.namespace', ['input', 'microservice', 'cce', 'namespace']],
    ['microservice_info.cce_info.workload_type', ['input', 'microservice', 'cce', 'workloadType']],
    ['microservice_info.cce_info.app_name', ['input', 'microservice', 'cce', 'appName']],
    // ROMA Connect page, Table 14
    ['microservice_info.cce_info.label_key', ['input', 'microservice', 'cce', 'labelKey']],
    ['microservice_info.cce_info.label_value', ['input', 'microservice', 'cce', 'labelValue']],
  ])('%s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })
})

describe('a bare name is looked for from the top down', () => {
  test.each<Row>([
    ['port', ['input', 'port']],
    ['dict_code', ['input', 'dictCode']],
    ['member_group_remark', ['input', 'memberGroups', 'remark']],
    ['member_group_weight', ['input', 'memberGroups', 'weight']],
    ['microservice_version', ['input', 'memberGroups', 'microserviceVersion']],
    ['microservice_port', ['input', 'memberGroups', 'microservicePort']],
    ['microservice_labels', ['input', 'memberGroups', 'microserviceLabels']],
    ['microservice_labels[1].label_name', ['input', 'memberGroups', 'microserviceLabels', 1, 'name']],
    ['label_name', ['input', 'memberGroups', 'microserviceLabels', 'name']],
    ['host', ['input', 'members', 'host']],
    ['is_backup', ['input', 'members', 'isBackup']],
    ['ecs_id', ['input', 'members', 'ecsId']],
    ['ecs_name', ['input', 'members', 'ecsName']],
    ['protocol', ['input', 'healthCheck', 'protocol']],
    ['path', ['input', 'healthCheck', 'path']],
    ['method', ['input', 'healthCheck', 'method']],
    ['threshold_normal', ['input', 'healthCheck', 'healthyThreshold']],
    ['threshold_abnormal', ['input', 'healthCheck', 'unhealthyThreshold']],
    ['time_interval', ['input', 'healthCheck', 'intervalSeconds']],
    ['http_code', ['input', 'healthCheck', 'httpCodes']],
    ['enable_client_ssl', ['input', 'healthCheck', 'enableClientSsl']],
    ['timeout', ['input', 'healthCheck', 'timeoutSeconds']],
    ['service_type', ['input', 'microservice']],
    ['cse_info', ['input', 'microservice', 'cse']],
    ['cce_info.app_name', ['input', 'microservice', 'cce', 'appName']],
    ['engine_id', ['input', 'microservice', 'cse', 'engineId']],
    ['service_id', ['input', 'microservice', 'cse', 'serviceId']],
    ['cluster_id', ['input', 'microservice', 'cce', 'clusterId']],
    ['namespace', ['input', 'microservice', 'cce', 'namespace']],
    ['workload_type', ['input', 'microservice', 'cce', 'workloadType']],
    ['app_name', ['input', 'microservice', 'cce', 'appName']],
    ['label_key', ['input', 'microservice', 'cce', 'labelKey']],
    ['members.0.host', ['input', 'members', 0, 'host']],
    ['members.host', ['input', 'members', 'host']],
  ])('%s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })
})

describe('an unknown name', () => {
  test.each([
    '',
    '.',
    '[]',
    '[0]',
    '0',
    'X-Auth-Token',
    'vpc_channel_id',
    'project_vpc_channels',
    'healthCheck',
    'memberGroups',
    'intervalSeconds',
    'Name',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'a'.repeat(10_000),
  ])('leads nowhere: %j', (parameter) => {
    expect(graphqlPathOf('APIG', parameter)).toBeNull()
    expect(graphqlPathOf('ROMA_CONNECT', parameter)).toBeNull()
  })

  test.each<Row>([
    ['members[0].unknown', ['input', 'members', 0]],
    ['members[0].constructor', ['input', 'members', 0]],
    ['vpc_health_config.__proto__.port', ['input', 'healthCheck']],
    ['microservice_info.unknown.app_name', ['input', 'microservice']],
    ['name.unknown', ['input', 'name']],
  ])('below a known one leads as far as it is known: %s', (parameter, path) => {
    expect(graphqlPathOf(pageOf(parameter), parameter)).toEqual(path)
  })

  test('of any form throws nothing', () => {
    fc.assert(
      fc.property(fc.string(), (parameter) => {
        const path = graphqlPathOf('APIG', parameter)
        expect(path === null || path[0] === 'input').toBe(true)
      }),
    )
  })
})

/** Every REST key of a body with its value, as `members[0].host`. */
function* parametersOf(value: unknown, parameter = ''): Generator<readonly [string, unknown]> {
  if (parameter !== '') yield [parameter, value]
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* parametersOf(item, `${parameter}[${index}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      yield* parametersOf(one, parameter === '' ? name : `${parameter}.${name}`)
    }
  }
}

/** Values that GraphQL names otherwise than REST. */
const IS_ENUM = /(?:^|\.)(?:balance_strategy|member_type|type|status|service_type|workload_type)$/

function at(input: object, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], input)
}

function expectWayBack(body: object, input: object): void {
  for (const [parameter, value] of parametersOf(JSON.parse(JSON.stringify(body)))) {
    const path = graphqlPathOf('instance_ids' in body ? 'ROMA_CONNECT' : 'APIG', parameter)
    expect(path, parameter).not.toBeNull()
    const origin = at({ input }, path ?? [])
    expect(origin ?? null, parameter).not.toBeNull()
    if (typeof value !== 'object' && !IS_ENUM.test(parameter)) expect(origin, parameter).toEqual(value)
    else if (Array.isArray(value)) expect(origin, parameter).toHaveLength(value.length)
  }
}

describe('every key that is sent leads back to where it came from', () => {
  const DEFAULTS = { balanceStrategy: 'WEIGHTED_ROUND_ROBIN', memberType: 'ECS' }

  test('for createVpcChannel', () => {
    fc.assert(
      fc.property(createInputs, (given) => {
        const input = { ...DEFAULTS, type: 'SERVER', ...given }
        expectWayBack(createVpcChannelBody(input as unknown as CreateVpcChannelInput), input)
      }),
    )
  })

  test('for upsertProjectVpcChannels', () => {
    fc.assert(
      fc.property(upsertInputs, (given) => {
        const input = { ...DEFAULTS, ...given }
        expectWayBack(projectVpcChannelsBody(input as unknown as UpsertProjectVpcChannelsInput), input)
      }),
    )
  })
})
