import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AccessKey } from '../cloud/seed.ts'
import type { Call } from '../http/exchange.ts'
import { Refusal } from '../http/refusal.ts'
import { newRequestId } from '../http/request-id.ts'
import { canonicalRequest } from './canonical-request.ts'

const ALGORITHM = 'SDK-HMAC-SHA256'
const AUTHORIZATION =
  /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/
const MAX_SKEW_MS = 15 * 60 * 1000

/** Throws unless the call is signed by one of the keys, at about `now`. Refusals echo what those of the cloud echo. */
export function verifySignature(call: Call, keys: readonly AccessKey[], now: Date): void {
  const authorization = call.headers.authorization ?? ''
  const [, access = '', signedHeaders = '', signature = ''] = AUTHORIZATION.exec(authorization) ?? []
  if (!signature) throw refuse('authorization format is incorrect', now)

  const date = String(call.headers['x-sdk-date'] ?? '')
  const signedAt = parseDate(date)
  if (Number.isNaN(signedAt)) throw refuse('x-sdk-date not found or not a date', now)
  if (Math.abs(signedAt - now.getTime()) > MAX_SKEW_MS) {
    throw refuse(`signature expired, signature time:${date},server time:${formatDate(now)}`, now)
  }

  const key = keys.find((candidate) => candidate.access === access)
  if (!key) throw refuse(`Get secretKey failed,ak:${access},err:ak not exist`, now)
  if (key.securityToken !== undefined && call.headers['x-security-token'] !== key.securityToken) {
    throw refuse(`Get secretKey failed,ak:${access},err:x-security-token not found or not valid`, now)
  }

  const canonical = canonicalRequest(call, signedHeaders.split(';'))
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(canonical, date, key.secret)))) {
    const echo = canonical.replaceAll('\n', '|')
    throw refuse(`verify aksk signature fail, ${authorization}, canonicalRequest:${echo}`, now)
  }
}

function sign(canonical: string, date: string, secret: string): string {
  const hash = createHash('sha256').update(canonical).digest('hex')
  return createHmac('sha256', secret).update(`${ALGORITHM}\n${date}\n${hash}`).digest('hex')
}

function refuse(reason: string, now: Date): Refusal {
  return new Refusal(401, {
    error_msg: `Incorrect IAM authentication information: ${reason}`,
    error_code: 'APIGW.0301',
    request_id: newRequestId(now),
  })
}

/** `20190126T033427Z` */
function parseDate(text: string): number {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return iso === text ? Number.NaN : Date.parse(iso)
}

function formatDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '')
}
