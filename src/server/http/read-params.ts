import { withoutStack } from '../../lib/without-stack.ts'
import { byOtherNames } from '../documents/inherited-names.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { hasLongDigits } from './long-digits.ts'

/** What a request asks for, its shape checked and nothing else. */
export interface GraphqlParams {
  readonly query?: string
  /** The id of a trusted document. */
  readonly documentId?: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly extensions?: Readonly<Record<string, unknown>>
}

export type ReadParams = { readonly params: GraphqlParams } | { readonly refused: HttpRefusal }

/** Items that a list, or an object, of a request may have: ten times what the longest list of the schema takes. */
const MAX_ITEMS = 5_000

/** The parameters in the body of a POST. */
export function paramsOfBody(text: string): ReadParams {
  const value = parsed(text)
  // What `JSON.parse` throws quotes the body.
  if (value === undefined) return refuse('The body is not JSON.')
  // A list this long does not fit into fewer characters.
  const isLong =
    text.length > 2 * MAX_ITEMS && containersOf(value).some((one) => Object.keys(one).length > MAX_ITEMS)
  return isLong ? refuse(`A list or an object has more than ${MAX_ITEMS} items.`) : paramsOf(value)
}

/** The parameters in the query of a GET's URL. */
export function paramsOfQuery(search: string): ReadParams {
  const given = new URLSearchParams(search)
  const variables = parsed(given.get('variables') || 'null')
  const extensions = parsed(given.get('extensions') || 'null')
  if (variables === undefined || extensions === undefined) {
    return refuse('The parameters variables and extensions have to be JSON.')
  }
  const texts = ['query', 'documentId', 'operationName'].map((name) => [name, given.get(name) || null])
  return paramsOf({ ...Object.fromEntries(texts), variables, extensions })
}

function paramsOf(value: unknown): ReadParams {
  if (Array.isArray(value)) return refuse('Send one operation at a time: batches are not taken.')
  if (!isObject(value)) return refuse('The body has to be a JSON object.')
  const params: Record<string, unknown> = {}
  // Clients send members that are not GraphQL's, and GraphQL over HTTP lets them: they are not read.
  for (const [name, isRight] of Object.entries(KINDS)) {
    const given = Object.hasOwn(value, name) ? value[name] : null
    if (given === null) continue
    if (!isRight(given))
      return refuse(`The parameter ${name} has to be ${isRight === isText ? 'a text' : 'an object'}.`)
    params[name] = name === 'variables' && isObject(given) ? byOtherNames(given) : given
  }
  return { params }
}

const refuse = (message: string): ReadParams => ({ refused: { status: 400, message } })

/**
 * The value of a JSON text; `undefined`, which no JSON is, for a text that is none. A number that JSON cannot keep is
 * infinite, as JSON itself has it of larger ones: rounded and taken for an id, it would name something else.
 */
function parsed(text: string): unknown {
  try {
    const value = withoutStack(() => JSON.parse(text))
    if (!hasLongDigits(text)) return value
    for (const container of containersOf(value)) {
      for (const [name, item] of Object.entries(container)) {
        if (Number.isInteger(item) && !Number.isSafeInteger(item)) container[name] = Number.POSITIVE_INFINITY
      }
    }
    return value
  } catch {
    return undefined
  }
}

/** All lists and objects in a value. Without recursion: it may be nested deeper than the stack is. */
function* containersOf(value: unknown): Generator<Record<string, unknown>> {
  const waiting = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const container = next as Record<string, unknown>
    yield container
    for (const item of Object.values(container)) waiting.push(item)
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What each parameter has to be, unless it is `null`. */
const KINDS = {
  query: isText,
  documentId: isText,
  operationName: isText,
  variables: isObject,
  extensions: isObject,
} as const satisfies Record<keyof GraphqlParams, unknown>
