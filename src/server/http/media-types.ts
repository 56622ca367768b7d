/** The media types of responses that are one JSON text, the preferred one first. */
const JSON_TYPES = ['application/json', 'application/graphql-response+json'] as const
/** Those of streams, for callers that accept no JSON. */
const STREAM_TYPES = ['text/event-stream', 'multipart/mixed'] as const
/** Apollo's protocol for subscriptions, which is another one than that of `multipart/mixed` alone. */
export const MULTIPART_SUBSCRIPTION = 'multipart/mixed;subscriptionspec=1.0'
/** Those of subscriptions. */
const EVENT_TYPES = ['text/event-stream', MULTIPART_SUBSCRIPTION] as const

const MAX_REMEMBERED = 100
const MAX_REMEMBERED_LENGTH = 200

export type JsonType = (typeof JSON_TYPES)[number]
export type StreamType = (typeof STREAM_TYPES)[number] | (typeof EVENT_TYPES)[number]
export type ResponseType = JsonType | StreamType

export const RESPONSE_TYPES: readonly ResponseType[] = [...JSON_TYPES, ...STREAM_TYPES]

/** What a caller accepts, of each form of response: the type with the greatest quality, of two the one that came first. */
export interface AcceptedTypes {
  readonly json: JsonType | undefined
  /** For a query or a mutation. */
  readonly stream: StreamType | undefined
  /** For a subscription. */
  readonly events: StreamType | undefined
}

/** Reads an `Accept` header (RFC 9110, 12.5.1). */
export const acceptedTypes = remembered((accept: string): AcceptedTypes => {
  const ranges = splitOutsideQuotes(accept || '*/*', ',').flatMap(rangeOf)
  return {
    json: bestOf(JSON_TYPES, ranges),
    stream: bestOf(STREAM_TYPES, ranges),
    events: bestOf(EVENT_TYPES, ranges),
  }
})

/** The type of a response to a query or a mutation; `undefined` for a caller that could read none. */
export const responseTypeOf = (accept: string | undefined): ResponseType | undefined => {
  const { json, stream } = acceptedTypes(accept)
  return json ?? stream
}

/** Whether a body is JSON, of the one encoding that JSON has. */
export const isJson = remembered(
  (contentType: string): boolean => rangeOf(contentType)[0]?.type === 'application/json',
)

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

interface Range {
  readonly type: string
  /** 0: not acceptable. */
  readonly quality: number
  readonly isOfSubscriptions: boolean
}

/** A media type and what its parameters say; none where they ask for another encoding than UTF-8. */
function rangeOf(text: string): Range[] {
  const [type = '', ...parameters] = splitOutsideQuotes(text.toLowerCase(), ';').map((part) => part.trim())
  const given = parameters.map((parameter) => {
    const [name = '', value = ''] = parameter.split('=', 2)
    return { name: name.trim(), value: value.trim().replaceAll('"', '') }
  })
  if (given.some(({ name, value }) => name === 'charset' && !UTF_8.has(value))) return []
  const quality = Number(given.find(({ name }) => name === 'q')?.value ?? 1)
  const isOfSubscriptions = given.some(({ name, value }) => name === 'subscriptionspec' && value === '1.0')
  return [{ type, quality: Number.isNaN(quality) ? 1 : quality, isOfSubscriptions }]
}

const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8'])

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  if (!text.includes('"')) return text.split(separator)
  const parts = ['']
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (character === separator && !isQuoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function bestOf<Type extends ResponseType>(
  types: readonly Type[],
  ranges: readonly Range[],
): Type | undefined {
  let best: { readonly type: Type; readonly quality: number; readonly place: number } | undefined
  for (const type of types) {
    const range = closestOf(ranges, type)
    if (range === undefined || !(range.quality > 0)) continue
    const { quality } = range
    const place = ranges.indexOf(range)
    if (best === undefined || quality > best.quality || (quality === best.quality && place < best.place))
      best = { type, quality, place }
  }
  return best?.type
}

/** The range that says most exactly whether a type is accepted. */
function closestOf(ranges: readonly Range[], type: ResponseType): Range | undefined {
  if (type === MULTIPART_SUBSCRIPTION)
    return ranges.find((range) => range.type === 'multipart/mixed' && range.isOfSubscriptions)
  const wider = [type, `${type.split('/', 1)[0]}/*`, '*/*']
  for (const name of wider) {
    const range = ranges.find((one) => one.type === name)
    if (range !== undefined) return range
  }
  return undefined
}
