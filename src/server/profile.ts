/** What a gateway shows of itself: much on a developer's machine, nothing that is not needed in production. */
export interface Profile {
  /** Whether a browser that opens `/graphql` gets GraphiQL. */
  readonly graphiql: boolean
  /** Whether `__schema` and `__type` are answered. */
  readonly introspection: boolean
  /** Whether `_service` is answered: in production too, because composition needs it and the schema is public. */
  readonly federationSdl: boolean
  /** Whether an error proposes names that exist ("Did you mean …?"). */
  readonly suggestions: boolean
  /** Whether queries may come by GET. */
  readonly get: boolean
}

const DEVELOPMENT: Profile = Object.freeze({
  graphiql: true,
  introspection: true,
  federationSdl: true,
  suggestions: true,
  get: true,
})

const PRODUCTION: Profile = Object.freeze({
  graphiql: false,
  introspection: false,
  federationSdl: true,
  suggestions: false,
  get: false,
})

/** The profile of a process; introspection and the subgraph's SDL can be chosen by themselves. */
export function profileOf(
  production: boolean,
  introspection: boolean | undefined,
  federationSdl = true,
): Profile {
  const profile = production ? PRODUCTION : DEVELOPMENT
  return Object.freeze({ ...profile, introspection: introspection ?? profile.introspection, federationSdl })
}
