const BYTE_ORDER_MARK = 0xfeff

/** A text without the byte order mark that some programs write before JSON, and that `JSON.parse` refuses. */
export const withoutByteOrderMark = (text: string): string =>
  text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
