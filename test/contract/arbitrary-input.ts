import fc from 'fast-check'

/*
 * Random inputs in which every optional field is omitted, `null`, empty or filled, within what the cloud needs to be
 * there at all (ids, hosts, names that are referred to): what stands here would be sent with VALIDATION=types.
 */
type Fields = Record<string, fc.Arbitrary<unknown>>

const OMITTED = Symbol('omitted')

/** An object with `required`, and with each of `optional` omitted, `null` or given. */
const object = (required: Fields, optional: Fields): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({
      ...required,
      ...Object.fromEntries(
        Object.entries(optional).map(([name, value]) => [
          name,
          fc.oneof(fc.constant(OMITTED), fc.constant(null), { arbitrary: value, weight: 3 }),
        ]),
      ),
    })
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== OMITTED)))

const text = fc.string({ maxLength: 12 })
const filledText = fc.string({ minLength: 1, maxLength: 12 })
const integer = fc.integer()
const port = fc.integer({ min: 0, max: 65_535 })
const id = fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/)

const label = fc.record({ name: filledText, value: filledText })

const GROUP = 'a group'
const group = object(
  { name: fc.constant(GROUP) },
  {
    remark: text,
    weight: integer,
    dictCode: text,
    microserviceVersion: text,
    microservicePort: port,
    microserviceLabels: fc.array(label, { maxLength: 2 }),
  },
)

const availability = fc.constantFrom('AVAILABLE', 'UNAVAILABLE')

const member = (memberType: 'IP' | 'ECS', mayNameGroup: boolean): fc.Arbitrary<object> => {
  const needed: Fields =
    memberType === 'IP' ? { host: filledText } : { ecsId: filledText, ecsName: filledText }
  return object(needed, {
    ...(memberType === 'IP' ? { ecsId: text, ecsName: text } : { host: text }),
    port,
    weight: integer,
    isBackup: fc.boolean(),
    status: availability,
    memberGroupName: mayNameGroup ? fc.constant(GROUP) : fc.constant(null),
  })
}

const check = fc.constantFrom('TCP', 'HTTP', 'HTTPS').chain((protocol) =>
  object(
    {
      protocol: fc.constant(protocol),
      healthyThreshold: integer,
      unhealthyThreshold: integer,
      intervalSeconds: integer,
      timeoutSeconds: integer,
      ...(protocol !== 'TCP' && { path: filledText, httpCodes: fc.constant('200') }),
    },
    {
      ...(protocol === 'TCP' && { path: text, httpCodes: text }),
      method: fc.constantFrom('GET', 'HEAD'),
      port,
      enableClientSsl: fc.boolean(),
      status: availability,
    },
  ),
)

const workload = {
  clusterId: text,
  namespace: text,
  workloadType: fc.constantFrom('DEPLOYMENT', 'STATEFUL_SET', 'DAEMON_SET'),
}

const microservice: fc.Arbitrary<object> = fc.oneof(
  fc.record({ cse: fc.record({ engineId: text, serviceId: text }) }),
  fc.record({ cce: object({ ...workload, appName: filledText }, { labelKey: text, labelValue: text }) }),
  fc.record({
    cce: object({ ...workload, labelKey: filledText, labelValue: filledText }, { appName: text }),
  }),
)

const balanceStrategy = fc.constantFrom(
  'WEIGHTED_ROUND_ROBIN',
  'WEIGHTED_LEAST_CONNECTIONS',
  'SOURCE_HASH',
  'URI_HASH',
)

/** `balanceStrategy` and `memberType` cannot be `null`, but can be left to the schema. */
const channel = (more: Fields): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({
      memberType: fc.constantFrom('IP' as const, 'ECS' as const),
      isMemberTypeGiven: fc.boolean(),
      balanceStrategy: fc.option(balanceStrategy),
      memberGroups: fc.constantFrom('omitted', 'null', 'empty', 'some'),
    })
    .chain(({ memberType, isMemberTypeGiven, balanceStrategy, memberGroups }) =>
      object(
        {
          name: text,
          port,
          ...(balanceStrategy !== null && { balanceStrategy: fc.constant(balanceStrategy) }),
          ...((isMemberTypeGiven || memberType === 'IP') && { memberType: fc.constant(memberType) }),
          ...(memberGroups === 'null' && { memberGroups: fc.constant(null) }),
          ...(memberGroups === 'empty' && { memberGroups: fc.constant([]) }),
          ...(memberGroups === 'some' && { memberGroups: group.map((one) => [one]) }),
          ...more,
        },
        {
          dictCode: text,
          members: fc.uniqueArray(member(memberType, memberGroups !== 'empty'), {
            maxLength: 2,
            selector: (one) => Object(one)[memberType === 'IP' ? 'host' : 'ecsId'].trim().toLowerCase(),
          }),
          healthCheck: check,
          microservice,
        },
      ),
    )

/** A channel of servers may come with a microservice; one of a microservice has to. */
const withType = (
  inputs: fc.Arbitrary<Record<string, unknown>>,
  noType: readonly unknown[],
): fc.Arbitrary<Record<string, unknown>> =>
  inputs.chain((input) => {
    const types = ['SERVER', ...(input['microservice'] ? ['MICROSERVICE'] : []), ...noType]
    return fc.constantFrom(...types).map((type) => (type === undefined ? input : { ...input, type }))
  })

export const createInputs = withType(channel({ instanceId: id }), [undefined])

export const upsertInputs = withType(
  channel({ instanceIds: fc.uniqueArray(id, { minLength: 1, maxLength: 10 }) }),
  [undefined, null],
)
