import { errorCodeRows } from '../../fixtures/error-codes.ts'
import { type ReceivedCall, startUpstream, type TestUpstream } from '../../support/start-upstream.ts'
import { type Dice, diceOf } from '../../unit/execution/dice.ts'

/*
 * A cloud whose answers follow from what it is asked and by whom, not from when: two gateways that ask the same get the
 * same. The token of a call names the comparison that it belongs to.
 */

/** Starts one; its calls are kept by their tokens. */
export async function startScriptedCloud(): Promise<
  TestUpstream & { readonly callsBy: (token: string) => readonly ReceivedCall[] }
> {
  const byToken = new Map<string, ReceivedCall[]>()
  const upstream = await startUpstream((call, { response }) => {
    const token = String(call.headers['x-auth-token'])
    const calls = byToken.get(token) ?? []
    byToken.set(token, calls)
    const before = calls.filter((one) => keyOf(one) === keyOf(call)).length
    calls.push(call)
    const { status, body, end = 'whole', headers } = answerTo(token, call, before)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    if (end === 'early') {
      response.destroy()
      return undefined
    }
    if (end === 'whole') return { status, body: text, headers: { 'x-request-id': 'upstream-1', ...headers } }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length + 10 })
    response.write(text.slice(0, text.length / 2), () => response.destroy())
    return undefined
  })
  return Object.assign(upstream, { callsBy: (token: string) => byToken.get(token) ?? [] })
}

const keyOf = ({ method, path, body }: ReceivedCall): string => `${method} ${path} ${body}`

interface Scripted {
  readonly status: number
  readonly body: unknown
  readonly end?: 'whole' | 'cut' | 'early'
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Half of all callers meet a cloud that works. For the others every write may fail, and reads of one kind, all in the same
 * way: which of several reads at once fails first cannot be told then.
 */
function answerTo(token: string, call: ReceivedCall, before: number): Scripted {
  // A read that is made twice at once is answered the same.
  const dice = diceOf(`${token} ${keyOf(call)} ${call.method === 'GET' ? '' : before}`)
  const caller = diceOf(token)
  if (works(token)) return success(dice, call, 0.02)
  if (call.method !== 'GET') return dice.chance(0.5) ? success(dice, call, 0.1) : failure(dice, call)
  const failing = caller.of(['features', 'configs', 'instances/', 'project', 'all'])
  const kind = kindOf(call.path)
  const isFailing = (failing === 'all' && kind === 'instances/') || failing === kind
  return isFailing && before < caller.below(6) ? failure(caller, call) : success(dice, call, 0.1)
}

/** Whether the cloud refuses nothing to a caller. */
export const works = (token: string): boolean => diceOf(`${token} works`).chance(0.5)

const kindOf = (path: string): string =>
  ['features', 'configs', 'instances/'].find((part) => path.includes(part)) ?? 'project'

function failure(dice: Dice, call: ReceivedCall): Scripted {
  if (dice.chance(0.05)) {
    return { status: 200, body: success(dice, call, 0).body, end: dice.chance(0.5) ? 'cut' : 'early' }
  }
  if (dice.chance(0.05)) return { status: dice.of([200, 201, 204, 502]) ?? 200, body: dice.of(GARBAGE) ?? '' }
  // Later than any operation waits: repetitions have a budget that is shared by all, and who gets it is chance.
  const headers = { 'retry-after': '600' }
  if (dice.chance(0.15))
    return { status: dice.of([502, 503, 504]) ?? 503, body: dice.of(GARBAGE) ?? '', headers }
  const row = dice.of(errorCodeRows)
  const status = dice.chance(0.6) ? row?.status : dice.of([400, 401, 403, 404, 409, 429, 500, 503])
  return {
    status: status ?? 500,
    body: dice.chance(0.1)
      ? dice.of(GARBAGE)
      : { error_code: row?.code, error_msg: dice.of(MESSAGES), request_id: 'request-1' },
    headers,
  }
}

const GARBAGE = ['', 'null', '[]', '<html><body>502</body></html>', '{"id":', '"text"', '{}']
const MESSAGES = [
  'The request failed.',
  'Invalid parameter, parameterName:name',
  'parameter name:members. Please refer',
  '频道不存在',
]

function success(dice: Dice, { method, path, json }: ReceivedCall, oddness: number): Scripted {
  if (path.includes('/features'))
    return {
      status: 200,
      body: { total: 1, features: [{ name: 'vpc_name_modifiable', enable: dice.chance(0.2) }] },
    }
  const channel = (id: string, more: object = {}) => ({ ...channelOf(dice, oddness), id, ...more })
  if (method === 'POST') return { status: 201, body: channel('c-new', { name: json?.name }) }
  if (method === 'PUT') {
    const ids: readonly string[] = Array.isArray(json?.instance_ids) ? json.instance_ids : []
    const channels = ids
      .filter(() => !dice.chance(oddness))
      .map((instance_id) => channel(`c-${instance_id}`, { instance_id, name: json?.name }))
    return { status: 200, body: { project_vpc_channels: channels, vpc_channels: channels } }
  }
  if (/vpc-channels\/[^/]+$/.test(path)) return { status: 200, body: channel('c-1', { instance_id: 'i-1' }) }
  const count = dice.below(4)
  const channels = Array.from({ length: count }, (_, index) =>
    channel(`c-${index}`, { instance_id: `i-${index % 2}` }),
  )
  return {
    status: 200,
    body: { total: count, size: count, vpc_channels: channels, project_vpc_channels: channels },
  }
}

const ODD: readonly unknown[] = [
  '',
  null,
  [],
  {},
  0,
  -1,
  'no such value',
  1e300,
  '2020-13-45T99:99:99Z',
  true,
]

/** A channel with some of its fields; now and then one of another kind than the pages say, or a value that no table knows. */
function channelOf(dice: Dice, oddness: number): object {
  const either = (value: unknown) => (dice.chance(oddness) ? dice.of(ODD) : value)
  const fields: Record<string, unknown> = {
    port: either(8080),
    balance_strategy: either(1 + dice.below(4)),
    member_type: either(dice.of(['ip', 'ecs'])),
    type: either(dice.of([2, 3, 'builtin'])),
    status: either(1),
    dict_code: either('dict "1"\u2028'),
    create_time: either('2020-07-23T07:11:57.244829604Z'),
    member_groups: either([
      {
        member_group_name: either('group'),
        microservice_labels: either([{ label_name: 'app', label_value: '中' }]),
      },
    ]),
    members: either([
      { host: either('192.168.0.5'), weight: either(1), status: either(1) },
      { host: '192.168.0.6', is_backup: true },
    ]),
    vpc_health_config: either({ protocol: either('http'), threshold_normal: either(2), http_code: '200' }),
    microservice_info: either(
      dice.chance(0.5)
        ? { service_type: either('CSE'), cse_info: { engine_id: 'e', service_id: 's' } }
        : { service_type: either('CCE'), cce_info: { cluster_id: 'k', workload_type: either('deployment') } },
    ),
  }
  const kept = Object.entries(fields).filter(() => dice.chance(0.75))
  return { name: dice.chance(oddness) ? dice.of(ODD) : 'vpc_demo', ...Object.fromEntries(kept) }
}
