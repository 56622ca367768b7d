import { expect, test } from 'vitest'
import { CallLog } from '../../../../src/simulator/http/call-log.ts'

test('the log forgets its oldest calls beyond its limit', () => {
  const log = new CallLog(2)
  for (const path of ['/1', '/2', '/3']) {
    log.add({ method: 'GET', path, query: {}, headers: {}, body: undefined, status: 200, writes: [] })
  }
  expect(log.calls.map(({ path }) => path)).toEqual(['/2', '/3'])
})
