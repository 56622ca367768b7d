import { Session } from 'node:inspector/promises'

/** Functions of texts whose work does not grow with the text. */
const CONSTANT =
  /^(at|char(At|CodeAt)|codePointAt|constructor|endsWith|slice|startsWith|substring|substr|toString|valueOf)$/

/*
 * V8 counts the blocks of a function only if it compiles the function after counting began. So it begins with this module,
 * and a file that imports it has a worker to itself: what another file has called before would be counted as one block.
 */
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

/** How often V8 has executed each block of the source and of the tests since it was last asked. */
async function executedBlocks(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url }) => /\/(src|test)\//.test(url) && !url.includes('/node_modules/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0)
}

/**
 * The work of a function in this process, whatever else the machine does: the blocks that V8 executes, and the characters that
 * the functions of texts and regular expressions have before them.
 */
export async function workOf(run: () => unknown): Promise<number> {
  await executedBlocks()
  const reads = countReads()
  try {
    await run()
    return reads.characters + (await executedBlocks())
  } finally {
    reads[Symbol.dispose]()
  }
}

type Method = (this: unknown, ...given: unknown[]) => unknown

/** Counts until it is disposed of. */
function countReads(): Disposable & { readonly characters: number } {
  let characters = 0
  const texts = String.prototype as unknown as Record<string, Method>
  const names = Object.getOwnPropertyNames(texts).filter(
    (name) => typeof texts[name] === 'function' && !CONSTANT.test(name),
  )
  const originals = names.map((name) => [name, texts[name]!] as const)
  for (const [name, original] of originals) {
    texts[name] = function counted(this: unknown, ...given) {
      characters += String(this).length
      return original.apply(this, given)
    }
  }
  // All that looks for a pattern calls this; it begins where the last match of a global one ended.
  const { exec } = RegExp.prototype
  RegExp.prototype.exec = function counted(text) {
    const from = this.global ? this.lastIndex : 0
    const match = exec.call(this, text)
    characters += 1 + (match === null ? text.length : match.index + match[0].length) - from
    return match
  }
  return {
    get characters() {
      return characters
    },
    [Symbol.dispose]: () => {
      for (const [name, original] of originals) texts[name] = original
      RegExp.prototype.exec = exec
    },
  }
}
