import { expect, test } from 'vitest'
import { samplesOf, seriesOf } from '../../support/exposition.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const channel = { id: 'channel-1', name: 'vpc_demo' }
const show = (name: string) => `query ${name} { vpcChannel(instanceId: "i", id: "c") { name } }`

/** This is about names, not about being turned away. */
const ALL_AT_ONCE = { inFlight: 50, inFlightPerCaller: 50 }

const inBatches = async (count: number, send: (index: number) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < count; from += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, index) => send(from + index)))
  }
}

test('a thousand names of operations make two hundred labels, and are all counted', async () => {
  await using upstream = await startUpstream({ body: channel })
  await using gateway = await startGateway({
    upstream: upstream.url,
    metrics: true,
    limits: ALL_AT_ONCE,
  })
  await inBatches(1_000, (index) => gateway.send(show(`Name${index}`)))
  const series = seriesOf(await gateway.scrape(), 'operations_total')
  expect(series).toHaveLength(201)
  expect(series).toContain('800 query other vpcChannel ok')
  const samples = samplesOf(await gateway.scrape())
  expect(samples.filter(({ name }) => name.startsWith('vpc_channel_gateway_')).length).toBeLessThan(400)
})

test('nobody uses them up whom the cloud does not know', async () => {
  await using upstream = await startUpstream(({ headers }) =>
    headers['x-auth-token'] === 'good'
      ? { body: channel }
      : { status: 401, body: { error_code: 'APIG.1002' } },
  )
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true, limits: ALL_AT_ONCE })
  await inBatches(300, (index) => gateway.send(`query Name${index} { __typename }`))
  await inBatches(300, (index) => gateway.send(show(`None${index}`), {}, { 'x-auth-token': null }))
  await inBatches(300, (index) => gateway.send(show(`Bad${index}`), {}, { 'x-auth-token': 'bad' }))
  await gateway.send(show('Good'), {}, { 'x-auth-token': 'good' })
  expect(seriesOf(await gateway.scrape(), 'operations_total')).toEqual([
    '1 query Good vpcChannel ok',
    '300 query other __typename ok',
    '600 query other vpcChannel UNAUTHENTICATED',
  ])
})

test('names of documents that are not valid are no labels', async () => {
  await using gateway = await startGateway({ metrics: true })
  await inBatches(50, (index) => gateway.send(`query Name${index} { field${index} }`))
  await inBatches(50, (index) => gateway.send(`mutation Name${index} { field${index}(a: 1) { b } }`))
  expect(seriesOf(await gateway.scrape(), 'operations_total')).toEqual([
    '50 mutation invalid none GRAPHQL_VALIDATION_FAILED',
    '50 query invalid none GRAPHQL_VALIDATION_FAILED',
  ])
})

test('aliases are no labels, and several fields are one', async () => {
  await using gateway = await startGateway({ metrics: true })
  await inBatches(50, (index) => gateway.send(`{ alias${index}: __typename }`))
  await inBatches(50, (index) => gateway.send(`{ alias${index}: __typename other${index}: __typename }`))
  await gateway.send('{ ...F } fragment F on Query { ... on Query { __typename } }')
  expect(seriesOf(await gateway.scrape(), 'operations_total')).toEqual([
    '50 query anonymous several ok',
    '51 query anonymous __typename ok',
  ])
})

test('a cloud that makes up error codes makes a hundred of them', async () => {
  const codes = [
    ...Array.from({ length: 300 }, (_, index) => `APIG.${4_000 + index}`),
    ...Array.from({ length: 50 }, (_, index) => `odd-${index}`),
  ]
  await using upstream = await startUpstream(() => ({ status: 400, body: { error_code: codes.shift() } }))
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true, limits: ALL_AT_ONCE })
  await inBatches(350, () => gateway.send(show('Show')))
  const series = seriesOf(await gateway.scrape(), 'upstream_calls_total')
  expect(series).toHaveLength(101)
  expect(series).toContain('250 APIG showVpcChannel 400 other')
})
