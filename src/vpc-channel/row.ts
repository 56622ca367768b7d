import type { Comparison } from './comparison.ts'

/** Records a value that the pages do not document, by its REST field. */
export type NoteUnknown = (restName: string, value: unknown) => void

/** Converts a value of an answer to a value of the model. Never throws. */
export interface Reader<Answer> {
  read(value: unknown, restName: string, noteUnknown: NoteUnknown): Answer
  /** The rows of an object, or of the objects of a list. */
  readonly rows?: Rows | undefined
  readonly isEnum?: boolean | undefined
}

/** Converts in both directions. The gateway does not send `undefined`. */
export interface Codec<Input, Answer> extends Reader<Answer> {
  write(value: Input): unknown
}

/** A field that inputs have: the gateway sends and compares it. */
export interface SentRow<Use extends 'required' | 'optional', Input, Answer> {
  readonly use: Use
  readonly restName: string
  readonly codec: Codec<Input, Answer>
  /** Compares the field of a channel with that of an input, to find out whether a write is applied. */
  readonly comparison: Comparison<Input, Answer>
  /** The name that newer answers use. */
  readonly otherRestName?: string | undefined
}

/** A field that only answers have. */
export interface AnswerRow<Answer> {
  readonly use: 'answer'
  readonly restName: string
  readonly codec: Reader<Answer>
  readonly otherRestName?: undefined
}

export type Row =
  | SentRow<'required', unknown, unknown>
  | SentRow<'optional', unknown, unknown>
  | AnswerRow<unknown>

/** The fields of an object, by their GraphQL names. */
export type Rows = Readonly<Record<string, Row>>

/** A field that every input has. */
export const required = <Input, Answer>(
  restName: string,
  codec: Codec<Input, Answer>,
  comparison: Comparison<NoInfer<Input>, NoInfer<Answer>>,
): SentRow<'required', Input, Answer> => ({ use: 'required', restName, codec, comparison })

/** A field that an input may omit; `null` means omitted. */
export const optional = <Input, Answer>(
  restName: string,
  codec: Codec<Input, Answer>,
  comparison: Comparison<NoInfer<Input>, NoInfer<Answer>>,
  otherRestName?: string,
): SentRow<'optional', Input, Answer> => ({ use: 'optional', restName, codec, comparison, otherRestName })

/** A field that only answers have. */
export const answer = <Answer>(restName: string, codec: Reader<Answer>): AnswerRow<Answer> => ({
  use: 'answer',
  restName,
  codec,
})

type NamesOf<Fields extends Rows, Use> = {
  [Name in keyof Fields]: Fields[Name]['use'] extends Use ? Name : never
}[keyof Fields]

type GivenFor<One> = One extends SentRow<infer _Use, infer Input, infer _Answer> ? Input : never
type ReadFrom<One> = One extends { readonly codec: Reader<infer Answer> } ? Answer : never
type Flat<Type> = { [Name in keyof Type]: Type[Name] }

export type InputOfRows<Fields extends Rows> = Flat<
  { [Name in NamesOf<Fields, 'required'>]: GivenFor<Fields[Name]> } & {
    [Name in NamesOf<Fields, 'optional'>]?: GivenFor<Fields[Name]> | null | undefined
  }
>

export type AnswerOfRows<Fields extends Rows> = { -readonly [Name in keyof Fields]: ReadFrom<Fields[Name]> }
