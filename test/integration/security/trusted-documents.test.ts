import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CREATE, startWillingUpstream } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { ask, bodyOf, expectRefusal } from './requests.ts'

const TYPENAME = 'query Typename { __typename }'
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const MANIFEST = { [hash(TYPENAME)]: TYPENAME, [hash(CREATE)]: CREATE }
const variables = { input: leastInput('APIG') }

const byHash = (sha256Hash: unknown, more: object = {}): string =>
  JSON.stringify({ ...more, extensions: { persistedQuery: { version: 1, sha256Hash } } })

async function answered(body: string, trustedDocuments: Record<string, string> | undefined) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({
    upstream: upstream.url,
    production: true,
    ...(trustedDocuments && { trustedDocuments }),
  })
  return { answer: await ask(gateway.url, { body }), calls: upstream.calls.length }
}

describe('with a list of trusted documents', () => {
  test.each([
    ['by its id', JSON.stringify({ documentId: hash(CREATE), variables })],
    ['by its hash, as Apollo’s clients say it', byHash(hash(CREATE), { variables })],
    ['by its hash and its text', byHash(hash(CREATE), { variables, query: CREATE })],
    ['by its text', bodyOf(CREATE, { variables })],
  ])('one of them runs: %s', async (_how, body) => {
    const { answer, calls } = await answered(body, MANIFEST)
    expect([answer.status, answer.json.errors, calls]).toEqual([200, undefined, 1])
  })

  test.each([
    ['a text that is not on it', bodyOf('{ __typename }')],
    ['a text that differs by a blank', bodyOf(`${CREATE} `, { variables })],
    ['a hash that is not on it', byHash(hash('{ __typename }'))],
    ['an id that is not on it', '{"documentId":"nope"}'],
    ['an id that every object has', '{"documentId":"constructor"}'],
    ['the hash of one and the text of another', byHash(hash(TYPENAME), { query: CREATE, variables })],
    [
      'the id of one and the text of none',
      JSON.stringify({ documentId: hash(TYPENAME), query: '{ __typename }' }),
    ],
  ])('nothing else does: %s', async (_what, body) => {
    const { answer, calls } = await answered(body, MANIFEST)
    expectRefusal(answer, 400, 'PERSISTED_QUERY_NOT_FOUND')
    expect(calls).toBe(0)
  })

  test.each([
    ['no id and no text', '{}'],
    ['a hash that is no text', byHash(1)],
    ['an empty list', bodyOf('{ __typename }')],
  ])('%s is refused', async (name, body) => {
    const { answer } = await answered(body, name === 'an empty list' ? {} : MANIFEST)
    expect(answer.status).toBe(400)
  })
})

test('without such a list an id alone is refused', async () => {
  for (const body of [byHash(hash(TYPENAME)), '{"documentId":"x"}']) {
    expectRefusal((await answered(body, undefined)).answer, 400)
  }
})

test('TRUSTED_DOCUMENTS names a file as a code generator writes it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'trusted-'))
  const file = join(directory, 'persisted-documents.json')
  await writeFile(file, JSON.stringify(MANIFEST))
  {
    await using gateway = startProcess({ TRUSTED_DOCUMENTS: file })
    const url = await gateway.url()
    expect((await ask(url, { body: byHash(hash(TYPENAME)) })).json).toEqual({ data: { __typename: 'Query' } })
    expectRefusal(await ask(url, { body: bodyOf('{ __typename }') }), 400, 'PERSISTED_QUERY_NOT_FOUND')
  }
  await writeFile(file, '["not", "a", "map"]')
  for (const bad of [file, join(directory, 'nowhere.json')]) {
    await using gateway = startProcess({ TRUSTED_DOCUMENTS: bad })
    expect(await gateway.exited).toBe(1)
    expect(gateway.errors).toEqual([expect.stringMatching(/^TRUSTED_DOCUMENTS: /)])
    expect(gateway.lines).toEqual([])
  }
  await rm(directory, { recursive: true })
})
