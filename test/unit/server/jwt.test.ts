import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { jwtVerifier } from '../../../src/server/auth/jwt.ts'

const MINUTE_MS = 60_000

afterEach(() => {
  vi.useRealTimers()
})

test('keys that are known serve on for an hour while the issuer is away, and no longer', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] })
  const issuer = createServer((_request, response) => response.end(keys)).listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  const { port } = issuer.address() as AddressInfo
  const check = jwtVerifier({
    jwks: new URL(`http://127.0.0.1:${port}/keys`),
    issuer: 'issuer',
    audience: 'gateway',
  })
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setSubject('console')
    .setIssuer('issuer')
    .setAudience('gateway')
    .setExpirationTime('1d')
    .sign(privateKey)
  expect(await check(token)).toEqual({ subject: 'console' })
  issuer.closeAllConnections()
  await new Promise((resolve) => issuer.close(resolve))

  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now + 59 * MINUTE_MS)
  expect(await check(token)).toEqual({ subject: 'console' })
  vi.setSystemTime(now + 61 * MINUTE_MS)
  expect(await check(token)).toEqual({ refused: 'CALLER_CHECK_UNAVAILABLE' })
})
