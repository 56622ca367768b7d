import { describe, expect, test } from 'vitest'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ask, bodyOf } from './requests.ts'

const READ = '{ vpcChannel(instanceId: "i", id: "c") { name } }'
const OPERATIONS = [
  ['a creation', CREATE, { input: leastInput('APIG') }],
  ['a batch', UPSERT, { input: leastInput('ROMA_CONNECT') }],
  ['a read', READ, {}],
  ['a list', '{ vpcChannels(instanceId: "i") { nodes { name } } }', {}],
] as const

describe('a caller’s token goes to the configured upstream and nowhere else', () => {
  test.each(
    [301, 302, 303, 307, 308].flatMap((status) =>
      OPERATIONS.map(([name, query, variables]) => ({ status, name, query, variables })),
    ),
  )('a redirect is not followed: $status to $name', async ({ status, query, variables }) => {
    await using elsewhere = await startUpstream({ body: { id: 'c', name: 'stolen' } })
    await using upstream = await startUpstream(({ path }) => ({
      status,
      headers: { location: `${elsewhere.url}${path}` },
      body: {},
    }))
    await using gateway = await startGateway({ upstream: upstream.url, limits: { retryWaitMs: 1 } })
    const { text } = await ask(gateway.url, { body: bodyOf(query, { variables }) })
    expect(elsewhere.calls).toEqual([])
    expect(upstream.calls.length).toBeGreaterThan(0)
    expect(text).not.toContain('stolen')
    expect(text).not.toContain(elsewhere.url)
  })

  test.each(OPERATIONS)(
    'nothing that a caller sends leads it elsewhere: %s',
    async (_name, query, variables) => {
      await using elsewhere = await startUpstream({ body: {} })
      await using upstream = await startUpstream({
        status: 400,
        body: { error_code: 'APIG.2000', error_msg: 'no' },
      })
      await using gateway = await startGateway({ upstream: upstream.url })
      const { host } = new URL(elsewhere.url)
      await ask(gateway.url, {
        body: bodyOf(query, { variables, extensions: { endpoint: elsewhere.url } }),
        headers: {
          'x-forwarded-host': host,
          'x-original-host': host,
          forwarded: `host=${host}`,
          'x-original-url': `${elsewhere.url}/v2`,
          'x-project-id': 'p1',
          referer: elsewhere.url,
          origin: elsewhere.url,
        },
      })
      expect(elsewhere.calls).toEqual([])
      expect(upstream.calls.length).toBeGreaterThan(0)
      for (const { headers } of upstream.calls) expect(headers['x-auth-token']).toBe(TOKEN)
    },
  )

  test.each([
    '..',
    '../../elsewhere',
    'a/b',
    'a%2fb',
    '@elsewhere',
    '//elsewhere',
    'http://elsewhere',
    'a?b',
    'a#b',
    '',
  ])('an id of %j reaches no URL, be it of a project, an instance or a channel', async (id) => {
    await using upstream = await startUpstream({ body: {} })
    await using gateway = await startGateway({ upstream: upstream.url, projectId: null })
    const asked = [
      bodyOf('query Q($id: ID!) { vpcChannel(projectId: "p", instanceId: $id, id: "c") { name } }', {
        variables: { id },
      }),
      bodyOf('query Q($id: ID!) { vpcChannel(projectId: "p", instanceId: "i", id: $id) { name } }', {
        variables: { id },
      }),
      bodyOf('query Q($id: ID!) { vpcChannel(projectId: $id, instanceId: "i", id: "c") { name } }', {
        variables: { id },
      }),
      bodyOf(CREATE, { variables: { input: { ...leastInput('APIG'), projectId: 'p', instanceId: id } } }),
      bodyOf(UPSERT, { variables: { input: { ...leastInput('ROMA_CONNECT'), projectId: id } } }),
    ]
    for (const body of asked) {
      const { json } = await ask(gateway.url, { body })
      expect(json.errors[0].extensions.code).toBe('BAD_USER_INPUT')
    }
    await ask(gateway.url, { body: bodyOf(READ), headers: { 'x-project-id': id } })
    expect(upstream.calls).toEqual([])
  })
})
