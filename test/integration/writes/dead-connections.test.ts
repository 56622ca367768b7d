import { expect, test } from 'vitest'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { ok, type RawRequest, startRawServer } from '../upstream/raw-server.ts'

const QUERY = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'
const CHANNEL = JSON.stringify({ id: 'channel-1', name: 'vpc_demo' })
const FREE = JSON.stringify({ size: 0, total: 0, vpc_channels: [] })

/** What a server that is well answers. */
const answerTo = ({ text }: RawRequest): string => {
  if (text.startsWith('POST')) return ok(CHANNEL).replace('200 OK', '201 Created')
  return ok(/vpc-channels\?/.test(text) ? FREE : CHANNEL)
}

/** A gateway with idle connections of which its server knows nothing any more: it resets each when something comes on it. */
async function withDeadConnections(count: number) {
  let waiting: RawRequest[] | undefined = []
  const server = await startRawServer((request) => {
    if (request.connection.number > count) return answerTo(request)
    if (waiting === undefined) request.connection.socket.resetAndDestroy()
    else if (waiting.push(request) === count) {
      for (const one of waiting) one.connection.socket.write(answerTo(one))
    }
    return undefined
  })
  const gateway = await startGateway({ upstream: server.url, limits: { inFlightPerCaller: count } })
  await Promise.all(Array.from({ length: count }, () => gateway.send(QUERY)))
  expect(server.connections).toHaveLength(count)
  waiting = undefined
  const before = server.requests.length
  return {
    gateway,
    server,
    /** What was asked since, and on which connection. */
    asked: () =>
      server.requests
        .slice(before)
        .map(({ text, connection }) => [text.split(' ')[0], connection.number > count ? 'NEW' : 'DEAD']),
  }
}

test.each([1, 3, 8, 20])('over %i dead connections a read is answered', async (count) => {
  const { gateway, server, asked } = await withDeadConnections(count)
  await using _server = server
  await using _gateway = gateway
  const { data, errors } = await gateway.send(QUERY)
  expect(errors).toBeUndefined()
  expect(data).toEqual({ vpcChannel: { name: 'vpc_demo' } })
  expect(asked()).toEqual([
    ['GET', 'DEAD'],
    ['GET', 'NEW'],
  ])
})

test.each([1, 3, 8, 20])(
  'over %i dead connections a channel is created, and its caller told so',
  async (count) => {
    const { gateway, server, asked } = await withDeadConnections(count)
    await using _server = server
    await using _gateway = gateway
    const { data, errors } = await gateway.send(CREATE, { input: leastInput('APIG') })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { name: 'vpc_demo' } } })
    expect(asked().filter(([, which]) => which === 'DEAD')).toEqual([['POST', 'DEAD']])
  },
)
