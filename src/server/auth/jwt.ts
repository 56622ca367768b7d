import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, jwtVerify } from 'jose'
import type { Refusal } from '../../operations/operation-context.ts'

/** A signed web token's subject, or why it is not taken. */
export type VerifyJwt = (
  token: string,
) => Promise<{ readonly subject: string } | { readonly refused: Refusal }>

export interface JwtSettings {
  /** Where the issuer publishes its public keys (a JWKS). */
  readonly jwks: URL
  readonly issuer: string
  readonly audience: string
  /** Fetches the keys, where not the global `fetch` does. */
  readonly fetch?: FetchImplementation | undefined
}

/** Public keys alone: with a shared secret, whoever checks tokens could make them. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
const JWKS_TIMEOUT_MS = 2_000
/** A key that is new is fetched when a token names it. Those that are known serve on so long while the issuer is away. */
const JWKS_MAX_AGE_MS = 3_600_000
const CLOCK_SKEW_SECONDS = 30
const MAX_SUBJECT_LENGTH = 128

/** Checks web tokens (JWT) by the issuer's published keys, which are fetched when first needed and kept. */
export function jwtVerifier({ jwks, issuer, audience, fetch }: JwtSettings): VerifyJwt {
  const keys = createRemoteJWKSet(jwks, {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cacheMaxAge: JWKS_MAX_AGE_MS,
    ...(fetch !== undefined && { [customFetch]: fetch }),
  })
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_SKEW_SECONDS,
      })
      return isSubject(payload.sub)
        ? { subject: payload.sub.slice(0, MAX_SUBJECT_LENGTH) }
        : { refused: 'CALLER_UNKNOWN' }
    } catch (error) {
      return { refused: isOfToken(error) ? 'CALLER_UNKNOWN' : 'CALLER_CHECK_UNAVAILABLE' }
    }
  }
}

/** Nobody is told apart by an empty name, or by one that is no text. */
const isSubject = (subject: unknown): subject is string => typeof subject === 'string' && subject !== ''

/** What is wrong with the token itself; everything else is that the issuer's keys cannot be had. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWTExpired ||
  error instanceof errors.JWTInvalid ||
  error instanceof errors.JWSInvalid ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JOSEAlgNotAllowed ||
  error instanceof errors.JOSENotSupported ||
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys
