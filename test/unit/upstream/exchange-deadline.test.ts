import { expect, test } from 'vitest'
import { projectId } from '../../../src/lib/ids.ts'
import { DEFAULT_LIMITS } from '../../../src/upstream/client/limits.ts'
import { createUpstreamClient } from '../../../src/upstream/client/upstream-client.ts'
import { startUpstream } from '../../support/start-upstream.ts'

test.each(['GET', 'POST', 'PUT'] as const)(
  'a %s whose time is up before it begins is not sent, and says so',
  async (method) => {
    await using upstream = await startUpstream({ body: {} })
    const client = createUpstreamClient('APIG', new URL(upstream.url), DEFAULT_LIMITS)
    const request = { operation: 'anything', projectId: projectId('p'), method, path: '/' }
    const context = {
      credentials: { kind: 'TOKEN', token: 't' },
      caller: 't',
      language: 'en-us',
      record: () => undefined,
    } as const
    // With a connection open, nothing else would hold it back.
    await client.call(request, { ...context, deadline: performance.now() + 5_000 })
    for (const late of [0, 1, 1_000]) {
      const call = client.call(request, { ...context, deadline: performance.now() - late })
      await expect(call).rejects.toMatchObject({ kind: 'TIMEOUT', sent: false })
    }
    await client.close()
    expect(upstream.calls).toHaveLength(1)
  },
)
