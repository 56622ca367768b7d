/** The media types of responses, the preferred one first. */
const RESPONSES = [
  ['application/json', 'application/graphql-response+json'],
  ['multipart/mixed'],
  ['text/event-stream'],
] as const

const MAX_REMEMBERED = 100
const MAX_REMEMBERED_LENGTH = 200

export type ResponseType = (typeof RESPONSES)[number][number]

export const RESPONSE_TYPES: readonly ResponseType[] = RESPONSES.flat()

/**
 * The type that an `Accept` header leads to; `undefined` for a caller that could read no response. Yoga chooses by the same
 * rule: a request that is admitted here is not refused there, after a write.
 */
export const responseTypeOf = remembered((accept: string): ResponseType | undefined => {
  const ranges = (accept || '*/*').split(',').flatMap(rangeOf)
  for (const types of RESPONSES) {
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

/** Whether a response of this type is one JSON text. The others are streams of events. */
export const isJsonType = (type: ResponseType | undefined): type is JsonType =>
  type === 'application/json' || type === 'application/graphql-response+json'

export type JsonType = (typeof RESPONSES)[0][number]

/** Clients write these headers in a few ways, over and over. The memory is bounded: long ones are read each time, and a full table is emptied. */
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

const matches = (range: string, type: ResponseType): boolean =>
  range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
