import { setImmediate as turn } from 'node:timers/promises'
import {
  type GatewayOptions,
  startGateway,
  type TestGateway,
  WIDE_DOCUMENTS,
} from '../../support/start-gateway.ts'
import { type PlannedAnswer, type ReceivedCall, startUpstream } from '../../support/start-upstream.ts'

/** A channel as the cloud answers it. */
export interface StoredChannel {
  readonly id?: string
  readonly name?: string
  readonly [field: string]: unknown
}

export interface StoreOptions {
  /** Channels by `apigw/{instance_id}` or `apic/{instance_id}`; an instance that is not here does not exist. */
  readonly instances: Readonly<Record<string, readonly StoredChannel[]>>
  /** The most channels that one list answers, whatever it is asked for. */
  readonly cap?: number
  /** What a list says its `total` is. */
  readonly total?: (total: number, offset: number) => unknown
  /** Turns of the event loop that each call takes: time for the gateway to send all it will send at once. */
  readonly turns?: number
  /** Answers some calls in the store's place. */
  readonly instead?: (call: ReceivedCall) => PlannedAnswer | undefined
}

export interface ReadingPair extends AsyncDisposable {
  readonly send: TestGateway['send']
  readonly calls: readonly ReceivedCall[]
  /** `GET /v2/…`, without the query. */
  readonly requests: readonly string[]
  /** The most calls that were under way at the same time. */
  readonly mostAtOnce: number
}

/** A gateway in front of an upstream that holds channels, and lists and shows them as the facts of the API say. */
export async function startReading(
  store: StoreOptions,
  options: Omit<GatewayOptions, 'upstream'> = {},
): Promise<ReadingPair> {
  let underWay = 0
  let mostAtOnce = 0
  const upstream = await startUpstream((call, { response }) => {
    const { status = 200, body } = store.instead?.(call) ?? answerOf(store, call)
    underWay += 1
    mostAtOnce = Math.max(mostAtOnce, underWay)
    void (async () => {
      for (let count = 0; count < (store.turns ?? 0); count++) await turn()
      underWay -= 1
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })()
    return undefined
  })
  const gateway = await startGateway({ documents: WIDE_DOCUMENTS, ...options, upstream: upstream.url })
  return {
    send: gateway.send,
    calls: upstream.calls,
    get requests() {
      return upstream.calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
    },
    get mostAtOnce() {
      return mostAtOnce
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

/** `count` channels `prefix-0`, `prefix-1`, … */
export const channels = (count: number, prefix = 'channel'): StoredChannel[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    name: `name-of-${prefix}-${index}`,
  }))

/** The parameters of a call's query, unescaped one by one; `+` is a plus sign, as RFC 3986 has it. */
export function queryOf({ path }: ReceivedCall): Record<string, string> {
  const query = path.split('?')[1] ?? ''
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, decodeURIComponent(value)]))
}

const OF_INSTANCE = /^\/v2\/[^/]+\/(apigw|apic)\/instances\/([^/]+)\/vpc-channels(?:\/([^/]+))?$/
const OF_PROJECT = /^\/v2\/[^/]+\/apic\/vpc-channels$/

const refusal = (status: number, error_code: string): PlannedAnswer => ({
  status,
  body: { error_code, error_msg: 'no such thing' },
})

function answerOf(store: StoreOptions, call: ReceivedCall): PlannedAnswer {
  const [path = ''] = call.path.split('?')
  if (OF_PROJECT.test(path)) return listed(store, call, 'project_vpc_channels', ofProject(store, call))
  const [, api, instance, id] = OF_INSTANCE.exec(path) ?? []
  const held = store.instances[`${api}/${instance}`]
  if (held === undefined) return refusal(404, 'APIG.3030')
  if (id === undefined) return listed(store, call, 'vpc_channels', held)
  const found = held.find((channel) => channel.id === id)
  return found === undefined ? refusal(404, 'APIG.3023') : { body: { ...found, ...partsOf(found) } }
}

function ofProject({ instances }: StoreOptions, call: ReceivedCall): StoredChannel[] {
  const withMembers = queryOf(call)['members_return'] === 'true'
  return Object.entries(instances)
    .filter(([key]) => key.startsWith('apic/'))
    .flatMap(([key, held]) =>
      held.map((channel) => ({
        instance_id: key.slice('apic/'.length),
        ...channel,
        ...(withMembers && partsOf(channel)),
      })),
    )
}

/** What lists leave out. */
const partsOf = ({ id }: StoredChannel): object => ({
  members: [{ id: `member-of-${id}`, vpc_channel_id: id }],
  vpc_health_config: { id: `check-of-${id}`, vpc_channel_id: id, protocol: 'TCP' },
})

function listed(
  { cap = 500, total = (count) => count }: StoreOptions,
  call: ReceivedCall,
  key: string,
  all: readonly StoredChannel[],
): PlannedAnswer {
  const query = queryOf(call)
  const offset = Number(query['offset'] ?? 0)
  const limit = Number(query['limit'] ?? 20)
  if (!(limit >= 1 && limit <= 500)) return refusal(400, 'APIG.2004')
  const part = all.slice(offset, offset + Math.min(limit, cap))
  return { body: { size: part.length, total: total(all.length, offset), [key]: part } }
}
