/** Texts that are shorter are not worth a look. */
export const LONG_TEXT = 16 * 1024

/**
 * A long text that many answers contain. It is encoded once, and every answer that contains it sends the same buffer: however
 * many clients leave their answers unread, the process holds it once.
 */
export class SharedText {
  readonly #read: () => string
  #text: string | undefined
  #bytes: Buffer | undefined

  /** @param read the text; called when the first long answer is sent */
  constructor(read: () => string) {
    this.#read = read
  }

  /** The text of an answer in pieces, each occurrence of the shared text being the one buffer. */
  split(text: string): readonly (string | Buffer)[] {
    this.#text ??= this.#read()
    this.#bytes ??= Buffer.from(this.#text)
    const bytes = this.#bytes
    return text
      .split(this.#text)
      .flatMap((piece, index) => (index === 0 ? [piece] : [bytes, piece]))
      .filter((piece) => piece.length > 0)
  }
}
