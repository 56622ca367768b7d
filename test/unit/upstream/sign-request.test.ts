import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { signedHeaders } from '../../../src/upstream/client/sign-request.ts'

interface Vector {
  readonly name: string
  readonly ak: string
  readonly sk: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | number>>
  readonly body: string
  readonly authorization: string
}

const { vectors } = JSON.parse(
  readFileSync(new URL('../../fixtures/signing-vectors.json', import.meta.url), 'utf8'),
) as { readonly vectors: readonly Vector[] }

/** All published vectors were signed at this time, and over `x-sdk-date` alone. */
const SIGNED_AT = new Date('2006-01-02T15:04:05Z')

function authorizationOf(vector: Vector): string | undefined {
  const query = Object.entries(vector.query).map(([name, value]) => `${name}=${value}`)
  const credentials = {
    kind: 'ACCESS_KEY',
    accessKey: vector.ak,
    secretKey: vector.sk,
    securityToken: undefined,
  } as const
  const request = { ...vector, path: `${vector.path}?${query.join('&')}`, headers: {} }
  return signedHeaders(request, credentials, SIGNED_AT)['authorization']
}

describe('the vendor’s published vectors', () => {
  test('are two', () => expect(vectors).toHaveLength(2))

  test.each(vectors)('$name', (vector) => {
    expect(authorizationOf(vector)).toBe(vector.authorization)
  })

  test.each(vectors)('$name: another method, path, query, body or key signs otherwise', (vector) => {
    for (const change of [
      { method: 'PUT' },
      { path: '/Path' },
      { query: { limit: 2 } },
      { body: `${vector.body} ` },
      { sk: 'Secretkey' },
    ]) {
      expect(authorizationOf({ ...vector, ...change })).not.toBe(vector.authorization)
    }
  })
})

const KEY = { kind: 'ACCESS_KEY', accessKey: 'AK', secretKey: 'SK', securityToken: undefined } as const
const sign = (path: string, headers: Readonly<Record<string, string>> = {}, key: object = {}) =>
  signedHeaders({ method: 'GET', path, headers, body: '' }, { ...KEY, ...key }, SIGNED_AT)

describe('the headers of a signed request', () => {
  test('are those that were signed, the date, and the proof that names them in order', () => {
    const headers = sign('/v2/p', { 'x-project-id': 'p', accept: 'a' }, { securityToken: 'st' })
    expect(Object.keys(headers).toSorted()).toEqual([
      'accept',
      'authorization',
      'x-project-id',
      'x-sdk-date',
      'x-security-token',
    ])
    expect(headers['x-sdk-date']).toBe('20060102T150405Z')
    expect(headers['x-security-token']).toBe('st')
    expect(headers['authorization']).toMatch(
      /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=accept;x-project-id;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$/,
    )
  })

  test('never hold the secret key', () => {
    const headers = sign('/v2/p', {}, { secretKey: 's3cret-of-this-test' })
    expect(JSON.stringify(headers)).not.toContain('s3cret-of-this-test')
  })

  test('prove each header, the security token too', () => {
    const proofs = [
      sign('/v2/p', { 'x-project-id': 'p' }, { securityToken: 'one' }),
      sign('/v2/p', { 'x-project-id': 'q' }, { securityToken: 'one' }),
      sign('/v2/p', { 'x-project-id': 'p' }, { securityToken: 'two' }),
    ].map((headers) => headers['authorization'])
    expect(new Set(proofs).size).toBe(3)
  })
})

/** Spellings of one request: a server that reads it decides by its meaning, so they have to sign alike. */
const SPELLINGS = [
  ['/v2/p/x', '/v2/p/x/'],
  ['/v2/p/x', '/v2/p/%78'],
  ['/v2/%e8%ae%a2', '/v2/%E8%AE%A2'],
  ['/v2/p?a=%2a', '/v2/p?a=*'],
  ['/v2/p?b=2&a=1', '/v2/p?a=1&b=2'],
  ['/v2/p?a=2&a=1', '/v2/p?a=1&a=2'],
  ['/v2/p?a=x%20y', '/v2/p?a=x+y'],
  ['/v2/p?a=', '/v2/p?a'],
  ['/v2/p?a=b%3Fc', '/v2/p?a=b?c'],
  ['/v2/p?a-b=1&a=2', '/v2/p?a=2&a-b=1'],
] as const

/** Different requests that a careless signer takes for one. */
const DIFFERENT = [
  ['/v2/p/x', '/v2/p%2Fx'],
  ['/v2/p?a=b%26c=d', '/v2/p?a=b&c=d'],
  ['/v2/p?a=b%3Dc', '/v2/p?a%3Db=c'],
  ['/v2/p?a=x%2By', '/v2/p?a=x+y'],
  ['/v2/p?a=b?c', '/v2/p?a=b'],
  ['/v2/p?a=1&a=1', '/v2/p?a=1'],
  ['/v2/p?a=', '/v2/p'],
] as const

describe('what is signed', () => {
  test.each(SPELLINGS)('%s as %s', (one, other) => {
    expect(sign(one)['authorization']).toBe(sign(other)['authorization'])
  })

  test.each(DIFFERENT)('%s otherwise than %s', (one, other) => {
    expect(sign(one)['authorization']).not.toBe(sign(other)['authorization'])
  })
})
