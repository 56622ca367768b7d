/** What a gateway shows of itself: much on a developer's machine, nothing that is not needed in production. */
export interface Profile {
  /** Whether a browser that opens `/graphql` gets GraphiQL. */
  readonly graphiql: boolean
  /** Whether `__schema` and `__type` are answered. `_service` always is: composition needs it, and the schema is public. */
  readonly introspection: boolean
  /** Whether an error proposes names that exist ("Did you mean …?"). */
  readonly suggestions: boolean
  /** Whether queries may come by GET. */
  readonly get: boolean
}

const DEVELOPMENT: Profile = Object.freeze({
  graphiql: true,
  introspection: true,
  suggestions: true,
  get: true,
})

const PRODUCTION: Profile = Object.freeze({
  graphiql: false,
  introspection: false,
  suggestions: false,
  get: false,
})

/** The profile of a process; introspection can be chosen by itself. */
export function profileOf(production: boolean, introspection: boolean | undefined): Profile {
  const profile = production ? PRODUCTION : DEVELOPMENT
  return introspection === undefined ? profile : Object.freeze({ ...profile, introspection })
}
