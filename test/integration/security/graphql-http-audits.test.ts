import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'

/** Those that ask for `__type` and want it answered: introspection is off in production. */
const NEED_INTROSPECTION = ['2EA1', '28B9']
/** Those that ask by GET, which may be supported; production takes POST alone. */
const NEED_GET = ['5A70']
/** Those that need both. */
const NEED_BOTH = ['D6D5', '6A70']

async function failed(production: boolean): Promise<readonly string[]> {
  await using gateway = await startGateway({ production })
  const audits = serverAudits({ url: gateway.url })
  expect(audits).toHaveLength(61)
  const results = await Promise.all(audits.map(({ fn }) => fn()))
  for (const result of results) if ('response' in result) await result.response.body?.cancel().catch(() => {})
  return results.filter(({ status }) => status !== 'ok').map(({ id }) => id)
}

test('in development all 61 audits of GraphQL over HTTP pass', async () => {
  expect(await failed(false)).toEqual([])
})

test('in production all pass but those that need introspection or GET', async () => {
  expect((await failed(true)).toSorted()).toEqual(
    [...NEED_INTROSPECTION, ...NEED_GET, ...NEED_BOTH].toSorted(),
  )
})
