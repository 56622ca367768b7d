/** Sets an entry as the newest of a map, and removes the oldest above `max`: keys that callers invent cannot fill the memory. */
export function keepNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, max: number): void {
  // A map iterates in the order of insertion.
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > max && oldest !== undefined) map.delete(oldest)
}
