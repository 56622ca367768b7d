import type { Data } from './scope.ts'

/** The object, when those of its fields that are promises have become values. */
export const settled = (data: Data, pending: readonly string[]): Promise<Data> =>
  Promise.all(pending.map((key) => data[key])).then((values) => {
    for (const [index, key] of pending.entries()) data[key] = values[index]
    return data
  })
