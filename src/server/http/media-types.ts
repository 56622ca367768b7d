/** What this server answers with, the one that it prefers first. */
const ANSWERS = [
  ['application/json', 'application/graphql-response+json'],
  ['multipart/mixed'],
  ['text/event-stream'],
] as const

const MAX_REMEMBERED = 100
const MAX_REMEMBERED_LENGTH = 200

export type AnswerType = (typeof ANSWERS)[number][number]

export const ANSWER_TYPES: readonly AnswerType[] = ANSWERS.flat()

/**
 * The type that an `Accept` header leads to, `undefined` for a caller who could not read any answer. GraphQL's server
 * chooses alike: whoever is let in here is not refused there, after a write.
 */
export const answerTypeOf = remembered((accept: string): AnswerType | undefined => {
  const ranges = (accept || '*/*').split(',').flatMap(rangeOf)
  for (const types of ANSWERS) {
    for (const range of ranges) {
      const type = types.find((one) => matches(range, one))
      if (type !== undefined) return type
    }
  }
  return undefined
})

/** Whether a body is JSON, of the one encoding that JSON has. */
export const isJson = remembered(
  (contentType: string): boolean => rangeOf(contentType)[0] === 'application/json',
)

/** Clients write these headers in a few ways, over and over. What is long is read each time; after very many ways it begins afresh. */
function remembered<Read>(read: (header: string) => Read): (header: string | undefined) => Read {
  const known = new Map<string, Read>()
  return (header = '') => {
    const found = known.get(header)
    if (found !== undefined || known.has(header)) return found as Read
    const made = read(header)
    if (known.size === MAX_REMEMBERED) known.clear()
    if (header.length <= MAX_REMEMBERED_LENGTH) known.set(header, made)
    return made
  }
}

/** A media type without its parameters; none where it asks for another encoding than UTF-8. */
function rangeOf(text: string): string[] {
  const [range = '', ...parameters] = text.toLowerCase().replaceAll(/\s/g, '').split(';')
  const charset = parameters.find((one) => one.includes('charset='))
  return charset === undefined || charset === 'charset=utf-8' ? [range] : []
}

const matches = (range: string, type: AnswerType): boolean =>
  range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
