/**
 * A flat copy of a string that is kept for longer than its request. In V8 a substring keeps the whole string that it was cut
 * from: a name of a document would keep the document, and a parameter of a URL the URL.
 */
export const copyString = (text: string): string => JSON.parse(JSON.stringify(text))
