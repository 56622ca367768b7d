import { describe, expect, test } from 'vitest'
import { channels, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(20) }, turns: 10 }
const IDS = channels(3).map(({ id }) => id ?? '')

const READS = [
  ['a channel by id', 'query A { vpcChannel(instanceId: "apig-1", id: "channel-0") { name } }', 1],
  ['a whole channel', 'query B { vpcChannel(instanceId: "apig-1", id: "channel-0") { members { id } } }', 1],
  [
    'several listed channels',
    `query C { ${IDS.map((id, index) => `a${index}: vpcChannel(instanceId: "apig-1", id: "${id}") { name }`).join(' ')} }`,
    1,
  ],
  ['a page', 'query D { vpcChannels(instanceId: "apig-1") { totalCount } }', 1],
  [
    'a page with members',
    'query E { vpcChannels(instanceId: "apig-1", first: 2) { nodes { members { id } } } }',
    3,
  ],
] as const

describe('two requests share nothing', () => {
  test.each(READS)('of %s: each makes its own calls, with its own token', async (_what, document, count) => {
    await using pair = await startReading(STORE)
    const tokens = ['token-of-alice', 'token-of-bob', 'token-of-carol', 'token-of-dave']
    const answers = await Promise.all(
      tokens.map((token) => pair.send(document, undefined, { 'x-auth-token': token })),
    )
    expect(answers.map(({ errors }) => errors)).toEqual(tokens.map(() => undefined))
    const used = pair.calls.map((call) => String(call.headers['x-auth-token'])).toSorted()
    expect(used).toEqual(tokens.flatMap((token) => Array<string>(count).fill(token)))
  })

  test('nor does the same caller’s next request', async () => {
    await using pair = await startReading(STORE)
    for (const [, document] of READS) await pair.send(document)
    const expected = READS.reduce((sum, [, , count]) => sum + count, 0)
    expect(pair.calls).toHaveLength(expected)
  })

  test('one caller’s answer is never another’s, be it a channel, nothing, or a refusal', async () => {
    await using pair = await startReading({
      ...STORE,
      instead: ({ headers, path }) => {
        const token = headers['x-auth-token']
        const id = path.split('/').at(-1)
        if (token === 'none') return { status: 404, body: { error_code: 'APIG.3023', error_msg: 'x' } }
        if (token === 'refused') return { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }
        return { body: { id, name: `of ${token}` } }
      },
    })
    const ask = async (token: string) => {
      const representations = [reference('apig-1', 'channel-0')]
      const { data, errors } = await pair.send(
        entities('name'),
        { representations },
        { 'x-auth-token': token },
      )
      return [token, data?._entities[0]?.['name'] ?? errors?.[0]?.extensions.code]
    }
    expect(await Promise.all(['alice', 'none', 'bob', 'refused', 'alice'].map(ask))).toEqual([
      ['alice', 'of alice'],
      ['none', 'NOT_FOUND'],
      ['bob', 'of bob'],
      ['refused', 'FORBIDDEN'],
      ['alice', 'of alice'],
    ])
  })

  test('and each reads in its own language and project', async () => {
    await using pair = await startReading(STORE)
    const [, document] = READS[1]
    await Promise.all([
      pair.send(document, undefined, { 'accept-language': 'zh', 'x-project-id': 'first' }),
      pair.send(document, undefined, { 'accept-language': 'en', 'x-project-id': 'second' }),
    ])
    const calls = pair.calls.map((call) => [call.path.split('/')[2], call.headers['x-language']])
    expect(calls.toSorted()).toEqual([
      ['first', 'zh-cn'],
      ['second', 'en-us'],
    ])
  })
})
