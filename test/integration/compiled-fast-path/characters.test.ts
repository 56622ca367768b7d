import { expect, test } from 'vitest'
import { startUpstream } from '../../support/start-upstream.ts'
import { startWatchedGateway } from './watched-gateway.ts'

const QUERY = '{ vpcChannel(instanceId: "i", id: "c") { name } }'
const HEADERS = { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' }

// ASCII, characters of one code unit that are one byte in Latin-1 and two in UTF-8, of three bytes, and of four.
test.each(['orders', 'café', '订单', '订单-😀'])(
  '%s comes the same by the compiled way and by the other',
  async (name) => {
    await using upstream = await startUpstream({ body: { id: 'c', name } })
    await using gateway = await startWatchedGateway({ upstream: upstream.url })
    const body = JSON.stringify({ query: QUERY })
    for (let count = 0; count < 2; count += 1) {
      const response = await fetch(gateway.url, { method: 'POST', headers: HEADERS, body })
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.toString('utf8')).toBe(`{"data":{"vpcChannel":{"name":"${name}"}}}`)
      expect(response.headers.get('content-length')).toBe(String(bytes.length))
    }
    expect(gateway.contexts).toEqual({ compiled: 1, byGraphqlJs: 1 })
  },
)
