import { describe, expect, test } from 'vitest'
import { channels, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(2), 'apic/roma-1': channels(2) } }

/** Every read with its project left to a variable. */
const READS: readonly (readonly [name: string, document: string])[] = [
  ['vpcChannel', 'vpcChannel(projectId: $projectId, instanceId: "apig-1", id: "channel-0") { projectId }'],
  [
    'vpcChannel as a whole',
    'vpcChannel(projectId: $projectId, instanceId: "apig-1", id: "channel-0") { projectId members { id } }',
  ],
  ['vpcChannels', 'vpcChannels(projectId: $projectId, instanceId: "apig-1") { nodes { projectId } }'],
  [
    'vpcChannels with members',
    'vpcChannels(projectId: $projectId, product: ROMA_CONNECT, instanceId: "roma-1") { nodes { projectId members { id } } }',
  ],
  ['projectVpcChannels', 'projectVpcChannels(projectId: $projectId) { nodes { projectId } }'],
]

const document = (selection: string): string => `query Read($projectId: ID) { ${selection} }`

describe.each(READS)('%s reads in the project', (_name, selection) => {
  test.each([
    ['of the argument, before header and setting', 'of_argument', 'of_header', 'configured', 'of_argument'],
    ['of the header, before the setting', undefined, 'of_header', 'configured', 'of_header'],
    ['of the header where the argument is null', null, 'of_header', 'configured', 'of_header'],
    ['of the setting where the header is empty', undefined, '', 'configured', 'configured'],
    ['of the setting where nothing else says one', undefined, null, 'configured', 'configured'],
    ['of the argument where nothing else says one', 'of_argument', null, null, 'of_argument'],
    ['of the header where nothing else says one', undefined, 'of_header', null, 'of_header'],
  ])('%s', async (_which, projectId, header, configured, expected) => {
    await using pair = await startReading(STORE, { projectId: configured })
    const { errors, text } = await pair.send(document(selection), { projectId }, { 'x-project-id': header })
    expect(errors).toBeUndefined()
    expect(new Set(pair.calls.map((call) => call.path.split('/')[2]))).toEqual(new Set([expected]))
    expect(text).toContain(`"projectId":"${expected}"`)
  })
})

describe.each(READS)('%s asks nothing', (_name, selection) => {
  test('where no project is named', async () => {
    await using pair = await startReading(STORE, { projectId: null })
    const { errors } = await pair.send(document(selection))
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['projectId'], rule: 'REQUIRED', source: 'GATEWAY' }],
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toEqual([])
  })

  test.each(['..', '.', 'a/b', 'a%2Fb', 'a b', 'x'.repeat(65), '項目', 'a\n', ''])(
    'where the project is %j',
    async (projectId) => {
      await using pair = await startReading(STORE)
      const { errors } = await pair.send(document(selection), { projectId })
      expect(errors?.map((error) => error.extensions.validation[0])).toMatchObject([
        { path: ['projectId'], rule: projectId === '' ? 'REQUIRED' : 'ID', source: 'GATEWAY' },
      ])
      expect(pair.calls).toEqual([])
    },
  )
})

describe('_entities reads in the project', () => {
  const REFERENCES = { representations: [reference('apig-1', 'channel-0'), reference('apig-1', 'channel-1')] }

  test.each([
    ['of the header, before the setting', 'of_header', 'configured', 'of_header'],
    ['of the setting', null, 'configured', 'configured'],
  ])('%s', async (_which, header, configured, expected) => {
    await using pair = await startReading(STORE, { projectId: configured })
    const { data } = await pair.send(entities('projectId'), REFERENCES, { 'x-project-id': header })
    expect(data?._entities).toEqual([{ projectId: expected }, { projectId: expected }])
    expect(pair.calls.map((call) => call.path.split('/')[2])).toEqual([expected])
  })

  test('and asks nothing where none is named', async () => {
    await using pair = await startReading(STORE, { projectId: null })
    const { data, errors } = await pair.send(entities('name'), REFERENCES)
    expect(data?._entities).toEqual([null, null])
    expect(errors?.map((error) => [error.path, error.extensions.validation[0].path])).toEqual([
      [['_entities', 0], ['projectId']],
      [['_entities', 1], ['projectId']],
    ])
    expect(pair.calls).toEqual([])
  })
})
