import { describe, expect, test } from 'vitest'
import { canonicalRequest } from '../../../../src/simulator/auth/canonical-request.ts'
import { verifySignature } from '../../../../src/simulator/auth/verify-signature.ts'
import type { Call } from '../../../../src/simulator/http/exchange.ts'

const KEY = { access: 'AccessKey', secret: 'SecretKey' }
const SIGNED_AT = new Date('2006-01-02T15:04:05Z')

function call(changes: Partial<Call> & { text?: string }): Call {
  const { text = '', ...rest } = changes
  return {
    method: 'GET',
    path: '/path',
    query: new URLSearchParams(),
    headers: {},
    bytes: Buffer.from(text),
    body: text,
    ...rest,
  }
}

/** The two vectors of the vendor's Go SDK, core/auth/signer/signer_test.go. */
const PUBLISHED: readonly [string, Call][] = [
  [
    'a query',
    call({
      query: new URLSearchParams('limit=1'),
      headers: {
        'x-sdk-date': '20060102T150405Z',
        test_underscore: 'TEST_VALUE',
        authorization:
          'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
      },
    }),
  ],
  [
    'a body that ends with a newline',
    call({
      method: 'POST',
      query: new URLSearchParams('key=value'),
      headers: {
        'x-sdk-date': '20060102T150405Z',
        test_underscore: 'TEST_VALUE',
        'content-type': 'application/json',
        authorization:
          'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59',
      },
      text: '{"Name":"test","Id":1}\n',
    }),
  ],
]

describe('the published signature', () => {
  test.each(PUBLISHED)('over %s is accepted', (_, signed) => {
    expect(() => verifySignature(signed, [KEY], SIGNED_AT)).not.toThrow()
  })

  test.each(PUBLISHED)('over %s is refused once a byte of the body differs', (_, signed) => {
    const tampered = { ...signed, bytes: Buffer.concat([signed.bytes, Buffer.from(' ')]) }
    expect(() => verifySignature(tampered, [KEY], SIGNED_AT)).toThrow('verify aksk signature fail')
  })
})

describe('the canonical request', () => {
  test('has a slash at the end of the path, a sorted query and trimmed headers', () => {
    const canonical = canonicalRequest(
      call({
        method: 'PUT',
        path: '/v2/p/a%20b',
        query: new URLSearchParams('b=2&a=%E8%AE%A2&a=*'),
        headers: { host: ' example.com ', 'x-sdk-date': '20060102T150405Z' },
        text: '{}',
      }),
      ['host', 'x-sdk-date'],
    )
    expect(canonical).toBe(
      [
        'PUT',
        '/v2/p/a%20b/',
        'a=%2A&a=%E8%AE%A2&b=2',
        'host:example.com',
        'x-sdk-date:20060102T150405Z',
        '',
        'host;x-sdk-date',
        '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      ].join('\n'),
    )
  })

  test('takes the word of a client that does not hash its body', () => {
    const canonical = canonicalRequest(
      call({ headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' }, text: 'a stream' }),
      ['x-sdk-content-sha256'],
    )
    expect(canonical.split('\n').at(-1)).toBe('UNSIGNED-PAYLOAD')
  })

  test('reads header bytes as UTF-8', () => {
    const latin1 = Buffer.from('订单').toString('latin1')
    expect(canonicalRequest(call({ headers: { 'x-note': latin1 } }), ['x-note'])).toContain('x-note:订单\n')
  })
})
