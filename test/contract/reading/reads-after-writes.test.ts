import { describe, expect, test } from 'vitest'
import { startReading } from './channel-store.ts'

const CHANNEL = 'channel-1'

/** A cloud whose channel counts how often it has been written; its id changes with every write where told to. */
function countingCloud(options: { readonly idInAnswer?: boolean; readonly newIds?: boolean } = {}) {
  let writes = 0
  const channel = () => ({
    id: options.newIds ? `${CHANNEL}-${writes}` : CHANNEL,
    name: 'VPC_demo',
    instance_id: 'roma-1',
  })
  return startReading({
    instances: {},
    instead: ({ method, path }) => {
      if (method !== 'GET') {
        writes += 1
        const { id, ...rest } = channel()
        const written = options.idInAnswer === false ? rest : { id, ...rest }
        return method === 'POST'
          ? { status: 201, body: written }
          : { body: { project_vpc_channels: [written] } }
      }
      if (path.includes('?')) return { body: { size: 1, total: 1, project_vpc_channels: [channel()] } }
      return { body: { ...channel(), members: [{ id: `after-write-${writes}` }] } }
    },
  })
}

const CREATE = 'createVpcChannel(input: {instanceId: "apig-1", name: "VPC_demo", port: 22})'
const UPSERT = 'upsertProjectVpcChannels(input: {instanceIds: ["roma-1"], name: "VPC_demo", port: 22})'
const members = (write: number) => [{ id: `after-write-${write}` }]

describe('a channel that is read after each of two writes of one operation', () => {
  test('shows what the write before it made: createVpcChannel', async () => {
    await using pair = await countingCloud()
    const { data, errors } = await pair.send<unknown, unknown>(`mutation Twice {
      a: ${CREATE} { vpcChannel { members { id } } }
      b: ${CREATE} { vpcChannel { members { id } } }
    }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      a: { vpcChannel: { members: members(1) } },
      b: { vpcChannel: { members: members(2) } },
    })
    expect(pair.calls.map((call) => call.method)).toEqual(['POST', 'GET', 'POST', 'GET'])
  })

  test('shows what the write before it made: upsertProjectVpcChannels', async () => {
    await using pair = await countingCloud()
    const { data } = await pair.send<unknown, unknown>(`mutation Twice {
      a: ${UPSERT} { results { vpcChannel { members { id } } } }
      b: ${UPSERT} { results { vpcChannel { members { id } } } }
    }`)
    expect(data).toEqual({
      a: { results: [{ vpcChannel: { members: members(1) } }] },
      b: { results: [{ vpcChannel: { members: members(2) } }] },
    })
  })

  test('has its id of after that write, where answers leave ids out', async () => {
    await using pair = await countingCloud({ idInAnswer: false, newIds: true })
    const { data, errors } = await pair.send<unknown, unknown>(`mutation Twice {
      a: ${UPSERT} { results { vpcChannel { id members { id } } } }
      b: ${UPSERT} { results { vpcChannel { id members { id } } } }
    }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      a: { results: [{ vpcChannel: { id: `${CHANNEL}-1`, members: members(1) } }] },
      b: { results: [{ vpcChannel: { id: `${CHANNEL}-2`, members: members(2) } }] },
    })
    expect(pair.calls.map((call) => call.method)).toEqual(['PUT', 'GET', 'GET', 'PUT', 'GET', 'GET'])
  })
})
