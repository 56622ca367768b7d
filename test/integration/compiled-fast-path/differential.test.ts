import fc from 'fast-check'
import { expect, test } from 'vitest'
import { samplesOf } from '../../support/exposition.ts'
import { runs } from '../../support/runs.ts'
import type { ReceivedCall } from '../../support/start-upstream.ts'
import { withEach } from '../security/at-once.ts'
import { type AnyOperation, operations } from './any-operation.ts'
import { startScriptedCloud } from './scripted-cloud.ts'
import { type Reply, type Sent, startWatchedGateway } from './watched-gateway.ts'

/*
 * The same requests to two gateways. To the one each text is new, so that graphql-js executes it; to the other it is known, and compiled. What
 * can be seen of both has to be the same: the answer to its last byte, the calls to the cloud, the log, the audit, the metrics.
 */
const OPERATIONS = runs(150)
const TIMES = 8
const AT_ONCE = 24

const mostly = <Value>(usual: readonly Value[], ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: fc.constantFrom(...usual), weight: 14 }, fc.constantFrom(...others))
const often = <Value>(usual: Value, ...others: readonly Value[]) => mostly([usual], ...others)

const headers = fc.record({
  accept: mostly<string | undefined>(
    // With the second, a request that is refused is 400.
    ['application/json', 'application/graphql-response+json'],
    undefined,
    '*/*',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json;charset=utf-8',
    'application/*',
    'text/html, */*;q=0.1',
    'text/event-stream',
    'multipart/mixed, application/json',
    'image/png',
  ),
  'content-type': often('application/json', 'application/json; charset=utf-8', 'text/plain'),
  'accept-language': fc.constantFrom<string | undefined>(undefined, 'zh-CN', 'en', 'zh;q=0.5, en', '*'),
  'x-auth-token': often<string | undefined>('given', undefined, '', 'not a token'),
  'x-project-id': often<string | undefined>(undefined, 'project-2', '..', ''),
  origin: often<string | undefined>(undefined, 'https://console.example', 'https://evil.example'),
  traceparent: often<string | undefined>(
    undefined,
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ),
})

interface Case {
  readonly operation: AnyOperation
  readonly variables: unknown
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly more: object
  readonly method: 'GET' | 'POST'
}

const casesOf = (operation: AnyOperation): fc.Arbitrary<Case> =>
  fc.record({
    operation: fc.constant(operation),
    variables: operation.variables,
    headers,
    method: often('POST', 'GET'),
    more: fc.record({
      operationName:
        operation.names.length > 1
          ? fc.constantFrom(...operation.names, ...operation.names, undefined, 'Unknown')
          : often<string | null | undefined>(undefined, null, '', 'Unknown', ...operation.names),
      extensions: often<object | undefined>(undefined, {}, { persistedQuery: { version: 1 } }),
    }),
  })

/** The request with an id of its own, which is its token as well, and a mark at the end of its text. */
function requestOf(
  { operation, variables, headers: given, more, method }: Case,
  id: string,
  mark: string,
): Sent {
  const query = `${operation.text}\n#${mark.padStart(6, '0')}`
  const all = {
    ...given,
    'x-request-id': id,
    ...(given['x-auth-token'] === 'given' && { 'x-auth-token': id }),
  }
  const known = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  if (method === 'POST') return { headers: known, body: JSON.stringify({ query, variables, ...more }) }
  const { 'content-type': _, ...headersOfGet } = known
  const texts = { query, variables: JSON.stringify(variables ?? null), ...more, extensions: '' }
  const search = new URLSearchParams(
    Object.entries(texts).map(([name, value]) => [name, String(value ?? '').toWellFormed()]),
  )
  return { method, path: `/graphql?${search}`.slice(0, 12_000), headers: headersOfGet }
}

/** Makes an operation known, and calls nobody. */
const firstTime = ({ text }: AnyOperation, mark: string): Sent => ({
  headers: { 'content-type': 'application/json', 'x-request-id': `first-${mark}` },
  body: JSON.stringify({ query: `${text}\n#${mark.padStart(6, '0')}`, operationName: 'First' }),
})

/** Of errors at several places it is the network that says which comes first. */
function shown({ status, headers: { date: _, ...rest }, text }: Reply): object {
  if (!text.startsWith('{')) return { status, headers: rest, text }
  const { errors = [] } = JSON.parse(text)
  if (errors.length < 2) return { status, headers: rest, text }
  const body = JSON.parse(text)
  return {
    status,
    headers: rest,
    keys: Object.keys(body),
    data: JSON.stringify(body.data),
    errors: errors.map((one: unknown) => JSON.stringify(one)).sort(),
  }
}

const callsShown = (calls: readonly ReceivedCall[]): readonly string[] =>
  calls
    .map(({ method, path, headers: { host: _, ...rest }, body }) =>
      JSON.stringify([method, path, rest, body]),
    )
    .sort()

const sorted = (items: unknown): unknown =>
  Array.isArray(items) ? items.map((item) => JSON.stringify(item)).sort() : items

/**
 * A line but for when, how long, and the order of calls that were made at once. A batch reads several things at once, and
 * what ends it does not wait for the others: which of them have ended, and were read, by then is chance.
 */
function lineShown({ time: _, durationMs, msg, upstream, err, ...line }: Record<string, unknown>): string {
  const isBatch = /[a-z]ProjectVpcChannels/.test(JSON.stringify([line['fields'], line['field']]))
  const calls = (upstream as readonly { durationMs?: number }[] | undefined)?.map(
    ({ durationMs: _, ...call }) => call,
  )
  const [said = '', ...saidOfCalls] = String(msg)
    .replaceAll(/[\d.]+ ms/g, '')
    .split(' | ')
  return JSON.stringify({
    ...line,
    said,
    // Its stack is that of the one way or of the other.
    err: err && { ...err, stack: undefined },
    isTimed: typeof durationMs,
    ...(isBatch
      ? { unknownValues: undefined }
      : {
          saidOfCalls: saidOfCalls.sort(),
          upstream: sorted(calls),
          unknownValues: sorted(line['unknownValues']),
        }),
    errors: sorted(line['errors']),
  })
}

function linesById(lines: readonly Record<string, unknown>[]): ReadonlyMap<unknown, readonly string[]> {
  const byId = new Map<unknown, string[]>()
  for (const line of lines)
    byId.set(line['requestId'], [...(byId.get(line['requestId']) ?? []), lineShown(line)])
  for (const of of byId.values()) of.sort()
  return byId
}

/** The series that count; those of time only by how often, and none of values that batches may or may not have read. */
const countersOf = (scrape: string): readonly string[] =>
  samplesOf(scrape)
    .filter(
      ({ name }) =>
        name.startsWith('vpc_channel_gateway_') &&
        !/_(bucket|sum|seconds|bytes)$|unknown_enum_values/.test(name),
    )
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(labels)} ${value}`)
    .sort()

const differenceOf = (some: readonly string[], others: readonly string[]): readonly string[] => [
  ...some.filter((one) => !others.includes(one)).map((one) => `- ${one}`),
  ...others.filter((one) => !some.includes(one)).map((one) => `+ ${one}`),
]

test('the compiled way cannot be told from the other: answers, calls, log, audit and metrics', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const documents = fc.sample(operations, { numRuns: OPERATIONS, seed })
  const cases = documents.flatMap((operation, index) =>
    fc.sample(casesOf(operation), { numRuns: TIMES, seed: seed + index }),
  )

  await using cloudOfOne = await startScriptedCloud()
  await using cloudOfOther = await startScriptedCloud()
  const options = { metrics: true, corsOrigins: ['https://console.example'] }
  await using one = await startWatchedGateway({ ...options, upstream: cloudOfOne.url })
  await using other = await startWatchedGateway({ ...options, upstream: cloudOfOther.url })

  const lanes = Map.groupBy(cases.entries(), ([, { operation }]) => operation)
  const seen = {
    statuses: new Map<number, number>(),
    codes: new Map<string, number>(),
    calls: 0,
    answered: 0,
  }
  await withEach([...lanes.values()], AT_ONCE, async (lane) => {
    const [first, { operation }] = lane[0]!
    await Promise.all([
      one.ask(firstTime(operation, `w${first}`)),
      other.ask(firstTime(operation, `k${first}`)),
    ])
    for (const [index, request] of lane) {
      const id = `case-${index}`
      const [byYoga, known] = await Promise.all([
        one.ask(requestOf(request, id, `n${index}`)),
        other.ask(requestOf(request, id, `k${first}`)),
      ])
      const context = `seed ${seed}, case ${index}: ${JSON.stringify(requestOf(request, id, ''))}`
      expect(shown(known), context).toEqual(shown(byYoga))
      seen.statuses.set(byYoga.status, (seen.statuses.get(byYoga.status) ?? 0) + 1)
      if (/"data":\{.*[1-9"]/.test(byYoga.text) && !byYoga.text.includes('"errors"')) seen.answered += 1
      for (const [, code = ''] of byYoga.text.matchAll(/"code":"(\w+)"/g))
        seen.codes.set(code, (seen.codes.get(code) ?? 0) + 1)
    }
  })

  const logs = [linesById(one.logged), linesById(other.logged)] as const
  const audits = [linesById(one.audited), linesById(other.audited)] as const
  for (const index of cases.keys()) {
    const id = `case-${index}`
    const context = `seed ${seed}, case ${index}: ${JSON.stringify(requestOf(cases[index]!, id, ''))}`
    const calls = callsShown(cloudOfOne.callsBy(id))
    expect(callsShown(cloudOfOther.callsBy(id)), context).toEqual(calls)
    seen.calls += calls.length
    expect(logs[1].get(id), context).toEqual(logs[0].get(id))
    expect(audits[1].get(id), context).toEqual(audits[0].get(id))
  }
  // A read that no answer waits for any more may still be under way.
  await expect
    .poll(async () => differenceOf(countersOf(await one.scrape()), countersOf(await other.scrape())))
    .toEqual([])

  // What was compared was of all kinds, and went the two ways.
  process.stdout.write(
    `compiled: seed ${seed}, ${cases.length} compared, ${other.contexts.compiled} executed on it, ${seen.calls} calls, ${audits[0].size} audited\n`,
  )
  expect(cases.length).toBeGreaterThan(1_100)
  expect(one.contexts.compiled).toBe(0)
  expect(other.contexts.compiled).toBeGreaterThan(700)
  expect(seen.answered).toBeGreaterThan(200)
  expect(seen.calls).toBeGreaterThan(500)
  expect(audits[0].size).toBeGreaterThan(150)
  for (const status of [200, 400, 405, 406, 415])
    expect(seen.statuses.get(status), `${status}`).toBeGreaterThan(0)
  for (const code of [
    'BAD_USER_INPUT',
    'UNAUTHENTICATED',
    'BAD_REQUEST',
    'CONFLICT',
    'NOT_FOUND',
    'FORBIDDEN',
    'UPSTREAM_UNAVAILABLE',
    'UPSTREAM_BAD_RESPONSE',
    'OPERATION_RESOLUTION_FAILURE',
  ]) {
    expect(seen.codes.get(code), code).toBeGreaterThan(0)
  }
})
