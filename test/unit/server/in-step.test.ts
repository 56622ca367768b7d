import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { compiledFastPath, type FastPathParts } from '../../../src/server/graphql/compiled-fast-path.ts'
import { createRequestContext, type RequestContext } from '../../../src/server/request-context.ts'

const REQUEST = { method: 'POST', headers: {} } as IncomingMessage

/** Serves requests of these ids in one turn, and tells what was done for them, in its order. */
async function servedInOneTurn(ids: readonly string[], broken?: string): Promise<string[]> {
  const seen: string[] = []
  const serve = compiledFastPath({
    operations: {
      get: () => ({ executePlain: () => Promise.resolve({ data: { a: 1 } }) }),
    },
    contextOf: () => ({}),
    reporting: { ended: ({ audience }: RequestContext) => seen.push(`report ${audience.requestId}`) },
    abortResponse: (_response: ServerResponse, { audience }: RequestContext, error: Error) =>
      seen.push(`break off ${audience.requestId}: ${error.message}`),
  } as unknown as FastPathParts)
  for (const id of ids) {
    const scope = { ...createRequestContext({ 'x-request-id': id }, undefined), params: { query: '{ a }' } }
    const response = {
      writeHead() {
        if (id === broken) throw new Error('no head')
        return this
      },
      end: (text: string) => seen.push(`write ${id} ${text}`),
    }
    serve(REQUEST, response as unknown as ServerResponse, scope)
  }
  await setImmediate()
  return seen
}

test('what has come in one turn is reported, then written', async () => {
  const written = '{"data":{"a":1}}'
  expect(await servedInOneTurn(['1', '2'])).toEqual([
    'report 1',
    'report 2',
    `write 1 ${written}`,
    `write 2 ${written}`,
  ])
})

test('an answer that cannot be written is broken off alone', async () => {
  const seen = await servedInOneTurn(['1', '2', '3'], '2')
  expect(seen.slice(3)).toEqual([
    'write 1 {"data":{"a":1}}',
    'break off 2: no head',
    'write 3 {"data":{"a":1}}',
  ])
})
