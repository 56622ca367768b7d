import { createHash, timingSafeEqual } from 'node:crypto'

/** Callers' names by their keys. Kept as hashes: all of one length to compare, and no key in a dump of memory. */
export type ApiKeys = readonly { readonly name: string; readonly hash: Buffer }[]

export const apiKeysOf = (keys: readonly { readonly name: string; readonly key: string }[]): ApiKeys =>
  keys.map(({ name, key }) => ({ name, hash: sha256(key) }))

/** Whose key it is. Looks at every one, in a time that tells nothing of how much of a key was right. */
export function nameOfApiKey(keys: ApiKeys, given: string): string | undefined {
  const hash = sha256(given)
  let name: string | undefined
  for (const one of keys) if (timingSafeEqual(one.hash, hash)) name = one.name
  return name
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
