const PREFIX = 'vpc-channels:'

/** A place in a list: after the item at `index`. Opaque to clients. */
export const cursorOf = (index: number): string => Buffer.from(`${PREFIX}${index}`).toString('base64url')

/** The index that a cursor stands for; `null` for what is no cursor of ours. */
export function indexOf(cursor: string): number | null {
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString('utf8')
  const digits = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : ''
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null
}
