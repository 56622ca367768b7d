import type { Difference, Scope } from './comparison.ts'
import { isBlank, isObject, type JsonObject } from './read-json.ts'
import type { AnswerOfRows, Codec, InputOfRows, NoteUnknown, Rows } from './row.ts'

/** The parts of an object's codec that comparisons use. */
export interface ComparedFields<Input, Answer> {
  /** The differences of all fields that an input has, in their order; their paths begin with `prefix`. */
  differences(prefix: string, wanted: Input, found: Answer, scope: Scope): Difference[]
  /** The object as a difference shows it: the fields that inputs have, normalised. */
  shown(found: Answer, scope: Scope): Readonly<Record<string, unknown>>
}

/** An object of the API with its fields. An object without any value reads as `null`. */
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
 * Reads, writes and compares an object by the rows of its fields. Does not write fields that the caller omitted or gave as
 * `null`: the cloud may refuse a key without a value. Writes an empty list as an empty list.
 */
export function object<Fields extends Rows>(
  rows: Fields,
): ObjectCodec<InputOfRows<Fields>, AnswerOfRows<Fields>> {
  // Objects of one shape are faster: every answer is read through these.
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

/** The field of a row's name; the types of objects follow from the rows. */
const fieldOf = (of: object, name: string): unknown => (of as Readonly<Record<string, unknown>>)[name]
