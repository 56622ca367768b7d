import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { MESSAGES_BY_CODE, MESSAGES_BY_REASON } from '../../src/errors/error-messages.ts'
import { schema } from '../../src/graphql/schema.ts'
import { trustedDocuments } from '../../src/server/documents/trusted-documents.ts'
import { CREATE } from '../fixtures/ask.ts'
import { MAY_NOT_READ } from '../fixtures/nothing-before.ts'
import { startGateway } from '../support/start-gateway.ts'
import { startUpstream } from '../support/start-upstream.ts'
import { startSandbox } from './simulator/sandbox.ts'

const FOLDER = new URL('../../deploy/on-call/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const PAGE = read('docs/what-happened-to-my-write.md')
const MANIFEST = read('deploy/on-call/trusted-documents.json')
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'))
const textOf = (id: string): string => JSON.parse(MANIFEST)[id]

/** The requests of the page's curl lines to the gateway. */
const REQUESTS = Array.from(
  PAGE.matchAll(/\$GATEWAY\/graphql[\s\S]*?-d '([^']*)'/g),
  ([, body = '']) => JSON.parse(body) as { documentId: string; variables: Record<string, unknown> },
)

const production = () => {
  const given = trustedDocuments(MANIFEST, schema, true)
  if (!given.ok) throw new Error(given.faults.join('\n'))
  return { production: true, trustedDocuments: given.documents }
}

async function ask(url: string, body: object, token: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': token },
    body: JSON.stringify(body),
  })
  return response.json() as Promise<{
    data?: Record<string, Record<string, unknown> | null>
    errors?: readonly { readonly extensions: { readonly code: string } }[]
  }>
}

describe('the manifest for on-call use', () => {
  test('has every document of its folder, letter by letter', () => {
    const ofFiles = FILES.map((file) => [
      `on-call:${file.replace('.graphql', '')}`,
      readFileSync(new URL(file, FOLDER), 'utf8'),
    ])
    expect(ofFiles.length).toBeGreaterThan(3)
    expect(JSON.parse(MANIFEST)).toEqual(Object.fromEntries(ofFiles))
  })

  test('fits the published schema', () => {
    const published = buildSchema(read('schema/schema.graphql'))
    expect(trustedDocuments(MANIFEST, published, true)).toMatchObject({ ok: true })
  })

  test.each([
    ['on-call:repeat-creation', 'acceptIdentical', 'acceptIdentical: true'],
    ['on-call:repeat-creation', 'VpcChannelCreateOutcome!', 'outcome'],
    ['on-call:apply-batch', 'ignored:', 'ignored'],
    ['on-call:plan-batch', 'notChecked:', 'notChecked'],
  ])('%s uses what the schema has for it: %s', (id, offered, used) => {
    expect(textOf(id).includes(used)).toBe(read('schema/schema.graphql').includes(offered))
  })
})

describe('the page for the person on call', () => {
  test('has a request for every document of the manifest, and for no other', () => {
    const ids = REQUESTS.map(({ documentId }) => documentId)
    expect(ids.toSorted()).toEqual(Object.keys(JSON.parse(MANIFEST)).toSorted())
  })

  test('has requests that a gateway in production answers, and that do what the page says', async () => {
    await using cloud = await startSandbox()
    await using gateway = await startGateway({
      upstream: cloud.url,
      projectId: cloud.projectId,
      ...production(),
    })
    const token = cloud.issueToken()
    const answers: Record<string, Record<string, Record<string, unknown> | null> | undefined> = {}
    let planId: unknown
    for (const { documentId, variables } of REQUESTS) {
      const given = 'planId' in variables ? { ...variables, planId } : variables
      const { data, errors } = await ask(gateway.url, { documentId, variables: given }, token)
      expect(errors, documentId).toBeUndefined()
      answers[documentId] = data
      planId = data?.['planProjectVpcChannels']?.['planId'] ?? planId
    }
    expect(answers).toMatchObject({
      'on-call:find-channel': { vpcChannels: { nodes: [{ name: 'payments' }] } },
      'on-call:repeat-creation': { createVpcChannel: { vpcChannel: { name: 'orders' } } },
      'on-call:plan-batch': {
        planProjectVpcChannels: { instances: [{ action: 'WOULD_CREATE' }, { action: 'WOULD_CREATE' }] },
      },
      'on-call:apply-batch': { upsertProjectVpcChannels: { status: 'SUCCEEDED' } },
      'on-call:find-project-channels': {
        projectVpcChannels: { nodes: [{ name: 'orders' }, { name: 'orders' }] },
      },
    })
    // Any other document is refused there.
    const { errors } = await ask(gateway.url, { query: '{ __typename }' }, token)
    expect(errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_ONLY')
  })

  const firstCells = PAGE.split('\n').map((line) => /^\| (.*?) \|/.exec(line)?.[1] ?? '')

  test.each([
    ['code', Object.keys(MESSAGES_BY_CODE), 14],
    ['reason', Object.keys(MESSAGES_BY_REASON), 50],
  ])('has a row for every %s', (_kind, all, min) => {
    expect(all.length).toBeGreaterThanOrEqual(min)
    expect(all.filter((word) => !firstCells.some((cell) => cell.includes(`\`${word}\``)))).toEqual([])
  })

  test('has a line of jq that reads what an audit line has', async () => {
    const [, condition = '', shown = ''] =
      /jq -cR 'fromjson\? \| select\((.*?)\) \| \{(.*?)\}'/.exec(PAGE) ?? []
    await using upstream = await startUpstream(({ method }) =>
      method === 'GET' ? MAY_NOT_READ : { status: 500, body: { error_code: 'APIG.9999', error_msg: 'no' } },
    )
    await using gateway = await startGateway({ upstream: upstream.url })
    await gateway.send(CREATE, { input: { instanceId: 'i1', name: 'orders', port: 80 } })
    const line = gateway.audited.find(({ effect }) => effect !== undefined)
    expect(line).toMatchObject({ audit: true, phase: 'end', effect: 'UNKNOWN', name: 'orders' })
    expect(condition).toBe('.audit and .phase == "end" and .effect == "UNKNOWN"')
    const fields = shown.split(', ')
    expect(fields.length).toBeGreaterThan(5)
    expect(fields.filter((field) => !Object.hasOwn(line ?? {}, field))).toEqual([])
  })

  test('has faults to rehearse with that the simulator knows, and the first does what the page says', async () => {
    await using cloud = await startSandbox()
    const plan = (body: unknown) =>
      fetch(`${cloud.url}/_simulator/faults`, { method: 'POST', body: JSON.stringify(body) })
    const faults = Array.from(PAGE.matchAll(/^\| `(\{ "kind".*?\})` \|/gm), ([, fault = '']) =>
      JSON.parse(fault),
    )
    expect(faults.length).toBeGreaterThan(5)
    for (const fault of faults) expect((await plan({ fault })).status, JSON.stringify(fault)).toBe(204)
    expect((await fetch(`${cloud.url}/_simulator/faults`, { method: 'DELETE' })).status).toBe(204)

    const [, first = ''] = /_simulator\/faults" -d '(.*?)'\n/.exec(PAGE) ?? []
    expect((await plan(JSON.parse(first))).status).toBe(204)
    await using gateway = await startGateway({ upstream: cloud.url, projectId: cloud.projectId })
    const input = {
      instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
      name: 'rehearsed',
      port: 80,
      memberType: 'IP',
    }
    const { data } = await gateway.send(CREATE, { input }, { 'x-auth-token': cloud.issueToken() })
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { name: 'rehearsed' } } })
    const calls = cloud.calls.filter(({ path }) => path.includes('vpc-channels'))
    expect(calls.map(({ method }) => method).slice(0, 2)).toEqual(['POST', 'GET'])
  })
})

test('a rehearsal without look-ups ends in an effect that is not known, as the page says', async () => {
  await using cloud = await startSandbox()
  expect(PAGE).toContain('`"match": { "method": "GET" }` and `"times": 20`')
  cloud.failNext({ kind: 'reset-after-body' }, { match: { method: 'POST' } })
  cloud.failNext({ kind: 'reset-after-body' }, { match: { method: 'GET' }, times: 20 })
  await using gateway = await startGateway({ upstream: cloud.url, projectId: cloud.projectId })
  const input = {
    instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
    name: 'rehearsed',
    port: 80,
    memberType: 'IP',
  }
  const { errors } = await gateway.send(CREATE, { input }, { 'x-auth-token': cloud.issueToken() })
  expect(errors?.[0]?.extensions).toMatchObject({ effect: 'UNKNOWN' })
})

describe('links of the pages', () => {
  test.each(['docs/what-happened-to-my-write.md', 'docs/subscriptions.md'])('lead somewhere: %s', (page) => {
    const links = Array.from(read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g))
    expect(links.length).toBeGreaterThan(0)
    for (const [, path = '', anchor] of links) {
      const target = path === '' ? page : new URL(path, `file:///docs/`).pathname.slice(1)
      if (!target.endsWith('.md'))
        expect(existsSync(new URL(`../../${target}`, import.meta.url)), target).toBe(true)
      else if (anchor === undefined) expect(read(target)).not.toBe('')
      else {
        const titles = Array.from(read(target).matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
          title
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} -]/gu, '')
            .replaceAll(' ', '-'),
        )
        expect(titles, `${path}#${anchor}`).toContain(anchor)
      }
    }
  })
})
