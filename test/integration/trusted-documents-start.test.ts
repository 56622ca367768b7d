import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startProcess } from '../support/start-process.ts'

const TYPENAME = '{ __typename }'

async function manifest(documents: unknown) {
  const directory = await mkdtemp(join(tmpdir(), 'trusted-'))
  const file = join(directory, 'documents.json')
  await writeFile(file, JSON.stringify(documents))
  return { file, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) }
}

async function ask(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

test.each([
  [{ NODE_ENV: 'production', SANDBOX: 'true' }, 'no others are executed', false],
  [{}, 'others are executed too', true],
])('a gateway under %j says at the start: %s', async (settings, words, others) => {
  await using documents = await manifest({ a: TYPENAME })
  await using gateway = startProcess({ ...settings, TRUSTED_DOCUMENTS: documents.file })
  const url = await gateway.url()
  expect(await ask(url, { documentId: 'a' })).toEqual({ data: { __typename: 'Query' } })
  const answer = await ask(url, { query: '{ other: __typename }' })
  expect('data' in (answer as object)).toBe(others)
  await expect.poll(() => gateway.lines.join('\n')).toContain(`Trusted documents: 1; ${words}`)
})

test('a manifest that is wrong stops the start, and every fault names the file and the document', async () => {
  await using documents = await manifest({ a: '{ nope }', b: TYPENAME, c: '{' })
  await using gateway = startProcess({ TRUSTED_DOCUMENTS: documents.file })
  expect(await gateway.exited).toBe(1)
  expect(gateway.lines).toEqual([])
  expect(gateway.errors).toEqual([
    `TRUSTED_DOCUMENTS: ${documents.file}: a: Cannot query field "nope" on type "Query".`,
    `TRUSTED_DOCUMENTS: ${documents.file}: c: Syntax Error: Expected Name, found <EOF>.`,
  ])
})

test('a manifest that is not there stops the start', async () => {
  await using gateway = startProcess({ TRUSTED_DOCUMENTS: 'no-such-file.json' })
  expect(await gateway.exited).toBe(1)
  expect(gateway.errors).toEqual(['TRUSTED_DOCUMENTS: no-such-file.json: cannot be read (ENOENT)'])
})
