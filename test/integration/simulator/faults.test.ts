import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { BARE_CHANNEL, PROJECT_CHANNEL, type Sandbox, startSandbox } from './sandbox.ts'

/** Sends a create that is to fail on the way, and tells how. */
async function createAndFail(sandbox: Sandbox): Promise<string> {
  const failure = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL).catch((error) => error)
  return failure?.code ?? failure?.message ?? 'no failure'
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

describe('a late write', () => {
  // Long enough that no test sees it happen: what is looked at here is the time before.
  const NEVER_MS = 600_000

  test('happens after its connection is lost', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write' })
    expect(await createAndFail(sandbox)).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    await expect.poll(() => isCreated(sandbox)).toBe(true)
    expect(sandbox.calls[0]).toMatchObject({ method: 'POST', body: BARE_CHANNEL, status: 201 })
  })

  test('happens after an empty answer', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write', status: 504 })
    const response = await raw(sandbox)
    expect([response.status, await response.text()]).toEqual([504, ''])
    await expect.poll(() => isCreated(sandbox)).toBe(true)
    expect(sandbox.calls[0]).toMatchObject({ body: BARE_CHANNEL, status: 504 })
  })

  test.each([
    [{ kind: 'late-write', ms: NEVER_MS }, null],
    [{ kind: 'late-write', ms: NEVER_MS, status: 504 }, 504],
  ] satisfies [Fault, number | null][])(
    'has not happened when its caller learns: %o',
    async (fault, status) => {
      await using sandbox = await startSandbox()
      sandbox.failNext(fault)
      await raw(sandbox).catch(() => {})
      expect(await isCreated(sandbox)).toBe(false)
      expect(sandbox.calls[0]).toMatchObject({ body: BARE_CHANNEL, status })
    },
  )

  test('meets the cloud as it is by then', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write', ms: 100 })
    await createAndFail(sandbox)
    // Whichever comes first, there is one channel and one refusal in the end.
    const second = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
    await expect.poll(() => sandbox.calls[0]!.status).not.toBeNull()
    expect([sandbox.calls[0]!.status, second.status].toSorted()).toEqual([201, 400])
    expect(await isCreated(sandbox)).toBe(true)
  })

  test('of a batch happens on all its instances', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write', ms: 1, status: 504 })
    const { status } = await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
    expect(status).toBe(504)
    const total = async () => (await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo`)).body.total
    await expect.poll(total).toBe(2)
  })

  test('may be asked for on the call itself', async () => {
    await using sandbox = await startSandbox()
    const { status } = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL, {
      'x-simulator-fault': 'late-write; ms=1; status=504',
    })
    expect(status).toBe(504)
    await expect.poll(() => isCreated(sandbox)).toBe(true)
  })

  test('may be planned from another process', async () => {
    await using sandbox = await startSandbox()
    await sandbox.send('POST', '/_simulator/faults', { fault: { kind: 'late-write', ms: 1 } })
    expect(await createAndFail(sandbox)).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    await expect.poll(() => isCreated(sandbox)).toBe(true)
  })

  test('is called off by a reset', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'late-write', ms: 200, status: 504 })
    await raw(sandbox)
    sandbox.reset()
    // Planned later and due later: once this one has happened, the other would have too.
    sandbox.failNext({ kind: 'late-write', ms: 250, status: 504 })
    await sandbox.send('POST', sandbox.roma, BARE_CHANNEL)
    const total = async () => (await sandbox.send('GET', `${sandbox.roma}?name=bare`)).body.total
    await expect.poll(total).toBe(1)
    expect(await isCreated(sandbox)).toBe(false)
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

  test('lets as many of its calls pass as it is told', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: '429' }, { match: { method: 'PUT', path: '/apic/' }, skip: 1, times: 2 })
    expect((await sandbox.send('GET', sandbox.romaProject)).status).toBe(200)
    expect((await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).status).toBe(201)
    const statuses = []
    for (let attempt = 0; attempt < 4; attempt += 1) {
      statuses.push((await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)).status)
    }
    expect(statuses).toEqual([200, 429, 429, 200])
  })

  test('counts the calls that others hit too', async () => {
    await using sandbox = await startSandbox()
    sandbox.failNext({ kind: 'answer', status: 503 }, { skip: 3 })
    sandbox.failNext({ kind: 'answer', status: 502 }, { skip: 1 })
    sandbox.failNext({ kind: '429' }, { match: { method: 'GET' } })
    const statuses = []
    for (let attempt = 0; attempt < 5; attempt += 1) {
      statuses.push((await sandbox.send('GET', sandbox.apig)).status)
    }
    expect(statuses).toEqual([429, 502, 200, 503, 200])
  })

  test('may be placed from another process', async () => {
    await using sandbox = await startSandbox()
    const plan = { fault: { kind: 'answer', status: 503 }, match: { path: '/apigw/' }, skip: 1 }
    expect((await sandbox.send('POST', '/_simulator/faults', plan)).status).toBe(204)
    const statuses = []
    for (const path of [sandbox.apig, sandbox.roma, sandbox.apig, sandbox.apig]) {
      statuses.push((await sandbox.send('GET', path)).status)
    }
    expect(statuses).toEqual([200, 200, 503, 200])
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
    [{ fault: { kind: 'late-write', after: 1 } }, 'after'],
    [{ fault: { kind: 'late-write', code: 9999 } }, 'code'],
    [{ fault: { kind: 'respell', what: 'hosts+names' } }, 'hosts'],
    [{ fault: { kind: 'empty' }, times: 0 }, 'times'],
    [{ fault: { kind: 'empty' }, skip: -1 }, 'skip'],
    [{ fault: { kind: 'empty' }, skip: 'two' }, 'skip'],
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
