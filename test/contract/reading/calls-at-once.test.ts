import { describe, expect, test } from 'vitest'
import { channels, type ReadingPair, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

/** Enough turns of the event loop for the gateway to send all that it would send at once. */
const TURNS = 30
const MOST = 8

const NAMES = Array.from({ length: 50 }, (_, index) => `apig-${index}`)
const MANY = Object.fromEntries(NAMES.map((name) => [`apigw/${name}`, channels(2)]))

const expectSome = (pair: ReadingPair, count: number): void => {
  expect(pair.calls).toHaveLength(count)
  expect(pair.mostAtOnce).toBeGreaterThan(1)
  expect(pair.mostAtOnce).toBeLessThanOrEqual(MOST)
}

describe('one request has at most 8 calls under way', () => {
  test('for the members of the 20 channels of a page', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(20) }, turns: TURNS })
    const { errors } = await pair.send(
      'query Page { vpcChannels(instanceId: "apig-1") { nodes { members { id } } } }',
    )
    expect(errors).toBeUndefined()
    expectSome(pair, 21)
  })

  test('for the members of two pages', async () => {
    await using pair = await startReading({
      instances: { 'apigw/apig-1': channels(20), 'apigw/apig-2': channels(20) },
      turns: TURNS,
    })
    await pair.send(`query Pages {
      a: vpcChannels(instanceId: "apig-1") { nodes { members { id } } }
      b: vpcChannels(instanceId: "apig-2") { nodes { healthCheck { id } } }
    }`)
    expectSome(pair, 42)
  })

  test('for a hundred whole entities', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(100) }, turns: TURNS })
    const representations = channels(100).map(({ id = '' }) => reference('apig-1', id))
    await pair.send(entities('members { id }'), { representations })
    expectSome(pair, 100)
  })

  test('for one listed entity of each of 50 instances', async () => {
    await using pair = await startReading({ instances: MANY, turns: TURNS })
    const representations = NAMES.map((name) => reference(name, 'channel-0'))
    await pair.send(entities('name'), { representations })
    expectSome(pair, 50)
  })

  test('for two listed entities of each of 50 instances', async () => {
    await using pair = await startReading({ instances: MANY, turns: TURNS })
    const representations = NAMES.flatMap((name) => [
      reference(name, 'channel-0'),
      reference(name, 'channel-1'),
    ])
    await pair.send(entities('name'), { representations })
    expectSome(pair, 50)
  })

  test('for the pages of 50 instances', async () => {
    await using pair = await startReading({ instances: MANY, turns: TURNS })
    const pages = NAMES.map((name, index) => `p${index}: vpcChannels(instanceId: "${name}") { totalCount }`)
    await pair.send(`query Pages { ${pages.join(' ')} }`)
    expectSome(pair, 50)
  })
})

test('a call that fails does not stop those that wait for their turn', async () => {
  await using pair = await startReading({
    instances: { 'apigw/apig-1': channels(20) },
    turns: 3,
    instead: (call) =>
      /channel-\d$/.test(call.path)
        ? { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }
        : undefined,
  })
  const { errors, text } = await pair.send(
    'query Page { vpcChannels(instanceId: "apig-1") { nodes { members { id } } } }',
  )
  expect(errors).toHaveLength(10)
  expect(text).toContain('member-of-channel-19')
})
