/*
 * Tolerant reading of answers: an absent, empty or unexpected value reads as `null`, because a difference in spelling must not
 * turn a write that happened into a failed mutation.
 */
export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text; `null` for `""`, by which the cloud means absent. */
export function readText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A 32-bit integer, as GraphQL's Int can show it. */
export function readInteger(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && (number | 0) === number ? number : null
}

/** A count. */
export function readCount(value: unknown): number | null {
  const number = readInteger(value)
  return number !== null && number >= 0 ? number : null
}

/** A port, 0 to 65535. */
export function readPort(value: unknown): number | null {
  const number = readInteger(value)
  return number !== null && number >= 0 && number <= 65_535 ? number : null
}

export const readBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,12})?(?:Z|[+-]\d{2}:\d{2})$/

/** An RFC 3339 date-time as it was written, its nanoseconds kept. */
export const readDateTime = (value: unknown): string | null =>
  typeof value === 'string' && RFC_3339.test(value) ? value : null

/** The objects of a list; `null` where there is no list. */
export function readList<Item>(value: unknown, read: (item: JsonObject) => Item): Item[] | null {
  if (!Array.isArray(value)) return null
  const items: Item[] = []
  for (const item of value) if (isObject(item)) items.push(read(item))
  return items
}

/** Greater than the nesting depth of the pages' objects. Deeper objects count as not empty. */
const MAX_DEPTH = 5

/** Whether an object has no value: server channels have a `microservice_info` of nothing but `""`. */
export function isBlank(value: unknown, depth = 0): boolean {
  if (value === null || value === undefined || value === '') return true
  if (!isObject(value) || depth === MAX_DEPTH) return false
  for (const name in value) if (!isBlank(value[name], depth + 1)) return false
  return true
}
