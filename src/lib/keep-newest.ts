/** Sets a map's entry as its newest one, and lets the oldest go where there are too many: what callers make up does not pile up. */
export function keepNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  // A map keeps its keys in the order in which they were set.
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
