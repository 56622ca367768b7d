import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { jsonResponses } from '../../../src/server/graphql/json-responses.ts'
import type { Reporting } from '../../../src/server/observability/reporting.ts'
import { createRequestContext } from '../../../src/server/request-context.ts'

/** Sends responses to requests of these ids in one turn, and returns what was done for them, in its order. */
async function sentInOneTurn(ids: readonly string[], broken?: string): Promise<string[]> {
  const seen: string[] = []
  const send = jsonResponses(
    { ended: ({ audience }) => seen.push(`report ${audience.requestId}`) } as Partial<Reporting> as Reporting,
    (_response, { audience }, error) => seen.push(`abort ${audience.requestId}: ${(error as Error).message}`),
  )
  for (const id of ids) {
    const response = {
      writeHead() {
        if (id === broken) throw new Error('no head')
        return this
      },
      end: (text: string) => seen.push(`write ${id} ${text}`),
    }
    send({
      response: response as unknown as ServerResponse,
      context: createRequestContext({ 'x-request-id': id }, { projectId: undefined, mode: 'cloud' }),
      type: 'application/json',
      rendered: { result: { data: { a: 1 } }, errors: [] },
    })
  }
  await setImmediate()
  return seen
}

test('responses of one turn are reported, then written', async () => {
  const written = '{"data":{"a":1}}'
  expect(await sentInOneTurn(['1', '2'])).toEqual([
    'report 1',
    'report 2',
    `write 1 ${written}`,
    `write 2 ${written}`,
  ])
})

test('a response that cannot be written is aborted alone', async () => {
  const seen = await sentInOneTurn(['1', '2', '3'], '2')
  expect(seen.slice(3)).toEqual(['write 1 {"data":{"a":1}}', 'abort 2: no head', 'write 3 {"data":{"a":1}}'])
})
