import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onlyWriting } from '../fixtures/nothing-before.ts'
import {
  namesOf,
  PAGE_CHANNEL,
  PAGE_GROUP,
  PAGE_HEALTH_CHECK,
  PAGE_MEMBER,
  PAGE_PLACES,
  type PageTable,
  tableBelow,
} from '../fixtures/page-fields.ts'
import {
  CreateVpcChannelDocument,
  type CreateVpcChannelInput,
  UpsertProjectVpcChannelsDocument,
  type UpsertProjectVpcChannelsInput,
} from '../support/generated/graphql.ts'
import { APIG_SERVER_ANSWER } from '../support/pages.ts'
import { createInputs, upsertInputs } from './arbitrary-input.ts'
import {
  SMALLEST_CREATE,
  SMALLEST_CREATE_BODY,
  SMALLEST_UPSERT,
  SMALLEST_UPSERT_BODY,
  startPair,
} from './start-pair.ts'

const CREATED = { status: 201, body: APIG_SERVER_ANSWER }
const CHECK = {
  protocol: 'TCP',
  healthyThreshold: 3,
  unhealthyThreshold: 4,
  intervalSeconds: 10,
  timeoutSeconds: 5,
} as const
const CHECK_BODY = {
  protocol: 'TCP',
  threshold_normal: 3,
  threshold_abnormal: 4,
  time_interval: 10,
  timeout: 5,
}

describe('null sends no key', () => {
  const nulls = <Name extends string>(...names: readonly Name[]): Record<Name, null> =>
    Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>

  const TOP = [
    'projectId' as const,
    ...namesOf(PAGE_CHANNEL, 'optional').filter((name) => name !== 'type'), // a creation has to have one
  ]
  const GROUP = namesOf(PAGE_GROUP, 'optional')
  const MEMBER = namesOf(PAGE_MEMBER, 'optional').filter(
    (name) => name !== 'host' && name !== 'ecsId' && name !== 'ecsName',
  )
  const HEALTH_CHECK = namesOf(PAGE_HEALTH_CHECK, 'optional')

  type Case = readonly [what: string, given: Partial<CreateVpcChannelInput>, sent: object]
  const cases: readonly Case[] = [
    ...TOP.map((name): Case => [name, nulls(name), {}]),
    ['all of the channel', nulls(...TOP), {}],
    ...GROUP.map(
      (name): Case => [
        `memberGroups[].${name}`,
        { memberGroups: [{ name: 'g', ...nulls(name) }] },
        { member_groups: [{ member_group_name: 'g' }] },
      ],
    ),
    [
      'all of a group',
      { memberGroups: [{ name: 'g', ...nulls(...GROUP) }] },
      { member_groups: [{ member_group_name: 'g' }] },
    ],
    ...([...MEMBER, 'host'] as const).map(
      (name): Case => [
        `members[].${name}`,
        { members: [{ ecsId: 'i', ecsName: 'n', ...nulls(name) }] },
        { members: [{ ecs_id: 'i', ecs_name: 'n' }] },
      ],
    ),
    [
      'all of an ip member',
      { memberType: 'IP', members: [{ host: 'h', ...nulls(...MEMBER, 'ecsId', 'ecsName') }] },
      { member_type: 'ip', members: [{ host: 'h' }] },
    ],
    ...HEALTH_CHECK.map(
      (name): Case => [
        `healthCheck.${name}`,
        { healthCheck: { ...CHECK, ...nulls(name) } },
        { vpc_health_config: CHECK_BODY },
      ],
    ),
    [
      'all of a health check',
      { healthCheck: { ...CHECK, ...nulls(...HEALTH_CHECK) } },
      { vpc_health_config: CHECK_BODY },
    ],
  ]

  test.each(cases)('of createVpcChannel: %s', async (_what, given, sent) => {
    await using pair = await startPair(CREATED)
    const { errors } = await pair.send(CreateVpcChannelDocument, { input: { ...SMALLEST_CREATE, ...given } })
    expect(errors).toBeUndefined()
    expect(pair.calls[0]?.json).toEqual({ ...SMALLEST_CREATE_BODY, ...sent })
  })

  test.each([...cases, ['type', { type: null }, {}] as const])(
    'of upsertProjectVpcChannels: %s',
    async (_what, given, sent) => {
      await using pair = await startPair(onlyWriting({ body: { project_vpc_channels: [] } }))
      await pair.send(UpsertProjectVpcChannelsDocument, { input: { ...SMALLEST_UPSERT, ...given } })
      expect(pair.writes[0]?.json).toEqual({ ...SMALLEST_UPSERT_BODY, ...sent })
    },
  )
})

test('a field whose default the schema names cannot be null: it would send less than was said', async () => {
  await using pair = await startPair(CREATED)
  for (const name of ['balanceStrategy', 'memberType', 'type']) {
    const { errors } = await pair.send<unknown, unknown>(String(CreateVpcChannelDocument), {
      input: { ...SMALLEST_CREATE, [name]: null },
    })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', name], rule: 'REQUIRED' }],
    })
  }
  expect(pair.calls).toEqual([])
})

describe('a document that writes the input itself', () => {
  const DOCUMENT = `mutation Literal($dictCode: String, $remark: String, $status: VpcChannelAvailability, $labels: [VpcChannelMicroserviceLabelInput!]) {
    createVpcChannel(input: {
      instanceId: 7, name: "VPC_demo", port: 22, balanceStrategy: URI_HASH, memberType: IP, dictCode: $dictCode
      memberGroups: [{ name: "g", remark: $remark, weight: 0, microservicePort: 0, microserviceLabels: $labels }]
      members: { host: "h", isBackup: false, status: $status, memberGroupName: null }
      healthCheck: null
    }) { vpcChannel { id } }
  }`
  const SENT = { name: 'VPC_demo', port: 22, balance_strategy: 4, member_type: 'ip', type: 2 }
  const GROUP_SENT = { member_group_name: 'g', member_group_weight: 0, microservice_port: 0 }
  const MEMBER_SENT = { host: 'h', is_backup: false }

  test.each<readonly [string, object, object]>([
    ['omitted send no keys', {}, { member_groups: [GROUP_SENT], members: [MEMBER_SENT] }],
    [
      'null send no keys',
      { dictCode: null, remark: null, status: null, labels: null },
      { member_groups: [GROUP_SENT], members: [MEMBER_SENT] },
    ],
    [
      'given, be it nothing or empty, send what is given',
      { dictCode: 'abc', remark: '', status: 'UNAVAILABLE', labels: [] },
      {
        dict_code: 'abc',
        member_groups: [{ ...GROUP_SENT, member_group_remark: '', microservice_labels: [] }],
        members: [{ ...MEMBER_SENT, status: 2 }],
      },
    ],
  ])('sends the same as variables would; variables in it that are %s', async (_what, variables, sent) => {
    await using pair = await startPair(CREATED)
    const { errors } = await pair.send(DOCUMENT, variables)
    expect(errors).toBeUndefined()
    expect(pair.calls.map((call) => call.path.split('/')[5])).toEqual(['7'])
    expect(pair.calls[0]?.json).toEqual({ ...SENT, ...sent })
  })
})

/** What is compared: which keys there are, at every depth, and how long lists are; values are `true`. */
type Keys = true | readonly Keys[] | { readonly [name: string]: Keys }

const INPUT: PageTable = { ...PAGE_CHANNEL, instanceIds: PAGE_PLACES.instanceIds }

function expectedKeys(given: object, table: PageTable): Keys {
  const keys: Record<string, Keys> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue
    const field = table[name]
    if (field === undefined) throw new Error(`no page has a field for ${name}`)
    const [restName] = field
    const below = tableBelow(field)
    if (below === undefined) keys[restName] = Array.isArray(value) ? value.map(() => true) : true
    else if (Array.isArray(value)) keys[restName] = value.map((item) => expectedKeys(item, below))
    else keys[restName] = expectedKeys(value, below)
  }
  // Which half of a microservice is given says the type.
  if ('cse' in given || 'cce' in given) keys['service_type'] = true
  return keys
}

const keysOf = (body: unknown): Keys => {
  if (Array.isArray(body)) return body.map(keysOf)
  if (typeof body !== 'object' || body === null) return true
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, keysOf(value)]))
}

describe('whatever is given, the keys sent are those that are given and not null, and the defaults of the schema', () => {
  test('by createVpcChannel', async () => {
    await using pair = await startPair(CREATED, { validation: 'types' })
    await fc.assert(
      fc.asyncProperty(createInputs, async ({ instanceId, ...given }) => {
        const before = pair.calls.length
        const { errors } = await pair.send(CreateVpcChannelDocument, {
          input: { instanceId, ...given } as CreateVpcChannelInput,
        })
        expect(errors).toBeUndefined()
        expect(pair.calls).toHaveLength(before + 1)
        expect(keysOf(pair.calls[before]?.json)).toEqual({
          balance_strategy: true,
          member_type: true,
          type: true,
          ...(expectedKeys(given, INPUT) as object),
        })
      }),
    )
  })

  test('by upsertProjectVpcChannels', async () => {
    await using pair = await startPair(
      ({ method, json }) => ({
        body: {
          project_vpc_channels:
            method === 'GET' ? [] : json.instance_ids.map((instance_id: string) => ({ instance_id })),
        },
      }),
      { validation: 'types' },
    )
    await fc.assert(
      fc.asyncProperty(upsertInputs, async (given) => {
        const before = pair.writes.length
        await pair.send(UpsertProjectVpcChannelsDocument, { input: given as UpsertProjectVpcChannelsInput })
        expect(pair.writes).toHaveLength(before + 1)
        expect(keysOf(pair.writes[before]?.json)).toEqual({
          balance_strategy: true,
          member_type: true,
          ...(expectedKeys(given, INPUT) as object),
        })
      }),
    )
  })
})
