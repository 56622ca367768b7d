import { expect, test } from 'vitest'
import { createSeries } from '../../../src/server/observability/metrics/series.ts'

test('no metric has many more than a thousand series, and what comes after is counted together', () => {
  const series = createSeries(['service', 'operation', 'status'], () => ({ count: 0 }))
  for (let number = 0; number < 5_000; number += 1) series.at('APIG', 'show', String(number)).count += 1
  const all = [...series.all()]
  expect(all).toHaveLength(1_001)
  expect(all[0]).toEqual({ labels: { service: 'APIG', operation: 'show', status: '0' }, state: { count: 1 } })
  expect(all.at(-1)).toEqual({
    labels: { service: 'other', operation: 'other', status: 'other' },
    state: { count: 4_000 },
  })
  series.at('APIG', 'show', '7').count += 1
  expect(series.at('APIG', 'show', '7')).toEqual({ count: 2 })
})
