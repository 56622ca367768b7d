import { describe, expect, test } from 'vitest'
import { CREATE, expectContract, validationOf } from '../../fixtures/ask.ts'
import { type JsonObject, leastInput, type Product } from '../../fixtures/channel-inputs.ts'
import { nothingBefore } from '../../fixtures/nothing-before.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const ERROR = 'error { code reason effect validation { path rule params message source } }'
const UPSERT = `mutation Upsert($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) { results { instanceId ${ERROR} } }
}`
const PLAN = `query Plan($input: UpsertProjectVpcChannelsInput!) {
  planProjectVpcChannels(input: $input) { instances { instanceId ${ERROR} } }
}`

type Path = readonly (string | number)[]

async function ask(
  upstreamAnswer: Answering | PlannedAnswer,
  document: string,
  input: JsonObject,
  options: GatewayOptions = {},
  headers: Readonly<Record<string, string>> = {},
) {
  await using upstream = await startUpstream(upstreamAnswer)
  await using gateway = await startGateway({ upstream: upstream.url, ...options })
  const answer = await gateway.send<Record<string, Record<string, readonly InstanceAnswer[]>>, unknown>(
    document,
    { input },
    headers,
  )
  if (answer.errors !== undefined) expectContract(answer)
  return answer
}

interface InstanceAnswer {
  readonly instanceId: string
  readonly error: {
    readonly validation: readonly { readonly path: Path; readonly rule: string }[] | null
  } | null
}

const refusal = (status: number, error_code: string, error_msg: string): PlannedAnswer => ({
  status,
  body: { error_code, error_msg },
})

const NONE = { body: { size: 0, total: 0, vpc_channels: [], project_vpc_channels: [] } }

/** A refusal of the write itself; every read finds nothing, and no instance that would explain it. */
const refusing = (answer: PlannedAnswer): Answering =>
  nothingBefore(({ method, path }) => {
    if (method !== 'GET') return answer
    return path.includes('/features') ? { body: { features: [] } } : NONE
  })

const refusedFields = async (product: Product, answer: PlannedAnswer, more: JsonObject) => {
  const document = product === 'APIG' ? CREATE : UPSERT
  const told = await ask(refusing(answer), document, { ...leastInput(product), ...more })
  return validationOf(told).map(({ path, rule }) => [path, rule])
}

const PRODUCTS = ['APIG', 'ROMA_CONNECT'] as const

const server = (index: number): JsonObject => ({
  ecsId: `5a1f-${index}`,
  ecsName: `server-${index}`,
  port: 80 + index,
})
const hundred = Array.from({ length: 100 }, (_, index) => server(index))

describe.each(PRODUCTS)('a cloud server that %s does not find', (product) => {
  test.each<[words: string, path: Path]>([
    ['The ECS does not exist,id:5a1f-42', ['members', 42, 'ecsId']],
    ['ECS 5a1f-7 not found.', ['members', 7, 'ecsId']],
    ['云服务器(5a1f-0)不存在', ['members', 0, 'ecsId']],
    ['no such server: 5a1f-99, and not server-3', ['members', 99, 'ecsId']],
    // several, none, or part of another's id
    ['not found: 5a1f-3, 5a1f-4', ['members']],
    ['The ECS does not exist', ['members']],
    ['The ECS does not exist,id:5a1f-420', ['members']],
    ['The ECS does not exist,id:5a1f', ['members']],
  ])('is the member that the message names, else their list: %s', async (words, path) => {
    const told = await refusedFields(product, refusal(404, 'APIG.3092', words), { members: hundred })
    expect(told).toEqual([[['input', ...path], 'ECS_NOT_FOUND']])
  })

  test('is their list where it is in two groups', async () => {
    const members = ['blue', 'green'].map((memberGroupName) => ({ ...server(1), memberGroupName }))
    const memberGroups = [{ name: 'blue' }, { name: 'green' }]
    const answer = refusal(404, 'APIG.3092', 'no such ECS: 5a1f-1')
    const told = await refusedFields(product, answer, { members, memberGroups })
    expect(told).toEqual([[['input', 'members'], 'ECS_NOT_FOUND']])
  })

  test('is no word of the sentence, even where a server is called so', async () => {
    const members = ['cloud', 'ecs-2'].map((ecsId) => ({ ecsId, ecsName: ecsId }))
    const answer = refusal(404, 'APIG.3092', 'The cloud server does not exist')
    expect(await refusedFields(product, answer, { members })).toEqual([
      [['input', 'members'], 'ECS_NOT_FOUND'],
    ])
  })
})

describe.each(PRODUCTS)('a parameter of a list that %s names without its position', (product) => {
  const hosts = ['192.168.0.5', '192.168.0.6'].map((host, index) => ({ host, port: 8000 + index }))
  const groups = [{ name: 'blue_1' }, { name: 'green_2' }]
  test.each<[words: string, input: JsonObject, path: Path]>([
    ['parameterName:host', { memberType: 'IP', members: hosts.slice(0, 1) }, ['members', 0, 'host']],
    ['parameterName:host', { memberType: 'IP', members: hosts }, ['members']],
    ['parameterName:host, 192.168.0.6.', { memberType: 'IP', members: hosts }, ['members', 1, 'host']],
    [
      'parameterName:is_backup',
      { members: [{ ...server(1) }, { ...server(2), isBackup: true }] },
      ['members', 1, 'isBackup'],
    ],
    [
      'parameterName:members[].ecs_id, value 5a1f-2',
      { members: [server(1), server(2)] },
      ['members', 1, 'ecsId'],
    ],
    // of groups and servers, the one that is given
    [
      'parameterName:member_group_name',
      { members: [{ ...server(1), memberGroupName: 'red_3' }] },
      ['members', 0, 'memberGroupName'],
    ],
    ['parameterName:member_group_name', { memberGroups: groups.slice(0, 1) }, ['memberGroups', 0, 'name']],
    ['parameterName:member_group_name: green_2', { memberGroups: groups }, ['memberGroups', 1, 'name']],
    ['parameterName:member_group_name', { memberGroups: groups }, ['memberGroups']],
    ['parameterName:port', { members: hundred }, ['port']],
  ])('is the item that alone has it or is quoted, else the list: %s', async (words, more, path) => {
    const told = await refusedFields(product, refusal(400, 'APIG.2012', `Invalid,${words}`), more)
    expect(told).toEqual([[['input', ...path], 'INVALID_VALUE']])
  })
})

describe.each(PRODUCTS)('a microservice that %s cannot use', (product) => {
  const microservice = { cse: { engineId: 'engine-1', serviceId: 'service-1' } }
  const more = { type: 'MICROSERVICE', microservice }
  test.each<[code: string, words: string, path: Path, rule: string]>([
    ['APIG.2041', 'bad', [], 'INVALID_MICROSERVICE'],
    ['APIG.2041', 'bad,parameterName:service_id', ['cse', 'serviceId'], 'INVALID_MICROSERVICE'],
    ['APIG.2042', 'bad,parameterName:engine_id. Please', ['cse', 'engineId'], 'INVALID_ENGINE'],
    ['APIG.2108', 'bad, parameter name:cse_info', ['cse'], 'MICROSERVICE_UNAVAILABLE'],
    ['APIG.3330', 'bad, parameter name:name', [], 'MICROSERVICE_BOUND'],
  ])('%s is the microservice, or the part that the message names: %s', async (code, words, path, rule) => {
    const told = await refusedFields(product, refusal(400, code, words), more)
    expect(told).toEqual([[['input', 'microservice', ...path], rule]])
  })
})

test('the words are in the caller’s language', async () => {
  const answer = refusing(refusal(400, 'APIG.3208', 'The VPC channel name already exists'))
  const told = async (language: string) =>
    (await ask(answer, CREATE, leastInput('APIG'), {}, { 'accept-language': language })).errors?.[0]
      ?.extensions.validation[0].message
  expect(await told('en')).toBe('The cloud says: a VPC channel of this name exists on the instance.')
  expect(await told('zh-CN')).toBe('云服务提示：该实例中已存在同名的VPC通道。')
})

const THREE = { ...leastInput('ROMA_CONNECT'), instanceIds: ['instance-1', 'instance-2', 'instance-3'] }

/** Path and rule of every instance's faults, in the order of the answer. */
const placesOf = (instances: readonly InstanceAnswer[] | undefined) =>
  instances?.map(({ error }) => error && (error.validation?.map(({ path, rule }) => [path, rule]) ?? []))

describe('what is wrong with an instance of a batch', () => {
  const item = (instance_id: string) => ({ id: 'c1', name: 'vpc_demo', instance_id })

  test('is said of its own position', async () => {
    const items = [
      item('instance-1'),
      { instance_id: 'instance-2', error_code: 'APIG.3030', error_msg: 'The instance does not exist' },
      { instance_id: 'instance-3', error_code: 'APIG.3109', error_msg: 'too many' },
    ]
    const answer = await ask(refusing({ body: { project_vpc_channels: items } }), UPSERT, THREE)
    expect(placesOf(answer.data?.['upsertProjectVpcChannels']?.['results'])).toEqual([
      null,
      [[['input', 'instanceIds', 1], 'INSTANCE_NOT_FOUND']],
      [[['input', 'instanceIds', 2], 'CHANNEL_QUOTA']],
    ])
  })

  test('is said of its own position in the input, not in its chunk', async () => {
    const answering: Answering = nothingBefore(({ method, json, path }) => {
      if (method === 'GET') return path.includes('/features') ? { body: { features: [] } } : { body: {} }
      const [id] = json.instance_ids
      if (id === 'instance-3') return refusal(404, 'APIG.3030', 'no such instance')
      return { body: { project_vpc_channels: [item(id)] } }
    })
    const answer = await ask(answering, UPSERT, THREE, { instancesPerCall: 1 })
    expect(placesOf(answer.data?.['upsertProjectVpcChannels']?.['results'])).toEqual([
      null,
      null,
      [[['input', 'instanceIds', 2], 'INSTANCE_NOT_FOUND']],
    ])
  })

  test.each<[words: string, path: Path]>([
    ['The instance does not exist', ['input', 'instanceIds']],
    ['The instance does not exist;id:instance-2', ['input', 'instanceIds', 1]],
  ])('is said of all of them where nobody knows which: %s', async (words, path) => {
    const answer = await ask(refusing(refusal(404, 'APIG.3030', words)), UPSERT, THREE)
    expect(validationOf(answer).map((fault) => [fault.path, fault.rule])).toEqual([
      [path, 'INSTANCE_NOT_FOUND'],
    ])
  })

  const features = (path: string, of: string): PlannedAnswer => {
    if (path.includes('/instance-2/')) return refusal(404, 'APIG.3030', of)
    const enable = path.includes('/instance-3/')
    return { body: { features: [{ name: 'vpc_name_modifiable', enable, config: enable ? 'on' : 'off' }] } }
  }
  const FOUND = [
    null,
    [[['input', 'instanceIds', 1], 'INSTANCE_NOT_FOUND']],
    [[['input', 'instanceIds', 2], 'NAME_MODIFIABLE']],
  ]

  test('is said of its position where the gateway finds out which of a refused batch it is', async () => {
    const answering = nothingBefore(({ method, json, path }) => {
      if (method === 'GET') return path.includes('/features') ? features(path, 'gone') : NONE
      if (json.instance_ids.length > 1) return refusal(404, 'APIG.3030', 'no such instance')
      return { body: { project_vpc_channels: [item('instance-1')] } }
    })
    const answer = await ask(answering, UPSERT, THREE)
    expect(placesOf(answer.data?.['upsertProjectVpcChannels']?.['results'])).toEqual(FOUND)
  })

  test('is said of its position in a plan', async () => {
    const answering: Answering = ({ path }) =>
      path.includes('/features')
        ? features(path, 'gone')
        : { body: { size: 0, total: 0, project_vpc_channels: [] } }
    const answer = await ask(answering, PLAN, THREE)
    expect(placesOf(answer.data?.['planProjectVpcChannels']?.['instances'])).toEqual(FOUND)
  })
})
