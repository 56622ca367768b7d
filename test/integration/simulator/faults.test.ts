import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { BARE_CHANNEL, PROJECT_CHANNEL, type Sandbox, startSandbox } from './sandbox.ts'

/** Sends a create that is to fail on the way, and tells how. */
async function createAndFail(sandbox: Sandbox): Promise<string> {
  const failure = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL).catch((error) => error)
  return failure?.cause?.code ?? failure?.message ?? 'no failure'
}

async function isCreated(sandbox: Sandbox): Promise<boolean> {
  const { body } = await sandbox.send('GET', `${sandbox.apig}?name=bare&precise_search=name`)
  return body.total === 1
}

async function raw(sandbox: Sandbox): Promise<Response> {
  return fetch(`${sandbox.url}${sandbox.apig}`, {
    method: 'POST',
    headers: { 'x-auth-token': sandbox.issueToken(), 'content-type': 'application/json' },
    body: JSON.stringify(BARE_CHANNEL),
  })
}

describe('a connection lost', () => {
  test.each([
    ['refuse', false],
    ['reset-before-body', false],
    ['reset-during-body', false],
    ['reset-after-body', true],
  ] as const)('by %s leaves the write applied: %s', async (kind, applied) => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind })
    expect(await createAndFail(sandbox)).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    expect(sandbox.calls.at(-1)).toMatchObject({ method: 'POST', path: sandbox.apig })
    expect(await isCreated(sandbox)).toBe(applied)
  })
})

describe('an answer that is not what the page says', () => {
  test.each([
    [{ kind: 'html' }, 502, /^<html>/, false],
    [{ kind: 'html', status: 504 }, 504, /^<html>/, false],
    [{ kind: 'error-under-200' }, 200, /^{"error_code":"APIG.9999"/, false],
    [{ kind: '401-once' }, 401, /^{"error_code":"APIG.1002"/, false],
    [{ kind: '429' }, 429, /^{"error_code":"APIG.0308"/, false],
    [
      { kind: 'answer', status: 409, body: { error_code: 'APIG.3718', error_msg: 'busy' } },
      409,
      /APIG.3718/,
      false,
    ],
    [{ kind: 'answer', status: 500, body: 'plain' }, 500, /^plain$/, false],
    [{ kind: '500-after-write' }, 500, /^{"error_code":"APIG.9999"/, true],
    [{ kind: 'empty' }, 201, /^$/, true],
    [{ kind: 'garbage-2xx' }, 201, /^<<< not JSON >>>$/, true],
    [{ kind: 'cut-json' }, 201, /^{"name":"bare".*[^}]$/, true],
  ] satisfies [Fault, number, RegExp, boolean][])('%o', async (fault, status, text, applied) => {
    await using sandbox = await startSandbox()
    sandbox.failNext(fault)
    const response = await raw(sandbox)
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(text)
    expect(await isCreated(sandbox)).toBe(applied)
  })

  test('throttling says how long to wait only when told to', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: '429', retryAfter: 7 })
    sandbox.failNext({ kind: '429' })
    expect((await raw(sandbox)).headers.get('retry-after')).toBe('7')
    expect((await raw(sandbox)).headers.has('retry-after')).toBe(false)
  })
})

describe('an answer that does not come', () => {
  test('stalls before its headers', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'stall-headers' })
    const call = request(`${sandbox.url}${sandbox.apig}`, {
      method: 'POST',
      headers: { 'x-auth-token': sandbox.issueToken(), 'content-type': 'application/json' },
    })
    call.end(JSON.stringify(BARE_CHANNEL))
    let answered = false
    call.on('response', () => {
      answered = true
    })
    // The write is done while its caller still waits.
    await expect.poll(() => isCreated(sandbox)).toBe(true)
    expect(answered).toBe(false)
    call.on('error', () => {}).destroy()
  })

  test('stalls in the middle of its body', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'stall-body' })
    const response = await raw(sandbox)
    const reader = response.body!.getReader()
    const { value } = await reader.read()
    expect(value!.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2))
    await reader.cancel()
    expect(await isCreated(sandbox)).toBe(true)
  })

  test('drips', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'drip-body', everyMs: 1 })
    const call = request(`${sandbox.url}/v3/projects`, {
      headers: { 'x-auth-token': sandbox.issueToken() },
    }).end()
    const [response] = await once(call, 'response')
    const [first] = await once(response, 'data')
    expect(first.toString()).toBe('{')
    const rest = (await response.toArray()).map(String).join('')
    expect(JSON.parse(`{${rest}`).projects).toHaveLength(2)
  })

  test('is late', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'delay', ms: 60 })
    const before = performance.now()
    expect((await raw(sandbox)).status).toBe(201)
    // A timer may fire a millisecond early.
    expect(performance.now() - before).toBeGreaterThanOrEqual(59)
  })
})

test('a batch may lose its last instance', async () => {
  await using sandbox = await startSandbox()
  sandbox.failNext({ kind: 'leave-out-one' })
  const { status, body } = await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
  expect(status).toBe(200)
  expect(body.project_vpc_channels).toMatchObject([{ instance_name: 'test1' }])
  const { body: listed } = await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo`)
  expect(listed.total).toBe(1)
  expect(sandbox.calls[0]!.body).toStrictEqual(PROJECT_CHANNEL)
})

describe('a fault', () => {
  test('hits the calls it is for, as often as it is told', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: '429' }, { times: 2, match: { method: 'PUT', path: '/apic/' } })
    expect((await sandbox.send('GET', sandbox.romaProject)).status).toBe(200)
    expect((await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).status).toBe(201)
    const statuses = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      statuses.push((await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)).status)
    }
    expect(statuses).toEqual([429, 429, 200])
  })

  test('may ride on the call itself', async () => {
    await using sandbox = await startSandbox()
    const hit = await sandbox.send('GET', sandbox.apig, undefined, {
      'x-simulator-fault': '429; retryAfter=3',
    })
    expect([hit.status, hit.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await sandbox.send('GET', sandbox.apig)).status).toBe(200)
  })

  test('may be planned, and called off, from another process', async () => {
    await using sandbox = await startSandbox()
    const plan = {
      fault: { kind: 'answer', status: 503, body: 'closed' },
      times: 3,
      match: { path: '/apigw/' },
    }
    expect((await sandbox.send('POST', '/_simulator/faults', plan)).status).toBe(204)
    expect((await raw(sandbox)).status).toBe(503)
    expect((await sandbox.send('DELETE', '/_simulator/faults')).status).toBe(204)
    expect((await raw(sandbox)).status).toBe(201)
    expect(sandbox.calls).toHaveLength(2)
  })

  test.each([
    [{ fault: { kind: 'nonsense' } }, 'kind'],
    [{ fault: { kind: 'delay', seconds: 1 } }, 'seconds'],
    [{ fault: { kind: 'delay', ms: 'long' } }, 'ms'],
    [{ kind: 'empty' }, 'kind'],
    ['{', 'JSON'],
  ])('misspelt as %o is refused', async (plan, word) => {
    await using sandbox = await startSandbox()
    const { status, body } = await sandbox.send('POST', '/_simulator/faults', plan)
    expect(status).toBe(400)
    expect(body.message).toContain(word)
  })

  test('misspelt in the header is refused', async () => {
    await using sandbox = await startSandbox()
    const reply = await sandbox.send('GET', sandbox.apig, undefined, { 'x-simulator-fault': 'nonsense' })
    expect(reply.status).toBe(400)
  })
})
