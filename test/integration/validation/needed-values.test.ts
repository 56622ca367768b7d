import { describe, expect, test } from 'vitest'
import { askWith, expectRefused, expectSent, validationOf } from '../../fixtures/ask.ts'
import {
  CCE,
  fullInput,
  type Json,
  leastInput,
  type Product,
  shortOf,
  withValue,
  withValues,
} from '../../fixtures/channel-inputs.ts'

const BOTH: readonly Product[] = ['APIG', 'ROMA_CONNECT']
const check = { healthyThreshold: 2, unhealthyThreshold: 2, intervalSeconds: 10, timeoutSeconds: 5 }

interface Need {
  readonly because: string
  readonly only?: Product
  readonly given: Readonly<Record<string, Json | undefined>>
  /** The faults, without `input.`; none where the input is as the pages want it. */
  readonly faults: readonly string[]
}

const NEEDS: readonly Need[] = [
  // APIG page, Table 6: host is mandatory for ip members, ecs_id and ecs_name for ecs members
  {
    because: 'an IP member has a host',
    given: { memberType: 'IP', members: [{ host: 'h' }] },
    faults: [],
  },
  ...[undefined, null, ''].map((host) => ({
    because: `an IP member needs a host, not ${shortOf(host)}`,
    given: { memberType: 'IP', members: [{ host: 'h' }, host === undefined ? { port: 1 } : { host }] },
    faults: ['members.1.host REQUIRED'],
  })),
  {
    because: 'an IP member may have the names of a cloud server as well',
    given: { memberType: 'IP', members: [{ host: 'h', ecsId: 'e', ecsName: 'n' }] },
    faults: [],
  },
  // The cloud keeps servers by group, address and port, and groups by name: of two definitions one would be lost.
  ...[
    { host: 'h' },
    { host: 'H ' },
    { host: 'h', port: 0 },
    { host: 'h', weight: 5 },
    { host: 'h', memberGroupName: '' },
  ].map((member) => ({
    because: `a server is defined once: ${shortOf(member)}`,
    given: { memberType: 'IP', members: [{ host: 'h' }, { host: 'i' }, member] },
    faults: ['members.2 UNIQUE'],
  })),
  {
    because: 'two spellings of an IPv6 address are one server',
    given: { memberType: 'IP', members: [{ host: '2001:db8::1' }, { host: '2001:DB8:0::0:1' }] },
    faults: ['members.1 UNIQUE'],
  },
  {
    because: 'one cloud server is defined once, whatever its name',
    given: {
      memberType: 'ECS',
      members: [
        { ecsId: 'e', ecsName: 'n' },
        { ecsId: 'E', ecsName: 'm' },
      ],
    },
    faults: ['members.1 UNIQUE'],
  },
  {
    because: 'one address may be in two groups, and have two ports',
    given: {
      memberType: 'IP',
      memberGroups: [{ name: 'blue' }, { name: 'green' }],
      members: [
        { host: 'h', memberGroupName: 'blue' },
        { host: 'h', memberGroupName: 'green' },
        { host: 'h', port: 81, memberGroupName: 'green' },
      ],
    },
    faults: [],
  },
  {
    because: 'the channel’s port is the one of a server without one',
    given: { port: 81, memberType: 'IP', members: [{ host: 'h' }, { host: 'h', port: 81 }] },
    faults: ['members.1 UNIQUE'],
  },
  {
    because: 'a group is defined once',
    given: { memberGroups: [{ name: 'blue' }, { name: 'green' }, { name: 'blue', weight: 1 }] },
    faults: ['memberGroups.2 UNIQUE'],
  },
  {
    because: 'an ECS member has an id and a name',
    given: { memberType: 'ECS', members: [{ ecsId: 'e', ecsName: 'n' }] },
    faults: [],
  },
  {
    because: 'an ECS member needs its id',
    given: { memberType: 'ECS', members: [{ ecsName: 'n' }] },
    faults: ['members.0.ecsId REQUIRED'],
  },
  {
    because: 'an ECS member needs its name',
    given: { memberType: 'ECS', members: [{ ecsId: 'e', ecsName: null }] },
    faults: ['members.0.ecsName REQUIRED'],
  },
  {
    because: 'a host is not enough for an ECS member',
    given: { memberType: 'ECS', members: [{ host: 'h' }] },
    faults: ['members.0.ecsId REQUIRED', 'members.0.ecsName REQUIRED'],
  },
  {
    because: 'members are ECS where nothing is said',
    given: { memberType: undefined, members: [{ host: 'h' }] },
    faults: ['members.0.ecsId REQUIRED', 'members.0.ecsName REQUIRED'],
  },
  { because: 'there may be no members', given: { members: [] }, faults: [] },
  { because: 'members may be null', given: { members: null, memberGroups: null }, faults: [] },
  // Table 4: a group has a name
  {
    because: 'a group needs a name',
    given: { memberGroups: [{ name: '' }] },
    faults: ['memberGroups.0.name REQUIRED'],
  },
  // APIG page, Table 7: path for http and https, http_code for http; ROMA Connect page, Table 6: both for http
  {
    because: 'a TCP check needs neither path nor codes',
    given: { healthCheck: { ...check, protocol: 'TCP' } },
    faults: [],
  },
  {
    because: 'an HTTP check needs path and codes',
    given: { healthCheck: { ...check, protocol: 'HTTP' } },
    faults: ['healthCheck.httpCodes REQUIRED', 'healthCheck.path REQUIRED'],
  },
  {
    because: 'empty texts and null are no path and no codes',
    given: { healthCheck: { ...check, protocol: 'HTTP', path: '', httpCodes: null } },
    faults: ['healthCheck.httpCodes REQUIRED', 'healthCheck.path REQUIRED'],
  },
  {
    because: 'empty codes are no codes',
    given: { healthCheck: { ...check, protocol: 'HTTP', path: '/', httpCodes: '' } },
    faults: ['healthCheck.httpCodes REQUIRED'],
  },
  {
    because: 'an HTTPS check needs no codes',
    given: { healthCheck: { ...check, protocol: 'HTTPS', path: '/' } },
    faults: [],
  },
  {
    because: 'an HTTPS check needs a path',
    only: 'APIG',
    given: { healthCheck: { ...check, protocol: 'HTTPS', httpCodes: '200' } },
    faults: ['healthCheck.path REQUIRED'],
  },
  {
    because: 'an HTTPS check needs no path',
    only: 'ROMA_CONNECT',
    given: { healthCheck: { ...check, protocol: 'HTTPS' } },
    faults: [],
  },
  // APIG page, Table 3: a microservice channel has a microservice
  {
    because: 'a microservice channel needs its microservice',
    given: { type: 'MICROSERVICE' },
    faults: ['microservice REQUIRED'],
  },
  {
    because: 'null is no microservice',
    given: { type: 'MICROSERVICE', microservice: null },
    faults: ['microservice REQUIRED'],
  },
  { because: 'a server channel needs none', given: { type: 'SERVER' }, faults: [] },
  { because: 'a channel whose type is not said needs none', given: { type: undefined }, faults: [] },
  {
    because: 'a microservice of CSE will do',
    given: { type: 'MICROSERVICE', microservice: { cse: { engineId: 'e', serviceId: 's' } } },
    faults: [],
  },
  ...['engineId', 'serviceId'].map((field) => ({
    because: `a microservice of CSE needs a ${field} that says something`,
    given: { microservice: withValue({ cse: { engineId: 'e', serviceId: 's' } }, `cse.${field}`, '') },
    faults: [`microservice.cse.${field} LENGTH`],
  })),
  // The vendor's SDKs: CCE asks for app_name, or for label_key and label_value
  { because: 'an app will do for CCE', given: { microservice: { cce: CCE } }, faults: [] },
  {
    because: 'a label will do for CCE',
    given: { microservice: { cce: { ...CCE, appName: null, labelKey: 'k', labelValue: 'v' } } },
    faults: [],
  },
  ...[
    {},
    { labelKey: 'k' },
    { labelValue: 'v' },
    { labelKey: 'k', labelValue: '' },
    { labelKey: null, labelValue: 'v' },
  ].map((label) => ({
    because: `CCE needs an app or a whole label, not ${shortOf(label)}`,
    given: { microservice: { cce: { ...withValue(CCE, 'appName', undefined), ...label } } },
    faults: ['microservice.cce REQUIRED_ONE_OF'],
  })),
  {
    because: 'an empty app is no app',
    given: { microservice: { cce: { ...CCE, appName: '' } } },
    faults: ['microservice.cce REQUIRED_ONE_OF'],
  },
  // A member names one of the groups that are sent along
  {
    because: 'a member may be of a group that is sent along',
    given: { memberGroups: [{ name: 'g' }], members: [{ ecsId: 'e', ecsName: 'n', memberGroupName: 'g' }] },
    faults: [],
  },
  {
    because: 'a member may not be of a group that is not sent along',
    given: {
      memberGroups: [{ name: 'g' }],
      members: [
        { ecsId: 'e', ecsName: 'n', memberGroupName: 'g' },
        { ecsId: 'f', ecsName: 'm', memberGroupName: 'G' },
      ],
    },
    faults: ['members.1.memberGroupName REFERENCE'],
  },
  {
    because: 'a member without a group refers to none',
    given: { memberGroups: [{ name: 'g' }], members: [{ ecsId: 'e', ecsName: 'n', memberGroupName: null }] },
    faults: [],
  },
]

const cases = BOTH.flatMap((product) =>
  NEEDS.filter(({ only }) => only === undefined || only === product).map((need) => ({ product, ...need })),
)

describe('what else has to be there depends on the rest of the input', () => {
  test.each(cases)('$product: $because', async ({ product, given, faults }) => {
    const asked = await askWith(product, withValues(leastInput(product), given))
    if (faults.length === 0) expectSent(asked)
    else
      expectRefused(
        asked,
        faults.map((fault) => `input.${fault}`),
      )
  })

  const NEVER_LEFT = ['REQUIRED', 'REQUIRED_ONE_OF', 'REFERENCE']
  test.each(
    cases.filter(({ faults }) => faults.some((fault) => NEVER_LEFT.includes(fault.split(' ')[1] ?? ''))),
  )('by types alone as well: $product: $because', async ({ product, given, faults }) => {
    const asked = await askWith(product, withValues(leastInput(product), given), { validation: 'types' })
    expectRefused(
      asked,
      faults.map((fault) => `input.${fault}`),
    )
  })
})

describe('which project is meant', () => {
  test.each(BOTH)(
    '%s: without one in the input, the headers or the settings the field is asked for',
    async (product) => {
      expectRefused(await askWith(product, leastInput(product), { projectId: null }), [
        'input.projectId REQUIRED',
      ])
    },
  )

  test.each(BOTH)('%s: null in the input means the configured one', async (product) => {
    const asked = await askWith(
      product,
      { ...leastInput(product), projectId: null },
      { projectId: 'configured' },
    )
    expectSent(asked)
    expect(asked.calls[0]?.path).toMatch(/^\/v2\/configured\//)
  })
})

describe('ROMA Connect: how many instances one mutation may name', () => {
  const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `instance-${index}`)
  const input = (instanceIds: Json): Json => ({ ...leastInput('ROMA_CONNECT'), instanceIds })

  test.each([1, 2, 10])('%i are sent', async (count) => {
    expectSent(await askWith('ROMA_CONNECT', input(ids(count))))
  })

  test.each([0, 501])('%i are refused', async (count) => {
    const asked = await askWith('ROMA_CONNECT', input(ids(count)))
    expectRefused(asked, ['input.instanceIds LIST_SIZE'])
    expect(validationOf(asked.answer)[0]?.params).toMatchObject({ min: 1, max: 500, actual: count })
  })

  test.each(['pages', 'current', 'types'] as const)('none may be named twice (%s)', async (validation) => {
    const asked = await askWith('ROMA_CONNECT', input(['a', 'b', 'a', 'b', 'a']), { validation })
    expectRefused(
      asked,
      [2, 3, 4].map((index) => `input.instanceIds.${index} UNIQUE`),
    )
  })

  test('ids that differ in case alone are two', async () => {
    expectSent(await askWith('ROMA_CONNECT', input(['a', 'A'])))
  })

  test('the limit is not left to the cloud by types alone', async () => {
    expectRefused(await askWith('ROMA_CONNECT', input(ids(501)), { validation: 'types' }), [
      'input.instanceIds LIST_SIZE',
    ])
  })
})

describe('every enum value is taken', () => {
  const ENUMS: Readonly<Record<string, readonly string[]>> = {
    balanceStrategy: ['WEIGHTED_ROUND_ROBIN', 'WEIGHTED_LEAST_CONNECTIONS', 'SOURCE_HASH', 'URI_HASH'],
    memberType: ['IP', 'ECS'],
    type: ['SERVER', 'MICROSERVICE'],
    'members.0.status': ['AVAILABLE', 'UNAVAILABLE'],
    'healthCheck.protocol': ['TCP', 'HTTP', 'HTTPS'],
    'healthCheck.method': ['GET', 'HEAD'],
    'healthCheck.status': ['AVAILABLE', 'UNAVAILABLE'],
  }
  test.each(
    BOTH.flatMap((product) =>
      Object.entries(ENUMS).flatMap(([at, values]) => values.map((value) => ({ product, at, value }))),
    ),
  )('$product: $at $value', async ({ product, at, value }) => {
    expectSent(await askWith(product, withValue(fullInput(product), at, value)))
  })
  test.each(['DEPLOYMENT', 'STATEFUL_SET', 'DAEMON_SET'])('workloadType %s', async (workloadType) => {
    expectSent(
      await askWith('APIG', { ...leastInput('APIG'), microservice: { cce: { ...CCE, workloadType } } }),
    )
  })
})
