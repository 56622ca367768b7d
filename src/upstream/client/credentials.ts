import { hash } from 'node:crypto'
import type { ProjectTokens } from '../iam/project-tokens.ts'

/** A caller's own token, or one that was obtained for the project. */
interface TokenCredentials {
  readonly kind: 'TOKEN'
  readonly token: string
  /** Its SHA-256, where that is known already. */
  readonly digest?: string
}

/** A caller's own token, of which the digest is taken once for all that is done for a request. */
export class CallersToken implements TokenCredentials {
  readonly kind = 'TOKEN'
  readonly token: string
  #digest: string | undefined

  constructor(token: string) {
    this.token = token
  }

  get digest(): string {
    this.#digest ??= hash('sha256', this.token)
    return this.#digest
  }
}

/** By what a token is known wherever it is not used: its SHA-256 as hexadecimal digits. */
export const tokenDigest = ({ token, digest }: TokenCredentials): string => digest ?? hash('sha256', token)

/** An access key of the gateway's own: it signs each call, and each attempt anew. */
export interface AccessKeyCredentials {
  readonly kind: 'ACCESS_KEY'
  readonly accessKey: string
  readonly secretKey: string
  /** Of a temporary key. */
  readonly securityToken: string | undefined
}

/** An IAM user of the gateway's own, whose tokens are obtained as they are needed. */
interface UserCredentials {
  readonly kind: 'USER'
  readonly tokens: ProjectTokens
}

/** Logging in is the one call that carries none. */
interface NoCredentials {
  readonly kind: 'NONE'
  /** What its body holds that proves something. */
  readonly secrets?: readonly string[]
}

/** Whose rights a call uses. */
export type Credentials = TokenCredentials | AccessKeyCredentials | UserCredentials

/** What a call can be sent with as it is. */
export type RequestCredentials = TokenCredentials | AccessKeyCredentials | NoCredentials

/** What nothing that is passed on of an answer may hold: the proof, and what was `sent` of it. */
export function secretsOf(
  proof: RequestCredentials,
  sent: Readonly<Record<string, string>>,
): readonly string[] {
  switch (proof.kind) {
    case 'TOKEN':
      return [proof.token]
    case 'ACCESS_KEY':
      return [
        proof.accessKey,
        proof.secretKey,
        proof.securityToken ?? '',
        sent['authorization']?.split('Signature=')[1] ?? '',
      ]
    case 'NONE':
      return proof.secrets ?? []
  }
}
