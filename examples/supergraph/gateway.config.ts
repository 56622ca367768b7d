/** What the VPC channel gateway wants to know of a caller. `X-Request-Id` is passed on without being named. */
const PASSED_ON = ['x-auth-token', 'x-project-id', 'accept-language']

/** Hive Gateway's settings. It shows a subgraph's errors with all their extensions. */
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }: { readonly request: Request }) =>
      Object.fromEntries(PASSED_ON.map((name) => [name, request.headers.get(name)])),
  },
}
