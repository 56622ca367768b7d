import { expect, test } from 'vitest'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const TOKEN = 'token-of-a-caller'
const CREATED = '{"id":"channel-1","name":"vpc_demo"}'

const ask = (url: string, requestId: string, name = 'vpc_demo') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': TOKEN, 'x-request-id': requestId },
    body: JSON.stringify({ query: CREATE, variables: { input: { ...leastInput('APIG'), name } } }),
  })

/** A cloud that does what it is asked and answers when the test says so. */
async function startSlowCloud() {
  const answers: (() => void)[] = []
  const upstream = await startUpstream((_call, { response }) => {
    answers.push(() => response.writeHead(201, { 'content-type': 'application/json' }).end(CREATED))
    return undefined
  })
  return { ...upstream, answers }
}

type Line = Readonly<Record<string, unknown>>
const auditOf = (lines: readonly string[], phase: string): readonly Line[] =>
  lines
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line['audit'] === true && line['phase'] === phase)

test('each write has a line before its first REST call, joined to that of its end by the request id', async () => {
  const seen: number[] = []
  await using upstream = await startUpstream(({ method }) => {
    seen.push(gateway.begun.length)
    return method === 'GET'
      ? { body: { size: 0, total: 0, project_vpc_channels: [] } }
      : { body: { project_vpc_channels: [{ id: 'c', name: 'vpc_demo', instance_id: 'instance-1' }] } }
  })
  await using gateway = await startGateway({ upstream: upstream.url })
  await gateway.send(UPSERT, { input: leastInput('ROMA_CONNECT') }, { 'x-request-id': 'mine-1' })
  // Before the read that it begins with, and not once more for the write.
  expect(seen).toEqual([1, 1])
  const [{ who, projectId }] = gateway.audited
  expect(gateway.begun).toEqual([
    {
      level: 30,
      time: expect.anything(),
      audit: true,
      phase: 'begin',
      requestId: 'mine-1',
      who,
      kind: 'mutation',
      operationName: 'Upsert',
      field: 'upsertProjectVpcChannels',
      projectId,
      name: 'vpc_demo',
      requested: 1,
      instances: [{ instanceId: 'instance-1' }],
      msg: 'audit: upsertProjectVpcChannels begins',
    },
  ])
  expect(gateway.audited).toMatchObject([{ phase: 'end', requestId: 'mine-1', effect: 'APPLIED' }])
})

test('a write that makes no REST call has no line of its beginning', async () => {
  await using upstream = await startUpstream({ status: 201, body: { id: 'c', name: 'n' } })
  await using gateway = await startGateway({ upstream: upstream.url })
  await gateway.send(CREATE, { input: leastInput('APIG') }, { 'x-auth-token': null })
  await gateway.send(CREATE, { input: { ...leastInput('APIG'), port: 0 } })
  expect(gateway.begun).toEqual([])
  expect(gateway.audited).toHaveLength(2)
})

test('a write that the cloud has received has left a trace, however the process ends', async () => {
  const names: unknown[] = []
  await using cloud = await startUpstream(({ json }) => {
    names.push(json['name'])
    if (json['name'] !== 'vpc_last') return { status: 201, body: CREATED }
    // At once: what the process holds back for a moment, because it has just written other lines, is not written any more.
    gateway.stop('SIGKILL')
    return undefined
  })
  await using gateway = startProcess({ APIG_ENDPOINT: cloud.url, HW_PROJECT_ID: 'p1' })
  const url = await gateway.url()
  for (let index = 0; index < 20; index += 1) await ask(url, 'mine-1', `vpc_demo_${index}`)
  const last = ask(url, 'mine-1', 'vpc_last').catch(() => undefined)
  await gateway.exited
  await last
  const begun = auditOf(gateway.lines, 'begin').map(({ name }) => name)
  expect(begun).toEqual(names)
  expect(begun.at(-1)).toBe('vpc_last')
})

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  'a second %s ends the process at once, and the writes under way have their lines',
  async (signal, code) => {
    await using cloud = await startSlowCloud()
    await using gateway = startProcess({ APIG_ENDPOINT: cloud.url, HW_PROJECT_ID: 'p1' })
    const url = await gateway.url()
    const first = ask(url, 'mine-1').catch(() => undefined)
    await expect.poll(() => cloud.calls.length).toBe(1)
    // It waits for the first one, as it is about the same channel.
    const second = ask(url, 'mine-2').catch(() => undefined)
    await expect.poll(() => gateway.lines.length).toBeGreaterThan(0)
    await fetch(url.replace('/graphql', '/health'))
    gateway.stop('SIGTERM')
    await expect.poll(() => gateway.lines.join('\n')).toContain('finishing those in flight')
    gateway.stop(signal)
    expect(await gateway.exited).toBe(code)
    await Promise.all([first, second])
    const ends = auditOf(gateway.lines, 'end')
    expect(ends[0]).toMatchObject({
      requestId: 'mine-1',
      instances: [{ instanceId: 'instance-1', outcome: 'UNKNOWN', effect: 'UNKNOWN' }],
      effect: 'UNKNOWN',
      interrupted: true,
      upstream: [],
    })
    // Whether the second one had come by then is not said.
    for (const end of ends.slice(1)) {
      expect(end).toMatchObject({ requestId: 'mine-2', effect: 'NOT_APPLIED', interrupted: true })
    }
  },
)
