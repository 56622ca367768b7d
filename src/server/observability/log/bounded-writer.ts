import { writeSync } from 'node:fs'

export interface BoundedWriterSettings {
  /** Where it writes: a pipe or a socket has to be non-blocking. */
  readonly descriptor: number
  /** Bytes that wait to be written; what comes beyond is lost. */
  readonly maxUnsentBytes?: number
  /** The line that tells how many were lost. */
  readonly lostNotice: (lines: number) => string
}

const MAX_UNSENT_BYTES = 1024 * 1024
/** Milliseconds until a full pipe, and one that fails (a full disk), is tried again. */
const RETRY_FULL_MS = 20
const RETRY_FAILED_MS = 500
/** At the end of the process a reader has this long to take what is left. */
const MAX_LAST_TRIES = 50
const LAST_TRY_MS = 20

const NEW_LINE = 0x0a

/**
 * Writes text to a descriptor and never waits for it: what a full pipe or a full disk does not take waits in memory up to a
 * bound. Beyond it lines are lost, counted, and reported in the text once it can be written again.
 */
export class BoundedWriter {
  readonly #settings: Required<BoundedWriterSettings>
  #unsent: Buffer[] = []
  #unsentBytes = 0
  #lostLines = 0
  #reportedLines = 0
  #retry: NodeJS.Timeout | undefined
  /** Why the last attempt wrote nothing. */
  #stopped: 'FULL' | 'FAILED' | undefined

  constructor(settings: BoundedWriterSettings) {
    this.#settings = { maxUnsentBytes: MAX_UNSENT_BYTES, ...settings }
  }

  /** How many lines were lost so far. */
  get lostLines(): number {
    return this.#lostLines
  }

  /** @param text whole lines */
  write(text: string): void {
    this.#keep(Buffer.from(text))
    // A pipe may have been read meanwhile; a disk that is full would only be asked in vain.
    if (this.#stopped !== 'FAILED') this.#writeUnsent()
  }

  /** Writes what is left, for the last time: waits a moment for a reader that still reads. */
  end(): void {
    for (let tries = 0; tries < MAX_LAST_TRIES; tries += 1) {
      this.#writeUnsent()
      if (this.#stopped !== 'FULL') return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_TRY_MS)
    }
  }

  #keep(bytes: Buffer): void {
    if (this.#unsentBytes + bytes.length > this.#settings.maxUnsentBytes) {
      this.#lostLines += linesOf(bytes)
      return
    }
    this.#unsent.push(bytes)
    this.#unsentBytes += bytes.length
  }

  #writeUnsent(): void {
    this.#stopped = undefined
    this.#writeEach()
    const lost = this.#lostLines - this.#reportedLines
    if (this.#stopped === undefined && lost > 0) {
      this.#reportedLines = this.#lostLines
      this.#keep(Buffer.from(this.#settings.lostNotice(lost)))
      this.#writeEach()
    }
    if (this.#stopped !== undefined) this.#tryAgain()
  }

  #writeEach(): void {
    for (let [bytes] = this.#unsent; bytes !== undefined; [bytes] = this.#unsent) {
      const written = this.#attempt(bytes)
      if (written === undefined) return
      this.#unsentBytes -= written
      if (written === bytes.length) this.#unsent.shift()
      else this.#unsent[0] = bytes.subarray(written)
    }
  }

  #attempt(bytes: Buffer): number | undefined {
    try {
      return writeSync(this.#settings.descriptor, bytes)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      this.#stopped = code === 'EAGAIN' ? 'FULL' : 'FAILED'
      return undefined
    }
  }

  #tryAgain(): void {
    this.#retry ??= setTimeout(
      () => {
        this.#retry = undefined
        this.#writeUnsent()
      },
      this.#stopped === 'FULL' ? RETRY_FULL_MS : RETRY_FAILED_MS,
    ).unref()
  }
}

const linesOf = (bytes: Buffer): number => {
  let lines = 0
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) lines += 1
  return lines
}
