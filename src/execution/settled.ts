import type { Data } from './plan-context.ts'

/** Resolves to the object once its promised fields have become values. */
export const settled = (data: Data, pending: readonly string[]): Promise<Data> =>
  Promise.all(pending.map((key) => data[key])).then((values) => {
    for (const [index, key] of pending.entries()) data[key] = values[index]
    return data
  })
