import { expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import type { HttpRequest } from '../../support/http.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type Answered, ask } from './requests.ts'

/**
 * The checks of graphql-cop (https://github.com/dolevf/graphql-cop), each with the request that it sends and the finding
 * that it looks for. Its field duplication check is there too, which it has and does not run any more.
 */
interface Check {
  readonly name: string
  /** A query to post as JSON, by the name that it always sends. */
  readonly query?: string
  /** A request of another kind. */
  readonly sent?: {
    readonly search?: string
    readonly init?: HttpRequest
  }
  readonly finds: (answer: Answered) => boolean
}

const runs = ({ json }: Answered): boolean => Boolean(json?.data?.__typename)

const CHECKS: readonly Check[] = [
  {
    name: 'Alias Overloading',
    query: `query cop { ${Array.from({ length: 101 }, (_, index) => `alias${index}:__typename \n`).join('')} }`,
    finds: ({ json }) => Boolean(json?.data?.alias100),
  },
  {
    name: 'Array-based Query Batching',
    sent: {
      init: {
        body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))),
      },
    },
    finds: ({ json }) => json?.length >= 10,
  },
  {
    name: 'Introspection-based Circular Query',
    query:
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    finds: ({ json }) => json?.data?.__schema?.types?.length > 25,
  },
  {
    name: 'Directive Overloading',
    query: 'query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }',
    finds: ({ json }) => json?.errors?.length === 10,
  },
  {
    name: 'Field Duplication',
    query: `query cop { ${'__typename \n'.repeat(500)}} `,
    finds: runs,
  },
  {
    name: 'Field Suggestions',
    query: 'query cop { __schema { directive } }',
    finds: ({ json }) => json?.errors?.[0]?.message.includes('Did you mean'),
  },
  {
    name: 'Mutation is allowed over GET (possible CSRF)',
    sent: { search: '?query=mutation+cop+%7B__typename%7D' },
    finds: runs,
  },
  {
    name: 'GET Method Query Support',
    sent: { search: '?query=query+cop+%7B__typename%7D' },
    finds: runs,
  },
  {
    name: 'GraphQL IDE',
    sent: { init: { headers: { accept: 'text/html' } } },
    finds: ({ text }) => /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/.test(text),
  },
  {
    name: 'Introspection',
    query: 'query cop { __schema { types { name fields { name } } } }',
    finds: ({ json }) => Boolean(json?.data?.__schema?.types),
  },
  {
    name: 'POST based url-encoded query (possible CSRF)',
    sent: {
      init: {
        method: 'POST',
        body: 'query=query+cop+%7B+__typename+%7D',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    },
    finds: runs,
  },
  {
    name: 'Trace Mode',
    query: 'query cop { __typename }',
    finds: ({ json, text }) =>
      Boolean(json?.errors?.[0]?.extensions?.tracing) || /"extensions":\{"tracing"/i.test(text),
  },
  {
    name: 'Unhandled Errors Detection',
    query: 'qwerty cop { abc }',
    finds: ({ json, text }) =>
      Boolean(json?.errors?.[0]?.extensions?.exception) ||
      /"extensions":\{"exception"|stack|\bat \//i.test(text),
  },
]

const send = (url: string, { query, sent = {} }: Check): Promise<Answered> =>
  ask(
    `${url}${sent.search ?? ''}`,
    query === undefined ? sent.init : { body: JSON.stringify({ query, operationName: 'cop' }) },
  )

test('they are thirteen', () => {
  expect(CHECKS).toHaveLength(13)
})

test.each(CHECKS)('$name: nothing is found in production', async (check) => {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production: true })
  expect(check.finds(await send(gateway.url, check))).not.toBe(true)
  expect(upstream.calls).toEqual([])
})

test('the checks find what there is: in development, with all limits lifted, those that may be found are', async () => {
  const documents = { tokens: 10_000, aliases: 1_000, rootFields: 1_000, depth: 100 }
  await using gateway = await startGateway({ graphiql: true, documents })
  const found = await Promise.all(
    CHECKS.map(async (check) => (check.finds(await send(gateway.url, check)) ? [check.name] : [])),
  )
  expect(found.flat()).toEqual([
    'Alias Overloading',
    'Field Duplication',
    'Field Suggestions',
    'GET Method Query Support',
    'GraphQL IDE',
    'Introspection',
  ])
})
