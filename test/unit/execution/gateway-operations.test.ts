import { readFileSync } from 'node:fs'
import { execute, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { compileOperation } from '../../../src/execution/compile-operation.ts'
import type { GraphqlContext } from '../../../src/graphql/graphql-context.ts'
import { schema } from '../../../src/graphql/schema.ts'
import { createLoaders } from '../../../src/graphql/vpc-channel/loaders.ts'
import { createUpstreamServices } from '../../../src/operations/create-upstream-services.ts'
import type { OperationContext } from '../../../src/operations/operation-context.ts'
import type { UpstreamClient } from '../../../src/upstream/client/upstream-client.ts'
import { ResponseHeaders } from '../../../src/upstream/http/response-headers.ts'
import { NO_RESPONSE, UpstreamFailure } from '../../../src/upstream/upstream-failure.ts'
import { fullInput, leastInput } from '../../fixtures/channel-inputs.ts'
import { shownResult } from './shown-results.ts'

/* The gateway's own resolvers, over a cloud that answers from memory: both ways of executing have to answer the same. */

const CHANNEL = {
  id: 'channel-1',
  name: 'vpc_demo',
  port: 22,
  balance_strategy: 1,
  member_type: 'ip',
  type: 2,
  status: 1,
  create_time: '2020-07-23T07:11:57.244829604Z',
  member_groups: [
    { member_group_name: 'group-1', microservice_labels: [{ label_name: 'app', label_value: 'w"eb' }] },
  ],
  members: [
    { host: '192.168.0.5', status: 1 },
    { host: '192.168.0.6', is_backup: true },
  ],
  vpc_health_config: { protocol: 'http', path: '/', threshold_normal: 2 },
  microservice_info: {
    service_type: 'CCE',
    cce_info: { cluster_id: 'cluster-1', workload_type: 'deployment' },
  },
}

const CALLER = { credentials: { kind: 'TOKEN', token: 'token' }, name: undefined } as const

function clientOf(service: 'APIG' | 'ROMA'): UpstreamClient {
  return {
    service,
    call: async ({ operation, path }) => {
      const call = { service, operation } as const
      if (path.includes('refused')) {
        const response = { ...NO_RESPONSE, status: 400, errorCode: 'APIG.3208' }
        throw new UpstreamFailure('REFUSED', call, { sent: true, response })
      }
      const body = operation.startsWith('list') ? { total: 1, size: 1, vpc_channels: [CHANNEL] } : CHANNEL
      const refusal = () => new UpstreamFailure('REFUSED', call, { sent: true })
      return { ...call, status: 200, requestId: 'request', headers: new ResponseHeaders({}), body, refusal }
    },
    close: async () => undefined,
  }
}

function contextOf(caller: OperationContext['caller']): GraphqlContext {
  const offline = createUpstreamServices({
    instancesPerCall: 10,
    endpoints: { APIG: undefined, ROMA: undefined },
    validation: 'pages',
  })
  const services = { ...offline, clients: { APIG: clientOf('APIG'), ROMA_CONNECT: clientOf('ROMA') } }
  const operation: OperationContext = {
    caller,
    projectId: 'project-1',
    language: 'en-us',
    deadline: performance.now() + 25_000,
    record: () => undefined,
    noteUnknown: () => undefined,
    beginWrite: () => ({ begin: () => Promise.resolve(), end: () => undefined }),
  }
  const audience = { language: 'en', requestId: 'this-request' } as const
  return { services, operation, loaders: createLoaders(services, operation), audience }
}

const documentOf = (name: string): string =>
  readFileSync(new URL(`../../documents/${name}.graphql`, import.meta.url), 'utf8')
const WHOLE = documentOf('vpc-channel')
const CREATE = documentOf('create-vpc-channel') + WHOLE
const UPSERT = documentOf('upsert-project-vpc-channels') + WHOLE
const KEY = { instanceId: 'instance-1', id: 'channel-1' }
const ENTITY = { __typename: 'VpcChannel', product: 'APIG', ...KEY }

test.each([
  ['a channel is created', CREATE, 'CreateVpcChannel', { input: fullInput('APIG') }],
  ['a whole channel is created', CREATE, 'CreateWholeVpcChannel', { input: leastInput('APIG') }],
  ['rules are broken', CREATE, 'CreateVpcChannel', { input: { ...leastInput('APIG'), name: '?' } }],
  [
    'the cloud refuses',
    CREATE,
    'CreateVpcChannel',
    { input: { ...leastInput('APIG'), instanceId: 'refused' } },
  ],
  ['a variable is refused', CREATE, 'CreateVpcChannel', { input: { name: 5 } }],
  ['a batch is written', UPSERT, 'UpsertProjectVpcChannels', { input: leastInput('ROMA_CONNECT') }],
  ['a channel is read', WHOLE, 'WholeVpcChannel', KEY],
  ['a channel cannot be read', WHOLE, 'WholeVpcChannel', { instanceId: 'refused', id: 'channel-1' }],
  ['an id is none', WHOLE, 'WholeVpcChannel', { instanceId: '../..', id: 'channel-1' }],
  [
    'parts of channels are read',
    `query Q($more: Boolean!) {
      vpcChannels(instanceId: "instance-1", first: 5) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { cursor node { id members @include(if: $more) { host } } }
        nodes { microservice { ... on VpcChannelCceMicroservice { clusterId } __typename } instance { id } }
      }
      projectVpcChannels(first: -1) { totalCount }
    }`,
    'Q',
    { more: false },
  ],
  [
    'a router asks for entities',
    `query Q($of: [_Any!]!) { _service { sdl } _entities(representations: $of) { ... on VpcChannel { name } } }`,
    'Q',
    { of: [ENTITY, { __typename: 'Other' }, { ...ENTITY, id: 'gone', instanceId: 'refused' }] },
  ],
])('where %s', async (_when, text, operationName, variableValues) => {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  const compiled = compileOperation(schema, document, operationName)
  for (const caller of [CALLER, { refused: 'TOKEN_MISSING' }] as const) {
    const contextValue = contextOf(caller)
    const expected = await execute({ schema, document, operationName, variableValues, contextValue })
    const answer = await compiled!.execute(contextOf(caller), variableValues)
    expect(shownResult(answer)).toEqual(shownResult(expected))
  }
})

test('all of a channel is answered as it was read', async () => {
  const compiled = compileOperation(schema, parse(WHOLE))
  const { data, errors } = await compiled!.execute(contextOf(CALLER), KEY)
  expect(errors).toBeUndefined()
  expect(data).toMatchObject({
    vpcChannel: {
      product: 'APIG',
      instance: { id: 'instance-1' },
      id: 'channel-1',
      port: 22,
      balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
      dictCode: null,
      createdAt: '2020-07-23T07:11:57.244829604Z',
      memberGroups: [{ name: 'group-1', microserviceLabels: [{ name: 'app', value: 'w"eb' }] }],
      members: [
        { host: '192.168.0.5', isBackup: null, status: 'AVAILABLE' },
        { host: '192.168.0.6', isBackup: true, status: null },
      ],
      healthCheck: { protocol: 'HTTP', path: '/', healthyThreshold: 2 },
      microservice: { __typename: 'VpcChannelCceMicroservice', serviceType: 'CCE', clusterId: 'cluster-1' },
    },
  })
})
