import { Agent, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './sandbox.ts'

/** A GET over a connection of the agent's: its status, or the code of its failure. */
async function get(
  sandbox: Sandbox,
  agent: Agent,
  headers: Record<string, string> = {},
): Promise<number | string> {
  const { promise, resolve } = Promise.withResolvers<number | string>()
  const token = sandbox.issueToken()
  request(`${sandbox.url}${sandbox.apig}`, { agent, headers: { 'x-auth-token': token, ...headers } })
    .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
    .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    .end()
  return promise
}

const keepAlive = (sockets: number) => new Agent({ keepAlive: true, maxSockets: sockets })

describe('idle connections that die', () => {
  test('stay open, and reset at their next call; a new one is answered', async () => {
    await using sandbox = await startSandbox()
    const agent = keepAlive(3)
    expect(await Promise.all([1, 2, 3].map(() => get(sandbox, agent)))).toEqual([200, 200, 200])
    sandbox.killIdle()
    expect(await Promise.all([1, 2, 3].map(() => get(sandbox, agent)))).toEqual(Array(3).fill('ECONNRESET'))
    expect(await get(sandbox, agent)).toBe(200)
    agent.destroy()
  })

  test('die by a fault of a call, which is lost too where its connection is not new', async () => {
    await using sandbox = await startSandbox()
    const [old, fresh] = [keepAlive(1), keepAlive(1)]
    await get(sandbox, old)
    sandbox.failNext({ kind: 'kill-idle' })
    expect([await get(sandbox, fresh), await get(sandbox, old), await get(sandbox, fresh)]).toEqual([
      200,
      'ECONNRESET',
      200,
    ])
    expect(await get(sandbox, fresh, { 'x-simulator-fault': 'kill-idle' })).toBe('ECONNRESET')
    expect(sandbox.calls.at(-1)).toMatchObject({ method: 'GET', status: null })
    old.destroy()
    fresh.destroy()
  })

  test('may be asked for from another process', async () => {
    await using sandbox = await startSandbox()
    const agent = keepAlive(1)
    await get(sandbox, agent)
    expect((await sandbox.send('POST', '/_simulator/kill-idle')).status).toBe(204)
    expect(await get(sandbox, agent)).toBe('ECONNRESET')
    agent.destroy()
  })
})

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%s is to the call itself, nothing done', async (status) => {
    await using sandbox = await startSandbox()
    const path = `${sandbox.apig}?limit=1`
    const fault = { 'x-simulator-fault': `redirect;status=${status}` }
    const reply = await sandbox.send('DELETE', path, undefined, fault)
    expect([reply.status, reply.headers.get('location'), reply.body]).toEqual([status, path, ''])
  })

  test('goes where it is told to', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'redirect', location: 'https://elsewhere.example/?a=b' })
    const reply = await sandbox.send('GET', sandbox.apig)
    expect([reply.status, reply.headers.get('location')]).toEqual([307, 'https://elsewhere.example/?a=b'])
  })
})
