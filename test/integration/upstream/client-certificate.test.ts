import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startProcess } from '../../support/start-process.ts'
import { startProxy } from '../../support/start-proxy.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const CERTIFICATE = {
  UPSTREAM_CERT_FILE: fixture('elsewhere.example.pem'),
  UPSTREAM_KEY_FILE: fixture('key.pem'),
}
const QUERY = '{ vpcChannel(instanceId: "i1", id: "c1") { name } }'

/** An endpoint of a private authority, which serves clients with a certificate of that authority. */
async function startMutual() {
  const clients: unknown[] = []
  const server = createServer(
    {
      cert: readFileSync(fixture('localhost.pem')),
      key: readFileSync(fixture('key.pem')),
      ca: readFileSync(fixture('ca.pem')),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      clients.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN)
      response.end(JSON.stringify({ id: 'c1', name: 'payments', members: [] }))
    },
  ).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    settings: {
      APIG_ENDPOINT: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      HW_PROJECT_ID: 'p1',
      NODE_EXTRA_CA_CERTS: fixture('ca.pem'),
    },
    clients,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function ask(url: string) {
  const headers = { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) })
  return response.json()
}

test('an endpoint that asks for a certificate gets the one of the settings', async () => {
  await using cloud = await startMutual()
  await using gateway = startProcess({ ...cloud.settings, ...CERTIFICATE })
  expect(await ask(await gateway.url())).toEqual({ data: { vpcChannel: { name: 'payments' } } })
  expect(cloud.clients).toEqual(['elsewhere.example'])
})

test('also through the tunnel of a proxy', async () => {
  await using cloud = await startMutual()
  await using proxy = await startProxy()
  await using gateway = startProcess({ ...cloud.settings, ...CERTIFICATE, HTTPS_PROXY: proxy.url })
  expect(await ask(await gateway.url())).toEqual({ data: { vpcChannel: { name: 'payments' } } })
  expect(cloud.clients).toEqual(['elsewhere.example'])
  expect(proxy.asked).toHaveLength(1)
})

test('without one the call fails, and the log says why', async () => {
  await using cloud = await startMutual()
  await using gateway = startProcess(cloud.settings)
  expect(await ask(await gateway.url())).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
  })
  await expect
    .poll(() => gateway.lines.join())
    .toMatch(/"detail":"(UND_ERR_SOCKET|ECONNRESET|read ECONNRESET|ERR_SSL)/)
  expect(cloud.clients).toEqual([])
})

test.each([
  [
    'a key that is not there',
    { ...CERTIFICATE, UPSTREAM_KEY_FILE: '/nowhere/key.pem' },
    /^UPSTREAM_KEY_FILE: .*ENOENT/,
  ],
  [
    'a certificate that is none',
    { ...CERTIFICATE, UPSTREAM_CERT_FILE: fixture('README.md') },
    /^UPSTREAM_CERT_FILE: /,
  ],
  ['no key', { UPSTREAM_CERT_FILE: CERTIFICATE.UPSTREAM_CERT_FILE }, /^UPSTREAM_KEY_FILE: must be set/],
])('with %s it does not start', async (_what, settings, fault) => {
  await using gateway = startProcess({ SANDBOX: 'true', ...settings })
  expect(await gateway.exited).toBe(1)
  expect(gateway.errors.join('\n')).toMatch(fault)
})
