import { closeSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { http } from '../../support/http.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const CREATE = `mutation {
  createVpcChannel(input: { instanceId: "instance-1", name: "vpc_demo", port: 22, memberType: IP }) { vpcChannel { id } }
}`
const CREATED = { status: 201, body: { id: 'channel-1', name: 'vpc_demo' } }
const CREATION = { data: { createVpcChannel: { vpcChannel: { id: 'channel-1' } } } }

/** One whose line in the log is long: its fields stand in it twice. */
const LONG = `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: __typename`).join(' ')} }`
/** So many of them make more than a log keeps, and a pipe takes. */
const MORE_THAN_FITS = 2_500

async function ask(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' }
  const { text } = await http(url, { headers, body: JSON.stringify({ query }) })
  return JSON.parse(text)
}

async function askOften(url: string, times: number): Promise<void> {
  for (let asked = 0; asked < times; asked += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(url, LONG)))
    for (const answer of answers) expect(answer).toMatchObject({ data: { a0: 'Query', a19: 'Query' } })
  }
}

async function lostLinesOf(metricsUrl: string): Promise<number> {
  const scraped = await (await fetch(metricsUrl)).text()
  return Number(/^vpc_channel_gateway_log_lines_lost_total (\d+)$/m.exec(scraped)?.[1])
}

test('on a full disk all is answered, lost lines are counted, and SIGTERM ends the process', async () => {
  await using upstream = await startUpstream(CREATED)
  const [port, metricsPort] = [await freePort(), await freePort()]
  const full = openSync('/dev/full', 'w')
  await using gateway = startProcess(
    {
      APIG_ENDPOINT: upstream.url,
      HW_PROJECT_ID: 'p1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
    },
    undefined,
    [],
    full,
  )
  closeSync(full)
  const url = `http://127.0.0.1:${port}/graphql`
  const isUp = () =>
    ask(url, '{ __typename }')
      .then(() => true)
      .catch(() => false)
  await expect.poll(isUp).toBe(true)
  expect(await ask(url, CREATE)).toEqual(CREATION)
  await askOften(url, MORE_THAN_FITS)
  expect(await ask(url, CREATE)).toEqual(CREATION)
  expect(await lostLinesOf(`http://127.0.0.1:${metricsPort}/metrics`)).toBeGreaterThan(0)
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  expect(gateway.errors).toEqual([])
})

test('a pipe without a reader holds up nothing, and once it is read the log says how many lines are lost', async () => {
  await using upstream = await startUpstream(CREATED)
  await using gateway = startProcess({ APIG_ENDPOINT: upstream.url, HW_PROJECT_ID: 'p1', METRICS_PORT: '0' })
  const url = await gateway.url()
  await expect.poll(() => gateway.lines.join('\n')).toMatch(/Metrics: \S+/)
  const metricsUrl = /Metrics: (\S+\/metrics)/.exec(gateway.lines.join('\n'))?.[1] ?? ''
  gateway.output?.pause()
  await askOften(url, MORE_THAN_FITS)
  expect(await ask(url, CREATE)).toEqual(CREATION)
  expect(await lostLinesOf(metricsUrl)).toBeGreaterThan(0)

  gateway.output?.resume()
  const notices = () => gateway.lines.flatMap((line) => JSON.parse(line).lostLines ?? [])
  await expect.poll(() => notices().length).toBe(1)
  const lost = await lostLinesOf(metricsUrl)
  expect(notices()).toEqual([lost])
  const written = gateway.lines.filter((line) => ['query', 'mutation'].includes(JSON.parse(line).kind))
  // One line per operation, and two for the write.
  expect(written.length + lost).toBe(MORE_THAN_FITS + 1 + 2)
})

test('a pipe without a reader does not keep the process from ending', async () => {
  await using gateway = startProcess({})
  const url = await gateway.url()
  gateway.output?.pause()
  await askOften(url, MORE_THAN_FITS)
  gateway.stop('SIGTERM')
  expect(await gateway.ended).toBe(0)
})

test('a log whose reader has gone stops nothing', async () => {
  await using gateway = startProcess({})
  const url = await gateway.url()
  gateway.output?.destroy()
  await askOften(url, 500)
  gateway.stop('SIGTERM')
  expect(await gateway.ended).toBe(0)
  expect(gateway.errors).toEqual([])
})
