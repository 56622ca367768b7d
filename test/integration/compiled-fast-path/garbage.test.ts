import { Pool } from 'undici'
import { expect, test } from 'vitest'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'

/*
 * What a request leaves behind when it has ended. V8 collects its young generation often and cheaply, as long as what has
 * ended is not held by something old: an outgrown table of a `Set`, the hidden class of an object with a getter of its own.
 * Such a request is moved to the old generation with all that it holds, and that once took a fifth of the process's time
 * (docs/adr/0011-where-the-time-goes.md). V8 tells how many bytes it has moved.
 */

const WARM_UP = 1_500
const REQUESTS = 3_000
const AT_ONCE = 32
/** It was 8,000 once, and should be next to nothing. */
const MAX_BYTES = 1_500

const CHANNEL = {
  id: '105c6902457144a4820dff8b1ad63331',
  name: 'VPC_demo',
  port: 22,
  balance_strategy: 1,
  member_type: 'ip',
  type: 2,
  create_time: '2020-07-23T07:11:57.244829604Z',
  status: 1,
  member_groups: [],
  members: [{ host: '192.168.0.5', weight: 1, status: 1, port: 22 }],
  vpc_health_config: { protocol: 'http', threshold_normal: 2, time_interval: 10, timeout: 5, status: 1 },
}

const INSTANCE = 'eddc4d25480b4cd6b512f270a1b8b341'

const OPERATIONS = {
  query: {
    query: `query Show($instanceId: ID!, $id: ID!) {
      vpcChannel(instanceId: $instanceId, id: $id) { id name port members { host weight } healthCheck { protocol } }
    }`,
    variables: () => ({ instanceId: INSTANCE, id: CHANNEL.id }),
  },
  mutation: {
    query: `mutation Create($input: CreateVpcChannelInput!) {
      createVpcChannel(input: $input) { vpcChannel { id name port createdAt } }
    }`,
    // Writes of one name wait for each other.
    variables: (count: number) => ({
      input: { instanceId: INSTANCE, name: `VPC_demo_${count % 100}`, port: 22, memberType: 'IP' },
    }),
  },
}

test.each(['query', 'mutation'] as const)('a %s that has ended is let go of at once', async (kind) => {
  await using upstream = await startUpstream(({ method }) => ({
    status: method === 'POST' ? 201 : 200,
    body: CHANNEL,
  }))
  await using gateway = startProcess(
    {
      NODE_ENV: 'production',
      APIG_ENDPOINT: upstream.url,
      HW_PROJECT_ID: 'p1',
      MAX_IN_FLIGHT: String(AT_ONCE),
      MAX_IN_FLIGHT_PER_CALLER: String(AT_ONCE),
    },
    undefined,
    // In a young generation as large as it grows under load, what is under way is no great part of it.
    ['--trace-gc', '--trace-gc-nvp', '--min-semi-space-size=16'],
  )
  const started = (): string | undefined => gateway.lines.find((line) => line.includes('/graphql'))
  await expect.poll(started).toBeDefined()
  const origin = /http:\/\/[^/]+/.exec(started() ?? '')?.[0] ?? ''
  const pool = new Pool(origin, { connections: AT_ONCE })
  const { query, variables } = OPERATIONS[kind]

  const send = async (requests: number): Promise<void> => {
    let sent = 0
    const sendOneAfterTheOther = async (): Promise<void> => {
      while (sent < requests) {
        sent += 1
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' },
          body: JSON.stringify({ query, variables: variables(sent) }),
        })
        expect([statusCode, await body.json()]).toEqual([200, { data: expect.anything() }])
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendOneAfterTheOther))
  }
  await send(WARM_UP)
  const before = gateway.lines.length
  await send(REQUESTS)
  await pool.close()

  const collections = gateway.lines.slice(before).filter((line) => line.includes(' gc=s '))
  const promoted = collections.map((line) => Number(/ promoted=(\d+) /.exec(line)?.[1]))
  expect(promoted.length).toBeGreaterThan(2)
  expect(promoted.reduce((sum, bytes) => sum + bytes, 0) / REQUESTS).toBeLessThan(MAX_BYTES)
})
