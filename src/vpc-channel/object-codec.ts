import type { Difference, Scope } from './comparison.ts'
import { isBlank, isObject, type JsonObject } from './read-json.ts'
import type { AnswerOfRows, Codec, InputOfRows, NoteUnknown, Rows } from './row.ts'

/** What a comparison of objects asks of them. */
export interface ComparedFields<Input, Answer> {
  /** The differences of all fields that an input has, in their order; their paths begin with `prefix`. */
  differences(prefix: string, wanted: Input, found: Answer, scope: Scope): Difference[]
  /** What a difference says of an object that was found: what an input has words for, in one spelling. */
  shown(found: Answer, scope: Scope): Readonly<Record<string, unknown>>
}

/** An object of the API, made of its fields. An object that says nothing reads as `null`. */
export interface ObjectCodec<Input, Answer>
  extends Codec<Input, Answer | null>,
    ComparedFields<Input, Answer> {
  readonly rows: Rows
  write(input: Input): Record<string, unknown>
  readFields(body: JsonObject, noteUnknown: NoteUnknown): Answer
}

export type InputOf<Object> = Object extends ObjectCodec<infer Input, infer _Answer> ? Input : never
export type AnswerOf<Object> = Object extends ObjectCodec<infer _Input, infer Answer> ? Answer : never

/**
 * Reads, writes and compares an object by the rows of its fields. What the caller left out or gave as `null` is not
 * written: the cloud may refuse a key without a value. An empty list stays an empty list.
 */
export function object<Fields extends Rows>(
  rows: Fields,
): ObjectCodec<InputOfRows<Fields>, AnswerOfRows<Fields>> {
  // All of one shape: every answer is read through these.
  const read = Object.entries(rows).map(([name, { restName, otherRestName, codec }]) => ({
    name,
    restName,
    otherRestName,
    codec,
  }))
  const sent = Object.entries(rows)
    .map(([name, row]) => ({ name, ...row }))
    .filter((row) => row.use !== 'answer')

  const readFields = (body: JsonObject, noteUnknown: NoteUnknown): AnswerOfRows<Fields> => {
    const model: Record<string, unknown> = {}
    for (const { name, restName, otherRestName, codec } of read) {
      const from = otherRestName !== undefined && isBlank(body[restName]) ? otherRestName : restName
      model[name] = codec.read(body[from], from, noteUnknown)
    }
    return model as AnswerOfRows<Fields>
  }
  return {
    rows,
    readFields,
    read: (value, _restName, noteUnknown) =>
      isObject(value) && !isBlank(value) ? readFields(value, noteUnknown) : null,
    write(input) {
      const body: Record<string, unknown> = {}
      for (const { name, restName, codec } of sent) {
        const value = fieldOf(input, name)
        if (value !== undefined && value !== null) body[restName] = codec.write(value)
      }
      return body
    },
    differences: (prefix, wanted, found, scope) =>
      sent.flatMap(({ name, comparison }) =>
        comparison.differences(`${prefix}${name}`, fieldOf(wanted, name), fieldOf(found, name), scope),
      ),
    shown(found, scope) {
      const shown: Record<string, unknown> = {}
      for (const { name, comparison } of sent) {
        const value = comparison.shown(fieldOf(found, name), scope)
        if (value !== undefined) shown[name] = value
      }
      return shown
    },
  }
}

/** A field by the name of its row: rows are where objects get their types from. */
const fieldOf = (of: object, name: string): unknown => (of as Readonly<Record<string, unknown>>)[name]
