import { expect, test } from 'vitest'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { MAY_NOT_READ } from '../../fixtures/nothing-before.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const UPSERT = `mutation Upsert($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) { results { instanceId error { retry { retryable afterMs } } } }
}`

test('a Retry-After that no Int holds does not make a result fail that says what happened', async () => {
  await using upstream = await startUpstream(({ method, json }) => {
    if (method === 'GET') return MAY_NOT_READ
    const [id] = json.instance_ids
    return id === 'instance-2'
      ? { status: 429, headers: { 'retry-after': '3000000' }, body: { error_code: 'APIG.0308' } }
      : { body: { project_vpc_channels: [{ ...json, id: 'channel-1', instance_id: id }] } }
  })
  await using gateway = await startGateway({ upstream: upstream.url, instancesPerCall: 1 })
  const input = { ...leastInput('ROMA_CONNECT'), instanceIds: ['instance-1', 'instance-2'] }
  const { data, errors } = await gateway.send(UPSERT, { input })
  expect(errors).toBeUndefined()
  expect(data).toEqual({
    upsertProjectVpcChannels: {
      results: [
        { instanceId: 'instance-1', error: null },
        { instanceId: 'instance-2', error: { retry: { retryable: true, afterMs: 86_400_000 } } },
      ],
    },
  })
})
