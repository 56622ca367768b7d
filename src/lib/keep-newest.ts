/** Sets an entry as the map's newest and drops the oldest above `most`: keys that callers invent do not accumulate. */
export function keepNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  // A map keeps its keys in the order in which they were set.
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
