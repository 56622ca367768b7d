import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { ask, bodyOf } from '../security/requests.ts'

/** Names that every object has, and two that are none of its. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  'input',
]

/** JSON by hand: in a literal, `__proto__` would set the prototype. */
const bodyWith = (query: string, variables: string): string =>
  `${bodyOf(query).slice(0, -1)},"variables":${variables}}`

async function sent(query: string, variables: string, headers = {}) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url })
  const body = bodyWith(query, variables)
  // As a new document, and as a known one, which is compiled.
  const answers = [await ask(gateway.url, { body, headers }), await ask(gateway.url, { body, headers })]
  return { answers, rest: upstream.calls.map(({ json }) => json), audited: gateway.audited }
}

describe.each(NAMES)('a variable called $%s', (name) => {
  test('is the whole input of a write, in REST and in the audit', async () => {
    const { answers, rest, audited } = await sent(
      `mutation M($${name}: CreateVpcChannelInput!) { createVpcChannel(input: $${name}) { vpcChannel { name } } }`,
      `{"${name}": {"instanceId": "i", "name": "abc", "port": 22}}`,
    )
    for (const { json } of answers)
      expect(json).toEqual({ data: { createVpcChannel: { vpcChannel: { name: 'abc' } } } })
    const written = { name: 'abc', port: 22, balance_strategy: 1, member_type: 'ecs', type: 2 }
    expect(rest).toEqual([written, written])
    expect(audited.map((line) => [line.name, line.effect])).toEqual([
      ['abc', 'APPLIED'],
      ['abc', 'APPLIED'],
    ])
    expect({}).not.toHaveProperty('instanceId')
  })

  test('is left out where it is not given, and not inherited', async () => {
    const { answers, rest } = await sent(
      `mutation M($${name}: String, $port: Port!) {
        createVpcChannel(input: { instanceId: "i", name: "abc", port: $port, dictCode: $${name} }) { vpcChannel { name } }
      }`,
      '{"port": 22}',
    )
    for (const { json } of answers) expect(json.errors).toBeUndefined()
    for (const body of rest) expect(body).not.toHaveProperty('dict_code')
  })

  test('decides what is selected, by its value or its default', async () => {
    const query = `query Q($${name}: Boolean = true) { one: __typename @include(if: $${name}) two: __typename }`
    for (const [variables, data] of [
      [`{"${name}": false}`, { two: 'Query' }],
      ['{}', { one: 'Query', two: 'Query' }],
    ] as const) {
      const { answers } = await sent(query, variables)
      for (const { json } of answers) expect(json).toEqual({ data })
    }
  })

  test('is refused for its value, at the place where it is used', async () => {
    const { answers, rest, audited } = await sent(
      `mutation M($${name}: CreateVpcChannelInput!) { createVpcChannel(input: $${name}) { vpcChannel { name } } }`,
      `{"${name}": {"instanceId": "i", "name": "abc", "port": "x", "__proto__": {"projectId": "p"}}}`,
    )
    for (const { json } of answers) {
      const [{ extensions }] = json.errors
      expect(extensions.code).toBe('BAD_USER_INPUT')
      expect(extensions.validation).toEqual([
        expect.objectContaining({ path: ['input', 'port'], rule: 'TYPE' }),
        expect.objectContaining({ path: ['input', '__proto__'], rule: 'UNKNOWN_FIELD' }),
      ])
    }
    expect(rest).toEqual([])
    expect(audited.map((line) => [line.name, line.effect])).toEqual([
      ['abc', 'NOT_APPLIED'],
      ['abc', 'NOT_APPLIED'],
    ])
    expect({}).not.toHaveProperty('projectId')
  })

  test('is missing under its name', async () => {
    const { answers } = await sent(`query Q($${name}: Boolean!) { __typename @include(if: $${name}) }`, '{}')
    for (const { json } of answers) {
      expect(json.errors[0].extensions.validation).toEqual([
        expect.objectContaining({ path: [name], rule: 'REQUIRED' }),
      ])
    }
  })

  test('is the input of a subscription', async () => {
    const { answers } = await sent(
      `subscription S($${name}: UpsertProjectVpcChannelsInput!) { upsertProjectVpcChannels(input: $${name}) { requested } }`,
      `{"${name}": {"instanceIds": ["i"], "name": "x", "port": 22}}`,
      { accept: 'text/event-stream' },
    )
    for (const { text } of answers) expect(text).toContain('"path":["input","name"],"rule":"LENGTH"')
  })
})
