import type { LeafKind } from './leaf.ts'
import type { CompleteObject, PlainLeaf, PlannedField, ResolveField } from './plan-context.ts'
import { isPromise } from './run.ts'
import { settled } from './settled.ts'

/*
 * The only place that compiles code from text. The code does what `allAtOnce` does in a loop, but contains the keys and the
 * names of the properties, so that V8 knows the layout of the object and looks up none of them (ADR 10 has the gain). For
 * `{ id: channelId members { host } }`:
 *
 *   return (source, path, run) => {
 *     if (typeof source !== 'object' || source === null) return byLoop(source, path, run)
 *     const data = { channelId: undefined, members: undefined }
 *     let value, pending
 *     try {
 *       try { value = source.id } catch (error) { value = unreadable0(error, path, run) }
 *       if (typeof value === 'string') data.channelId = value
 *       else if (isPromise(value = data.channelId = complete0(value, source, path, run))) (pending ??= []).push('channelId')
 *       if (isPromise(data.members = resolve1(source, path, run))) (pending ??= []).push('members')
 *     } catch …
 *
 * The only parts of a request in it are aliases and field names of a valid document; each is checked against GraphQL's grammar
 * of names again.
 */

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/

/** The test that a value needs no serialization. */
const IS_PLAIN: Record<LeafKind, string | undefined> = {
  string: "typeof value === 'string'",
  integer: "typeof value === 'number' && (value | 0) === value",
  boolean: "typeof value === 'boolean'",
  other: undefined,
}

type Make = (
  byLoop: CompleteObject,
  resolves: readonly ResolveField[],
  leaves: readonly (PlainLeaf | undefined)[],
  whetherPromise: typeof isPromise,
  whenSettled: typeof settled,
) => CompleteObject

/** Names of the parameters of `Make` in the text. */
const GIVEN = ['byLoop', 'resolves', 'leaves', 'isPromise', 'settled']

/** Compiles a function that resolves these fields; `undefined` where the process forbids it (Node's `--disallow-code-generation-from-strings`). */
export function generatedObject(
  fields: readonly PlannedField[],
  byLoop: CompleteObject,
): CompleteObject | undefined {
  if (!fields.every(({ key, leaf }) => NAME.test(key) && NAME.test(leaf?.property ?? key))) return undefined
  let make: Make
  try {
    make = new Function(...GIVEN, textOf(fields)) as Make
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
  return make(
    byLoop,
    fields.map(({ resolve }) => resolve),
    fields.map(({ leaf }) => leaf),
    isPromise,
    settled,
  )
}

const textOf = (fields: readonly PlannedField[]): string => `'use strict'
${fields.map(constantsOf).join('\n')}
return (source, path, run) => {
  if (typeof source !== 'object' || source === null) return byLoop(source, path, run)
  const data = { ${fields.map(({ key }) => `${key}: undefined`).join(', ')} }
  let value, pending
  try {
${fields.map(fieldOf).join('\n')}
  } catch (error) {
    if (pending === undefined) throw error
    // The object fails once the fields that have started have ended.
    return settled(data, pending).finally(() => { throw error })
  }
  return pending === undefined ? data : settled(data, pending)
}`

const constantsOf = ({ leaf }: PlannedField, index: number): string =>
  leaf === undefined
    ? `const resolve${index} = resolves[${index}]`
    : `const { complete: complete${index}, unreadable: unreadable${index} } = leaves[${index}]`

function fieldOf({ key, leaf }: PlannedField, index: number): string {
  if (leaf === undefined) {
    return `if (isPromise(data.${key} = resolve${index}(source, path, run))) (pending ??= []).push('${key}')`
  }
  const isPlain = IS_PLAIN[leaf.kind]
  const plainly = isPlain && (leaf.isNullable ? `value === null || ${isPlain}` : isPlain)
  return `try { value = source.${leaf.property} } catch (error) { value = unreadable${index}(error, path, run) }
${plainly === undefined ? '' : `if (${plainly}) data.${key} = value; else `}if (isPromise(value = data.${key} = complete${index}(value, source, path, run))) (pending ??= []).push('${key}')`
}
