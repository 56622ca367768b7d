const PREFIX = 'vpc-channels:'

/** A place in a list: after the item at `index`. Opaque to clients. */
export const cursorOf = (index: number): string => Buffer.from(`${PREFIX}${index}`).toString('base64url')

/** The index in a cursor; `null` for a text that is no cursor of this gateway. */
export function indexOf(cursor: string): number | null {
  const index = Number(Buffer.from(cursor.slice(0, 100), 'base64url').toString('utf8').slice(PREFIX.length))
  return Number.isSafeInteger(index) && index >= 0 && index < 1e9 && cursorOf(index) === cursor ? index : null
}
