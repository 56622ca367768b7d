import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, jwtVerify } from 'jose'
import type { AuthenticationFailure } from '../../operations/operation-context.ts'

/** The subject of a JWT, or why it is not accepted. */
export type VerifyJwt = (
  token: string,
) => Promise<{ readonly subject: string } | { readonly refused: AuthenticationFailure }>

export interface JwtSettings {
  /** Where the issuer publishes its public keys (a JWKS). */
  readonly jwks: URL
  readonly issuer: string
  readonly audience: string
  /** Fetches the keys, where not the global `fetch` does. */
  readonly fetch?: FetchImplementation | undefined
}

/** Public keys alone: with a shared secret, a verifier could sign tokens. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
const JWKS_TIMEOUT_MS = 2_000
/** A new key is fetched when a token names it. Known keys are used for this long while the issuer is down. */
const JWKS_MAX_AGE_MS = 3_600_000
const CLOCK_SKEW_SECONDS = 30
const MAX_SUBJECT_LENGTH = 128

/** Verifies JWTs by the issuer's published keys, which are fetched when first needed and kept. */
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

/** An empty subject, or one that is not a string, identifies no caller. */
const isSubject = (subject: unknown): subject is string => typeof subject === 'string' && subject !== ''

/** What is wrong with the token itself; every other error means that the issuer's keys are not available. */
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
