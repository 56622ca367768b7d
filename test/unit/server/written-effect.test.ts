import { getOperationAST, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { writtenEffect } from '../../../src/server/observability/audit/written-effect.ts'
import { createRequestContext, type RequestContext } from '../../../src/server/request-context.ts'

const DOCUMENT = parse(`mutation {
  first: createVpcChannel(input: {}) { vpcChannel { id } }
  upsertProjectVpcChannels(input: {}) { results { error { retry { afterMs } } } }
}`)

const instance = (instanceId: string, effect: 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN') => ({
  instanceId,
  outcome: 'UNKNOWN' as const,
  effect,
  error: null,
})

function contextOf(ended: boolean): RequestContext {
  const context = createRequestContext({}, { projectId: undefined, mode: 'cloud' })
  context.record.document = DOCUMENT
  context.record.operation = getOperationAST(DOCUMENT) ?? undefined
  const asked = { projectId: 'p', name: 'n', instanceIds: [] }
  const end = { error: null, calls: [] }
  context.record.writes.push(
    {
      asked: { field: 'createVpcChannel', ...asked },
      end: { effect: 'NOT_APPLIED', instances: [instance('a', 'NOT_APPLIED')], ...end },
    },
    {
      asked: { field: 'upsertProjectVpcChannels', ...asked },
      end: ended
        ? { effect: 'PARTIAL', instances: [instance('a', 'APPLIED'), instance('b', 'NOT_APPLIED')], ...end }
        : undefined,
    },
  )
  return context
}

describe('the effect of an error below a write', () => {
  test.each([
    ['of the write by its alias', 'first', ['vpcChannel', 'members'], 'NOT_APPLIED'],
    ['of the first instance', 'upsertProjectVpcChannels', ['results', 0, 'vpcChannel'], 'APPLIED'],
    ['of the second', 'upsertProjectVpcChannels', ['results', 1, 'error', 'retry', 'afterMs'], 'NOT_APPLIED'],
    [
      'of an instance, where the list has an alias',
      'upsertProjectVpcChannels',
      ['all', 1, 'error'],
      'NOT_APPLIED',
    ],
    [
      'of the whole write, where it goes through a list of a channel',
      'upsertProjectVpcChannels',
      ['result', 'vpcChannel', 'members', 1],
      'PARTIAL',
    ],
    ['of the whole write, where it goes through no list', 'upsertProjectVpcChannels', ['status'], 'PARTIAL'],
    ['of an instance that is not there', 'upsertProjectVpcChannels', ['results', 7], 'PARTIAL'],
    ['of a field that is no write', 'other', ['x'], 'UNKNOWN'],
  ] as const)('is that %s', (_, key, below, expected) => {
    expect(writtenEffect(contextOf(true), key, below, false)).toBe(expected)
  })

  test('of a write under way is UNKNOWN, but for a read of what was written', () => {
    const below = ['result', 'vpcChannel', 'members']
    expect(writtenEffect(contextOf(false), 'upsertProjectVpcChannels', below, false)).toBe('UNKNOWN')
    expect(writtenEffect(contextOf(false), 'upsertProjectVpcChannels', below, true)).toBe('APPLIED')
  })
})
