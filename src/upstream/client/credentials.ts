import { hash } from 'node:crypto'
import type { ProjectId } from '../../lib/ids.ts'

/** A caller's own token, or one that was obtained for the project. */
interface TokenCredentials {
  readonly kind: 'TOKEN'
  readonly token: string
  /** Its SHA-256, where that is known already. */
  readonly digest?: string
}

/** A caller's own token. Its digest is computed at most once per request. */
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

/** What identifies a token where it is not sent: its SHA-256 in hexadecimal digits. */
export const tokenDigest = ({ token, digest }: TokenCredentials): string => digest ?? hash('sha256', token)

/** The gateway's access key. It signs every attempt of every call. */
export interface AccessKeyCredentials {
  readonly kind: 'ACCESS_KEY'
  readonly accessKey: string
  readonly secretKey: string
  /** Of a temporary key. */
  readonly securityToken: string | undefined
}

/** Tokens of the gateway's IAM user, one per project. */
export interface TokenSource {
  /** A token for a caller's call: not a promise where one is in the cache. */
  readonly of: (projectId: ProjectId, caller: string) => string | Promise<string>
  /** Another token than one that was refused; `undefined` where a new one would be no better. */
  readonly refresh: (projectId: ProjectId, refused: string, caller: string) => Promise<string | undefined>
  /** Notes that the cloud has accepted a token. */
  readonly accepted: (projectId: ProjectId, token: string) => void
}

/** An IAM user that the gateway logs in as, with tokens that are obtained when they are needed. */
interface UserCredentials {
  readonly kind: 'USER'
  readonly tokens: TokenSource
}

/** For the login, the only call that carries no credentials. */
interface NoCredentials {
  readonly kind: 'NONE'
  /** The secrets in its body. */
  readonly secrets?: readonly string[]
}

/** The credentials of a caller or of the gateway. */
export type Credentials = TokenCredentials | AccessKeyCredentials | UserCredentials

/** The credentials of one request: a USER's are exchanged for a token first. */
export type RequestCredentials = TokenCredentials | AccessKeyCredentials | NoCredentials

/** What no text that is passed on from a response may contain: the credentials, and the headers derived from them. */
export function secretsOf(
  credentials: RequestCredentials,
  sent: Readonly<Record<string, string>>,
): readonly string[] {
  switch (credentials.kind) {
    case 'TOKEN':
      return [credentials.token]
    case 'ACCESS_KEY':
      return [
        credentials.accessKey,
        credentials.secretKey,
        credentials.securityToken ?? '',
        sent['authorization']?.split('Signature=')[1] ?? '',
      ]
    case 'NONE':
      return credentials.secrets ?? []
  }
}
