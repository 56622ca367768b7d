/**
 * A copy of a text that is kept for longer than its request. V8 makes a part of a text refer to the whole text: a name of a
 * document, kept for itself, would keep all of the document, and a parameter of a URL all of the URL.
 */
export const ownText = (text: string): string => JSON.parse(JSON.stringify(text))
