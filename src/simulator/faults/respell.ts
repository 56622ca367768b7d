import type { Answer } from '../http/exchange.ts'
import { isJsonObject, type JsonObject } from '../http/json.ts'
import type { Behaviour } from './behaviour.ts'
import type { Habit } from './fault.ts'
import { respellHost } from './respell-host.ts'

/** The parts of a channel that have a second spelling. */
export const SPELLINGS = [
  /** IPv6 addresses in full or in short, and the letter case of any host. */
  'hosts',
  /** Blanks at the ends of texts: gone, or one more after a remark. */
  'blanks',
  /** A group's labels: in reverse order, or left out. */
  'labels',
  /** The order of groups and servers. */
  'order',
  /** A server's port is shown as 0 where it is the channel's. */
  'ports',
  /** The method of a TCP check is shown as `""`. */
  'method',
  /** Absent values: `null` or missing in place of `""` or 0, and the reverse. */
  'nothing',
  /** Nanoseconds in reads, seconds in the answers of writes. */
  'times',
] as const
type Spelling = (typeof SPELLINGS)[number]

type Of<Kind extends Habit['kind']> = Extract<Habit, { kind: Kind }>

/** Shows the same values in another spelling; the seed chooses among several. */
export function respell({ seed = 0, what }: Of<'respell'>): Behaviour {
  const chosen: ReadonlySet<string> = new Set(what?.split('+') ?? SPELLINGS)
  const has = (spelling: Spelling): boolean => chosen.has(spelling)
  const spellings: ((object: JsonObject) => JsonObject)[] = [
    ...(has('hosts') ? [withHost(seed)] : []),
    ...(has('blanks') ? [withBlanks(seed)] : []),
    ...(has('labels') ? [withLabels(seed)] : []),
    ...(has('ports') ? [withoutOwnPorts] : []),
    ...(has('method') ? [withoutTcpMethod] : []),
    ...(has('order') ? [inOtherOrder(seed)] : []),
    ...(has('nothing') ? [withOtherNothing(seed)] : []),
  ]
  return {
    ...(has('times') && { before: (call) => ({ ...call, swapsTimes: true }) }),
    after: (answer: Answer) =>
      isJsonObject(answer.body) ? { ...answer, body: everywhere(answer.body, spellings) } : answer,
  }
}

/** Respells an object before the objects in it: servers need the port of their channel. */
function everywhere(
  object: JsonObject,
  spellings: readonly ((object: JsonObject) => JsonObject)[],
): JsonObject {
  const respelt = spellings.reduce((spelt, spelling) => spelling(spelt), object)
  return mapValues(respelt, (value) => {
    if (Array.isArray(value)) {
      return value.map((item: unknown) => (isJsonObject(item) ? everywhere(item, spellings) : item))
    }
    return isJsonObject(value) ? everywhere(value, spellings) : value
  })
}

const withHost =
  (seed: number) =>
  (object: JsonObject): JsonObject =>
    mapValues(object, (value, name) =>
      name === 'host' && typeof value === 'string' ? respellHost(value, seed) : value,
    )

const withBlanks =
  (seed: number) =>
  (object: JsonObject): JsonObject =>
    mapValues(object, (value, name) => {
      if (typeof value !== 'string') return value
      const isRemark = name === 'member_group_remark' && value !== ''
      return isRemark && seed % 2 === 1 ? `${value.trim()} ` : value.trim()
    })

const withLabels =
  (seed: number) =>
  (object: JsonObject): JsonObject => {
    const { microservice_labels: labels, ...others } = object
    if (!Array.isArray(labels)) return object
    return seed % 2 === 1 ? others : { ...others, microservice_labels: labels.toReversed() }
  }

function withoutOwnPorts(object: JsonObject): JsonObject {
  const { members, port } = object
  if (!Array.isArray(members) || port === undefined) return object
  return {
    ...object,
    members: members.map((member: JsonObject) => (member['port'] === port ? { ...member, port: 0 } : member)),
  }
}

function withoutTcpMethod(object: JsonObject): JsonObject {
  return object['protocol'] === 'tcp' ? { ...object, method: '' } : object
}

const inOtherOrder =
  (seed: number) =>
  (object: JsonObject): JsonObject =>
    mapValues(object, (value, name) => {
      if (!Array.isArray(value) || !['members', 'member_groups'].includes(name)) return value
      const from = seed % Math.max(1, value.length)
      return [...value.slice(from), ...value.slice(0, from)].toReversed()
    })

/** Fields in which 0 means absent; a weight of 0 is a value. */
const PORTS = ['port', 'microservice_port']
/** Fields that an answer may leave out, by a field that the same object always has. */
const LEFT_OUT: Readonly<Record<string, JsonObject>> = {
  member_group_weight: { microservice_version: '', microservice_port: 0, dict_code: '' },
  balance_strategy: { vpc_health_config: { protocol: '', path: '', method: '', http_code: '', id: '' } },
}

const withOtherNothing =
  (seed: number) =>
  (object: JsonObject): JsonObject => {
    if (seed % 3 === 2) {
      const more = Object.entries(LEFT_OUT).filter(([sign]) => sign in object)
      return Object.assign({}, ...more.map(([, fields]) => fields), object)
    }
    const isNothing = (name: string, value: unknown) => value === '' || (value === 0 && PORTS.includes(name))
    if (seed % 3 === 1) {
      return Object.fromEntries(Object.entries(object).filter(([name, value]) => !isNothing(name, value)))
    }
    return mapValues(object, (value, name) => (isNothing(name, value) ? null : value))
  }

function mapValues(object: JsonObject, map: (value: unknown, name: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]))
}
