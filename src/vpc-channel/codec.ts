import { type EnumCodes, enumReader } from './codes.ts'
import {
  type JsonObject,
  readBoolean,
  readDateTime,
  readInteger,
  readList,
  readPort,
  readText,
} from './read-json.ts'
import type { Codec, NoteUnknown, Reader, Rows } from './row.ts'

const value = <Value>(read: (value: unknown) => Value | null): Codec<Value, Value | null> => ({
  write: (value) => value,
  read,
})

export const text = value(readText)
export const integer = value(readInteger)
export const port = value(readPort)
export const boolean = value(readBoolean)
export const dateTime = value(readDateTime)

/** An enum, by the table of its codes; `synonyms` are other words that an answer may use. */
export function code<Name extends string>(
  codes: EnumCodes<Name>,
  synonyms?: Readonly<Record<string, NoInfer<Name>>>,
): Codec<Name, Name | null> {
  const readName = enumReader(codes, synonyms)
  return {
    isEnum: true,
    write: (name) => codes[name],
    read(value, restName, noteUnknown) {
      const name = readName(value)
      if (name === undefined) noteUnknown(restName, value)
      return name ?? null
    },
  }
}

/** The part of the items' codec that `list` uses. */
interface ItemCodec<Input, Answer> {
  readonly rows: Rows
  write(value: Input): unknown
  readFields(body: JsonObject, noteUnknown: NoteUnknown): Answer
}

/** The objects of a list; `null` where an answer has no list. */
export const list = <Input, Answer>(
  item: ItemCodec<Input, Answer>,
): Codec<readonly Input[], Answer[] | null> => ({
  rows: item.rows,
  write: (items) => items.map((one) => item.write(one)),
  read: (value, _restName, noteUnknown) => readList(value, (one) => item.readFields(one, noteUnknown)),
})

/** A list that reads as empty where an answer has none. */
export function listOrEmpty<Input, Answer>(
  item: ItemCodec<Input, Answer>,
): Codec<readonly Input[], Answer[]> {
  const items = list(item)
  return { ...items, read: (...given) => items.read(...given) ?? [] }
}

/** Reads a field that the answer leaves out as `undefined`, and an absent value as `null`. */
export const unlessLeftOut = <Input, Answer>(
  codec: Codec<Input, Answer>,
): Codec<Input, Answer | undefined> => ({
  ...codec,
  read: (value, ...given) => (value === undefined ? undefined : codec.read(value, ...given)),
})

/** A text that every channel has: `undefined` where the answer leaves it out. */
export const textOrLeftOut: Reader<string | undefined> = { read: (value) => readText(value) ?? undefined }
