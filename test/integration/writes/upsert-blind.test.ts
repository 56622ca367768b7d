import { expect, test } from 'vitest'
import { ROMA_FULL, ROMA_TEST1 } from '../simulator/sandbox.ts'
import { ORDERS, ORDERS_REST, startPair } from './upsert-pair.ts'

const BLIND = `mutation Upsert($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) { results { instanceId vpcChannel { name } error { reason effect } } }
}`

test('an upsert that does not ask for the outcome is sent again without a full instance, whatever was there before', async () => {
  await using pair = await startPair({ limits: { settlingMs: 8 } })
  await pair.have([ROMA_TEST1], ORDERS_REST)
  // No page says whether an update keeps groups that it does not mention: what is there may be as asked already.
  const { memberGroups: _, members: __, ...input } = ORDERS
  const { data } = await pair.send(BLIND, { input: { ...input, instanceIds: [ROMA_FULL, ROMA_TEST1] } })
  expect(data).toEqual({
    upsertProjectVpcChannels: {
      results: [
        {
          instanceId: ROMA_FULL,
          vpcChannel: null,
          error: { reason: 'CHANNEL_QUOTA', effect: 'NOT_APPLIED' },
        },
        { instanceId: ROMA_TEST1, vpcChannel: { name: 'orders' }, error: null },
      ],
    },
  })
  expect(pair.puts).toEqual([[ROMA_FULL, ROMA_TEST1], [ROMA_TEST1]])
})
