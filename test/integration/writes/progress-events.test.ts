import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startGateway, type TestGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import { crowd, INSTANCES, MISSING, ORDERS, ORDERS_REST, type Pair, startPair } from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = ''] = INSTANCES
const PUT = { method: 'PUT' }

const PROGRESS = `subscription Progress($input: UpsertProjectVpcChannelsInput!, $planId: ID) {
  upsertProjectVpcChannels(input: $input, planId: $planId) {
    finished requested
    result {
      instanceId outcome vpcChannel { name members { host } }
      error { code reason effect requestId message }
    }
  }
}`

interface Event {
  readonly data?: {
    readonly upsertProjectVpcChannels: {
      readonly finished: number
      readonly requested: number
      readonly result: {
        readonly instanceId: string
        readonly outcome: string
        readonly vpcChannel: object | null
        readonly error: { readonly code: string; readonly effect: string; readonly requestId: string } | null
      }
    }
  } | null
  // biome-ignore lint/suspicious/noExplicitAny: as the contract shapes it
  readonly errors?: readonly { readonly message: string; readonly extensions: any }[]
}

interface Listening {
  readonly response: Response
  /** The events one by one; ends with `complete`. */
  readonly events: AsyncGenerator<Event, 'complete' | 'cut'>
  readonly leave: () => void
}

async function listen(
  { gateway, token }: { readonly gateway: TestGateway; readonly token: string },
  variables: object,
  {
    headers = {},
    document = PROGRESS,
  }: { headers?: Readonly<Record<string, string>>; document?: string } = {},
): Promise<Listening> {
  const leaving = new AbortController()
  const response = await fetch(gateway.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-auth-token': token,
      ...headers,
    },
    body: JSON.stringify({ query: document, variables }),
  })
  return { response, events: eventsOf(response), leave: () => leaving.abort() }
}

async function* eventsOf(response: Response): Listening['events'] {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const fields = new Map(message.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]))
      if (fields.get('event') === 'complete') return 'complete'
      const data = fields.get('data')
      if (fields.get('event') === 'next' && data) yield JSON.parse(data)
    }
  }
  return 'cut'
}

/** All events, and how the stream ended. */
async function all({ events }: Listening): Promise<{ events: Event[]; end: string }> {
  const seen: Event[] = []
  for (;;) {
    const { done, value } = await events.next()
    if (done) return { events: seen, end: value }
    seen.push(value)
  }
}

const progressOf = ({ data }: Event) => {
  if (!data) throw new Error('an event without data')
  return data.upsertProjectVpcChannels
}
const inWords = (event: Event): string => {
  const { finished, requested, result } = progressOf(event)
  return [`${finished}/${requested}`, result.instanceId, result.outcome, result.error?.code]
    .filter(Boolean)
    .join(' ')
}

describe('progress', () => {
  test('tells each instance once as it ends, and counts up', async () => {
    await using pair = await startPair()
    await pair.have([TWO], { ...ORDERS_REST, port: 81 })
    await pair.have([THREE], ORDERS_REST)
    const listening = await listen(pair, { input: { ...ORDERS, instanceIds: [ONE, TWO, THREE] } })
    expect(listening.response.status).toBe(200)
    expect(listening.response.headers.get('content-type')).toContain('text/event-stream')
    expect(listening.response.headers.get('x-request-id')).toMatch(/./)
    const { events, end } = await all(listening)
    expect(events.map(inWords)).toEqual([
      `1/3 ${ONE} CREATED`,
      `2/3 ${TWO} UPDATED`,
      `3/3 ${THREE} UNCHANGED`,
    ])
    expect(progressOf(events[0] as Event).result.vpcChannel).toEqual({
      name: 'orders',
      members: [{ host: '192.168.0.21' }, { host: '192.168.0.22' }],
    })
    expect(end).toBe('complete')
  })

  test('comes as each chunk is done, not at the end', async () => {
    const held: { readonly id: string; readonly response: ServerResponse; readonly body: object }[] = []
    await using upstream = await startUpstream((call, { response }) => {
      if (call.method !== 'PUT') return { body: { total: 0, size: 0, project_vpc_channels: [] } }
      const [id] = call.json.instance_ids
      held.push({
        id,
        response,
        body: { project_vpc_channels: [{ ...call.json, id: 'c', instance_id: id }] },
      })
      return undefined
    })
    await using gateway = await startGateway({ upstream: upstream.url, instancesPerCall: 1 })
    const ids = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6']
    const listening = await listen(
      { gateway, token: TOKEN },
      { input: { ...ORDERS, members: [], instanceIds: ids } },
      {
        document: `subscription ($input: UpsertProjectVpcChannelsInput!) {
        upsertProjectVpcChannels(input: $input) { finished requested result { instanceId outcome } }
      }`,
      },
    )
    const told: string[] = []
    for (let finished = 1; finished <= ids.length; finished += 1) {
      await expect.poll(() => held.length, { interval: 2 }).toBeGreaterThan(0)
      // The last of those under way first.
      const one = held.pop()
      one?.response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(one.body))
      const { value } = await listening.events.next()
      expect(inWords(value as Event)).toBe(`${finished}/6 ${one?.id} CREATED`)
      told.push(one?.id ?? '')
    }
    expect(told.toSorted()).toEqual(ids)
    expect(await listening.events.next()).toEqual({ done: true, value: 'complete' })
  })

  test('of 500 instances is 500 events', async () => {
    const { seed, ids } = crowd(500)
    await using pair = await startPair({ seed })
    const { events, end } = await all(
      await listen(
        pair,
        { input: { ...ORDERS, instanceIds: ids } },
        {
          document: PROGRESS.replace('members { host }', 'port'),
        },
      ),
    )
    expect(end).toBe('complete')
    expect(events.map((event) => progressOf(event).finished)).toEqual(ids.map((_, index) => index + 1))
    expect(events.map((event) => progressOf(event).result.instanceId).sort()).toEqual(ids.toSorted())
    expect((await pair.seen()).size).toBe(500)
  })

  test('of some failures is data, like that of all the others', async () => {
    await using pair = await startPair()
    const instanceIds = [MISSING, ONE, ROMA_FULL]
    const listening = await listen(pair, { input: { ...ORDERS, instanceIds } })
    const { events, end } = await all(listening)
    expect(events.map(inWords)).toEqual([
      `1/3 ${MISSING} FAILED NOT_FOUND`,
      `2/3 ${ONE} CREATED`,
      `3/3 ${ROMA_FULL} FAILED QUOTA_EXCEEDED`,
    ])
    expect(progressOf(events[0] as Event).result.error?.requestId).toBe(
      listening.response.headers.get('x-request-id'),
    )
    expect(end).toBe('complete')
  })

  test('of nothing but failures tells each, without an error besides', async () => {
    await using pair = await startPair()
    const instanceIds = [MISSING, ROMA_NAME_MODIFIABLE]
    const { events, end } = await all(await listen(pair, { input: { ...ORDERS, instanceIds } }))
    expect(events.map(inWords)).toEqual([
      `1/2 ${MISSING} FAILED NOT_FOUND`,
      `2/2 ${ROMA_NAME_MODIFIABLE} FAILED FAILED_PRECONDITION`,
    ])
    expect(events.every(({ errors }) => errors === undefined)).toBe(true)
    expect(end).toBe('complete')
  })

  test('of what nobody can tell says so', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match: PUT, times: 2 })
    const { events } = await all(await listen(pair, { input: { ...ORDERS, instanceIds: [ONE] } }))
    expect(events.map(inWords)).toEqual([`1/1 ${ONE} UNKNOWN UPSTREAM_UNAVAILABLE`])
    expect(progressOf(events[0] as Event).result.error?.effect).toBe('UNKNOWN')
  })

  test('is asked for with a plan too', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, instanceIds: [ONE] }
    const { planId } = await pair.plan(input)
    const { events } = await all(await listen(pair, { input, planId }))
    expect(events.map(inWords)).toEqual([`1/1 ${ONE} CREATED`])
  })
})

describe('a write that is refused before it begins', () => {
  async function refusal(
    pair: Pair,
    variables: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<NonNullable<Event['errors']>[number]> {
    const listening = await listen(pair, variables, { headers })
    const { events, end } = await all(listening)
    expect(end).toBe('complete')
    expect(events).toHaveLength(1)
    expect(events[0]?.data ?? null).toBeNull()
    expect(events[0]?.errors).toHaveLength(1)
    const [error] = events[0]?.errors ?? []
    if (error === undefined) throw new Error('an event without an error')
    expect(error.message).not.toBe('')
    expect(error.extensions.requestId).toBe(listening.response.headers.get('x-request-id'))
    expect(error.extensions.effect).toBe('NOT_APPLIED')
    expect(pair.puts).toEqual([])
    return error
  }

  test('is one error event: an input that breaks rules', async () => {
    await using pair = await startPair()
    const { extensions } = await refusal(pair, {
      input: { ...ORDERS, name: 'x', port: 0, instanceIds: [ONE] },
    })
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      retry: { retryable: false },
      validation: expect.arrayContaining([
        expect.objectContaining({ path: ['input', 'name'], rule: 'LENGTH', source: 'GATEWAY' }),
        expect.objectContaining({ path: ['input', 'port'], rule: 'RANGE', source: 'GATEWAY' }),
      ]),
    })
    expect(pair.calls).toEqual([])
  })

  // Fails: the error has neither `effect` nor `validation`, and echoes the value (`isAboutVariable` in
  // src/graphql/refused-arguments.ts does not know that subscriptions get a code for it).
  test('is one error event: a value of another type', async () => {
    await using pair = await startPair()
    const { extensions } = await refusal(pair, { input: { ...ORDERS, port: 'x', instanceIds: [ONE] } })
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', 'port'], rule: 'TYPE', source: 'GATEWAY' }],
    })
  })

  test('is one error event: no token', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, instanceIds: [ONE] }
    const { extensions } = await refusal(pair, { input }, { 'x-auth-token': '' })
    expect(extensions.code).toBe('UNAUTHENTICATED')
  })

  test('is one error event: a plan that does not hold any more', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, instanceIds: [ONE] }
    const { planId } = await pair.plan(input)
    await pair.have([ONE], { ...ORDERS_REST, port: 81 })
    const { extensions } = await refusal(pair, { input, planId })
    expect(extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'PLAN_OUTDATED',
      validation: [{ params: { instanceId: ONE, action: 'WOULD_UPDATE' } }],
    })
  })

  test('is one error event: nothing of what is there can be read', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } })
    const { extensions } = await refusal(pair, { input: { ...ORDERS, instanceIds: [ONE] } })
    expect(extensions.code).toBe('FORBIDDEN')
  })

  test('speaks the language of the caller', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, name: 'x', instanceIds: [ONE] }
    const { message } = await refusal(pair, { input }, { 'accept-language': 'zh-CN' })
    expect(message).toMatch(/[\u4e00-\u9fff]/)
  })

  // Fails: a GET with `Accept: text/event-stream` writes, unlike a GET with a mutation. Nothing in a subscription's own
  // files knows the method.
  test('by a GET, which is safe: nothing is sent', async () => {
    await using pair = await startPair()
    const query = new URLSearchParams({
      query: PROGRESS,
      variables: JSON.stringify({ input: { ...ORDERS, instanceIds: [ONE] } }),
    })
    const response = await fetch(`${pair.gateway.url}?${query}`, {
      headers: { accept: 'text/event-stream', 'x-auth-token': pair.token },
    })
    await response.text()
    expect(pair.puts).toEqual([])
  })

  test('by a caller who could not read the progress: nothing is sent', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, instanceIds: [ONE] }
    const { response } = await listen(pair, { input }, { headers: { accept: 'application/json' } })
    expect(response.status).toBe(406)
    await response.text()
    expect(pair.calls).toEqual([])
  })
})

describe('a listener who leaves', () => {
  /** A batch of five calls, each of which takes a while. */
  async function startSlow(): Promise<{ readonly pair: Pair; readonly ids: readonly string[] }> {
    const { seed, ids } = crowd(8)
    const pair = await startPair({ seed, instancesPerCall: 1 })
    pair.sandbox.failNext({ kind: 'delay', ms: 30 }, { match: PUT, skip: 1, times: 7 })
    return { pair, ids }
  }

  test.each(['after the first event', 'before any event'])('does not stop the write: %s', async (when) => {
    const { pair, ids } = await startSlow()
    await using _ = pair
    const listening = await listen(pair, { input: { ...ORDERS, instanceIds: ids } })
    if (when === 'after the first event') {
      expect(progressOf((await listening.events.next()).value as Event).finished).toBe(1)
    } else {
      await expect.poll(() => pair.puts.length, { interval: 2 }).toBeGreaterThan(0)
    }
    listening.leave()
    await expect
      .poll(async () => [...(await pair.seen()).keys()].sort(), { interval: 5 })
      .toEqual(ids.toSorted())
    expect(pair.puts.flat().sort()).toEqual(ids.toSorted())
    // Its locks are free, its log line is there with all of its calls.
    expect(await pair.outcomes({ ...ORDERS, instanceIds: ids })).toEqual(ids.map(() => 'UNCHANGED'))
    const lines = () => pair.gateway.logged.filter(({ kind }) => kind === 'subscription')
    await expect.poll(lines, { interval: 5 }).toHaveLength(1)
    expect(callsIn(lines()[0])).toEqual([
      'listProjectVpcChannels',
      ...ids.map(() => 'upsertProjectVpcChannels'),
    ])
  })

  test('does not leave the gateway with anything to trip over when it stops', async () => {
    const { pair, ids } = await startSlow()
    const listening = await listen(pair, { input: { ...ORDERS, instanceIds: ids } })
    await listening.events.next()
    listening.leave()
    await expect.poll(async () => (await pair.seen()).size, { interval: 5 }).toBe(ids.length)
    await pair[Symbol.asyncDispose]()
  })
})

const callsIn = (line: Record<string, unknown> | undefined): string[] =>
  (line?.['upstream'] as { operation: string }[] | undefined)?.map(({ operation }) => operation) ?? []

describe('the log', () => {
  test('has one line at the end, with all calls and no names of servers', async () => {
    const { seed, ids } = crowd(25)
    await using pair = await startPair({ seed })
    pair.sandbox.failNext({ kind: 'reset-after-body' }, { match: PUT })
    await all(
      await listen(
        pair,
        { input: { ...ORDERS, instanceIds: ids } },
        {
          document: PROGRESS.replace('members { host }', 'port'),
        },
      ),
    )
    await expect.poll(() => pair.gateway.logged.length, { interval: 2 }).toBeGreaterThan(0)
    expect(pair.gateway.logged).toHaveLength(1)
    const [line] = pair.gateway.logged
    expect(line).toMatchObject({ kind: 'subscription', operationName: 'Progress' })
    expect(callsIn(line).sort()).toEqual([
      'listProjectVpcChannels',
      'listProjectVpcChannels',
      'upsertProjectVpcChannels',
      'upsertProjectVpcChannels',
      'upsertProjectVpcChannels',
    ])
    expect(JSON.stringify(line)).not.toContain('192.168.')
    expect(JSON.stringify(line)).not.toContain(pair.token)
  })
})
