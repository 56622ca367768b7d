import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { head, JSON_TYPE, openSocket, WRITE } from './requests.ts'

const statusOf = async (url: string) => (await fetch(url)).status

describe('the listener of probes', () => {
  test('answers what the other one does, and nothing else', async () => {
    await using gateway = await startGateway({ probes: true })
    const main = gateway.url.replace('/graphql', '')
    for (const path of ['/health', '/ready']) {
      const [own, other] = await Promise.all([fetch(gateway.probeUrl + path), fetch(main + path)])
      expect([own.status, await own.json()]).toEqual([other.status, await other.json()])
    }
    expect(await statusOf(`${gateway.probeUrl}/graphql`)).toBe(404)
    expect(await statusOf(`${gateway.probeUrl}/metrics`)).toBe(404)
  })

  test('answers while callers hold all connections of the other one', async () => {
    await using gateway = await startGateway({ probes: true, http: { connections: 5 } })
    const sockets = Array.from({ length: 5 }, () => openSocket(gateway.url))
    const opened = head({ 'content-type': JSON_TYPE, 'content-length': '100' })
    await Promise.all(sockets.map((socket) => socket.write(opened)))
    await expect.poll(() => statusOf(gateway.url.replace('/graphql', '/health')).catch(() => 0)).toBe(0)
    expect(await statusOf(`${gateway.probeUrl}/health`)).toBe(200)
    expect(await statusOf(`${gateway.probeUrl}/ready`)).toBe(200)
    for (const socket of sockets) socket[Symbol.dispose]()
  })

  test('tells of the stopping until the last operation has ended', async () => {
    const received = Promise.withResolvers<() => void>()
    await using upstream = await startUpstream((_call, { response }) => {
      received.resolve(() => response.writeHead(201).end('{"id":"c1","name":"made"}'))
      return undefined
    })
    const gateway = await startGateway({ upstream: upstream.url, probes: true })
    using socket = openSocket(gateway.url)
    const headers = {
      'content-type': JSON_TYPE,
      'x-auth-token': 'token',
      'content-length': String(WRITE.length),
    }
    await socket.write(head(headers) + WRITE)
    const answerUpstream = await received.promise
    const stopped = gateway[Symbol.asyncDispose]()
    expect(await statusOf(`${gateway.probeUrl}/ready`)).toBe(503)
    expect(await statusOf(`${gateway.probeUrl}/health`)).toBe(200)
    answerUpstream()
    await stopped
    expect(socket.received).toMatch(/^HTTP\/1\.1 200 /)
    await expect(fetch(`${gateway.probeUrl}/health`)).rejects.toThrow()
  })
})
