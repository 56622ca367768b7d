import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** More are needed by nothing that runs in linear time on the texts of a test. */
const MAX_STEPS = 5_000_000

type Instruction =
  | { readonly does: 'read'; readonly fits: (character: string) => boolean }
  | { readonly does: 'go'; readonly by: number }
  | { readonly does: 'try'; readonly first: number; readonly second: number }
  | { readonly does: 'assert'; readonly holds: (at: number, text: readonly string[]) => boolean }
  | { readonly does: 'look'; readonly around: Program; readonly negate: boolean }
  | { readonly does: 'end' }

interface Program {
  readonly instructions: readonly Instruction[]
  /** -1 in a lookbehind, which JavaScript matches from its end. */
  readonly direction: 1 | -1
}

/** Instructions whose addresses count from their own beginning, so that they can be put anywhere. */
type Code = readonly Instruction[]

export interface Match {
  readonly index: number
  readonly text: string
}

/**
 * Matches as V8's backtracking engine does, and counts its steps. A global pattern finds all matches.
 * Throws for what it does not know, and after 5 million steps.
 */
export function countedMatch(
  pattern: RegExp,
): (text: string) => { matches: readonly Match[]; steps: number } {
  const { unicode, unicodeSets, global } = pattern
  const ast = new RegExpParser().parsePattern(pattern.source, 0, pattern.source.length, {
    unicode,
    unicodeSets,
  })
  const program = programOf(ast.alternatives, 1, pattern)
  return (whole) => {
    const text = unicode || unicodeSets ? Array.from(whole) : whole.split('')
    const counter = { steps: 0 }
    const matches: Match[] = []
    for (let from = 0; from <= text.length; ) {
      const to = endOf(program, text, from, counter)
      if (to !== undefined)
        matches.push({ index: text.slice(0, from).join('').length, text: text.slice(from, to).join('') })
      if (to !== undefined && !global) break
      from = to === undefined || to === from ? from + 1 : to
    }
    return { matches, steps: counter.steps }
  }
}

function endOf(
  { instructions, direction }: Program,
  text: readonly string[],
  from: number,
  counter: { steps: number },
): number | undefined {
  const waiting = [0, from]
  for (let at = waiting.pop(), next = waiting.pop(); at !== undefined; ) {
    counter.steps += 1
    if (counter.steps > MAX_STEPS) throw new Error(`More than ${MAX_STEPS} steps.`)
    const instruction = instructions[next!]!
    let goesOn = true
    if (instruction.does === 'end') return at
    if (instruction.does === 'go') {
      next! += instruction.by
      continue
    }
    if (instruction.does === 'try') {
      waiting.push(next! + instruction.second, at)
      next! += instruction.first
      continue
    }
    if (instruction.does === 'read') {
      const character = text[direction === 1 ? at : at - 1]
      goesOn = character !== undefined && instruction.fits(character)
      at += direction
    } else if (instruction.does === 'assert') goesOn = instruction.holds(at, text)
    else goesOn = (endOf(instruction.around, text, at, counter) === undefined) === instruction.negate
    if (goesOn) next! += 1
    else [at, next] = [waiting.pop(), waiting.pop()]
  }
  return undefined
}

const programOf = (
  alternatives: readonly AST.Alternative[],
  direction: 1 | -1,
  pattern: RegExp,
): Program => ({
  instructions: [...anyOf(alternatives, direction, pattern), { does: 'end' }],
  direction,
})

const jump = (by: number): Instruction => ({ does: 'go', by })

function anyOf(alternatives: readonly AST.Alternative[], direction: 1 | -1, pattern: RegExp): Code {
  const [first = [], ...others] = alternatives.map(({ elements }) =>
    (direction === 1 ? elements : elements.toReversed()).flatMap((one) => codeOf(one, direction, pattern)),
  )
  if (others.length === 0) return first
  const rest = anyOf(alternatives.slice(1), direction, pattern)
  return [{ does: 'try', first: 1, second: first.length + 2 }, ...first, jump(rest.length + 1), ...rest]
}

function codeOf(element: AST.Element, direction: 1 | -1, pattern: RegExp): Code {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return [{ does: 'read', fits: fitsOne(element.raw, pattern) }]
    case 'Group':
    case 'CapturingGroup':
      return anyOf(element.alternatives, direction, pattern)
    case 'Quantifier':
      return repeated(codeOf(element.element, direction, pattern), element)
    case 'Assertion':
      return [assertionOf(element, pattern)]
    default:
      throw new Error(`Not counted: ${element.raw}`)
  }
}

function repeated(code: Code, { min, max, greedy }: AST.Quantifier): Code {
  const either = (enters: number, leaves: number): Instruction =>
    greedy ? { does: 'try', first: enters, second: leaves } : { does: 'try', first: leaves, second: enters }
  const needed = Array.from({ length: min }, () => code).flat()
  if (max === Number.POSITIVE_INFINITY)
    return [...needed, either(1, code.length + 2), ...code, jump(-code.length - 1)]
  const optional = Array.from({ length: max - min }, (_, index) => [
    either(1, (max - min - index) * (code.length + 1)),
    ...code,
  ])
  return [...needed, ...optional.flat()]
}

function assertionOf(assertion: AST.Assertion, pattern: RegExp): Instruction {
  const isWord = fitsOne('\\w', pattern)
  switch (assertion.kind) {
    case 'start':
      return { does: 'assert', holds: (at, text) => at === 0 || (pattern.multiline && text[at - 1] === '\n') }
    case 'end':
      return {
        does: 'assert',
        holds: (at, text) => at === text.length || (pattern.multiline && text[at] === '\n'),
      }
    case 'word':
      return {
        does: 'assert',
        holds: (at, text) => (isWord(text[at - 1] ?? '') !== isWord(text[at] ?? '')) !== assertion.negate,
      }
    default:
      return {
        does: 'look',
        around: programOf(assertion.alternatives, assertion.kind === 'lookahead' ? 1 : -1, pattern),
        negate: assertion.negate,
      }
  }
}

/** Whether one character fits is the regular expression's own business. */
function fitsOne(raw: string, { flags }: RegExp): (character: string) => boolean {
  const one = new RegExp(`^${raw}$`, flags.replaceAll(/[dgmy]/g, ''))
  const known = new Map<string, boolean>()
  return (character) => {
    const fits = known.get(character) ?? one.test(character)
    known.set(character, fits)
    return fits
  }
}
