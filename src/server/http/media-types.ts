/** What this server answers with, the one that it prefers first. */
const ANSWERS = [
  ['application/json', 'application/graphql-response+json'],
  ['multipart/mixed'],
  ['text/event-stream'],
] as const

export type AnswerType = (typeof ANSWERS)[number][number]

export const ANSWER_TYPES: readonly AnswerType[] = ANSWERS.flat()

/**
 * The type that an `Accept` header leads to, `undefined` for a caller who could not read any answer. GraphQL's server
 * chooses alike: whoever is let in here is not refused there, after a write.
 */
export function answerTypeOf(accept: string | undefined): AnswerType | undefined {
  const ranges = (accept || '*/*').split(',').flatMap(rangeOf)
  for (const types of ANSWERS) {
    for (const range of ranges) {
      const type = types.find((one) => matches(range, one))
      if (type !== undefined) return type
    }
  }
  return undefined
}

/** Whether a body is JSON, of the one encoding that JSON has. */
export const isJson = (contentType: string | undefined): boolean =>
  rangeOf(contentType ?? '')[0] === 'application/json'

/** A media type without its parameters; none where it asks for another encoding than UTF-8. */
function rangeOf(text: string): string[] {
  const [range = '', ...parameters] = text.toLowerCase().replaceAll(/\s/g, '').split(';')
  const charset = parameters.find((one) => one.includes('charset='))
  return charset === undefined || charset === 'charset=utf-8' ? [range] : []
}

const matches = (range: string, type: AnswerType): boolean =>
  range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
