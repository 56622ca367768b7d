import { expect, test } from 'vitest'
import { ask, expectContract, expectRefused } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'

/*
 * A nullable variable with a default may stand where no null may: GraphQL finds out that it is null only as the operation
 * runs.
 */

test('a null for an argument of a query is told at its place', async () => {
  const asked = await ask(
    'query List($first: Int = 2) { vpcChannels(instanceId: "i", first: $first) { totalCount } }',
    { first: null },
  )
  expect(asked.faults).toEqual(['first REQUIRED'])
  expect(asked.answer.errors).toMatchObject([
    { path: ['vpcChannels'], extensions: { code: 'BAD_USER_INPUT', retry: { retryable: false } } },
  ])
  expect(asked.answer.errors?.[0]?.extensions).not.toHaveProperty('effect')
  expect(asked.calls).toEqual([])
  expectContract(asked.answer)
})

test('a null for the input of a mutation is told, and nothing was written', async () => {
  const asked = await ask(
    `mutation M($input: CreateVpcChannelInput = {instanceId: "i", name: "abc", port: 22}) {
      createVpcChannel(input: $input) { vpcChannel { name } }
    }`,
    { input: null },
  )
  expectRefused(asked, ['input REQUIRED'])
})

test('a null inside an input is told at its place, together with what the rules say of the rest', async () => {
  const asked = await ask(
    `mutation M($port: Port = 22, $remark: String = "r", $group: String = "g") {
      createVpcChannel(input: {
        instanceId: "i", name: "a", port: $port, memberGroups: [{ name: "ok" }, { name: $group, remark: $remark }]
      }) { vpcChannel { name } }
    }`,
    { port: null, remark: null, group: null },
  )
  expectRefused(asked, ['input.memberGroups.1.name REQUIRED', 'input.name LENGTH', 'input.port REQUIRED'])
})

test('the default of the variable is taken where it is left out', async () => {
  const { answer, calls } = await ask(
    `mutation M($input: CreateVpcChannelInput = {instanceId: "i", name: "abc", port: 22}) {
      createVpcChannel(input: $input) { vpcChannel { name } }
    }`,
  )
  expect(answer.errors).toBeUndefined()
  expect(calls).toHaveLength(1)
})

test('a null for a directive below a write does not say that nothing was written', async () => {
  const { answer, calls } = await ask(
    `mutation M($input: CreateVpcChannelInput!, $a: Boolean = true) {
      createVpcChannel(input: $input) { vpcChannel { name @include(if: $a) } }
    }`,
    { input: leastInput('APIG'), a: null },
  )
  expect(calls).toHaveLength(1)
  expect(answer.errors?.map(({ extensions }) => [extensions.code, extensions.effect])).toEqual([
    ['BAD_USER_INPUT', 'APPLIED'],
  ])
})
