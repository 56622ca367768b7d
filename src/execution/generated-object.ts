import type { LeafKind } from './leaf.ts'
import { isPromise } from './run.ts'
import type { CompleteObject, PlainLeaf, PlannedField, ResolveField } from './scope.ts'
import { settled } from './settled.ts'

/*
 * The one place where code is made of text. What it does is what `allAtOnce` does in a loop; but with the keys and the
 * properties' names written out, so that V8 knows where each of them stands in the object, and looks none of them up
 * (ADR 10 has what that brings). For `{ id: channelId members { host } }`:
 *
 *   return (source, path, run) => {
 *     if (typeof source !== 'object' || source === null) return byLoop(source, path, run)
 *     const data = { channelId: undefined, members: undefined }
 *     let value, pending
 *     try {
 *       try { value = source.id } catch (error) { value = unreadable0(error, path, run) }
 *       if (typeof value === 'string') data.channelId = value
 *       else if (isPromise(value = data.channelId = answer0(value, source, path, run))) (pending ??= []).push('channelId')
 *       if (isPromise(data.members = resolve1(source, path, run))) (pending ??= []).push('members')
 *     } catch …
 *
 * All that comes of a request's text into it are aliases and names of fields, of a document that is parsed and valid; each is
 * held to GraphQL's grammar of names once more.
 */

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/

/** How a value is seen to be answered as it is. */
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

/** What the text calls the parameters of `Make`. */
const GIVEN = ['byLoop', 'resolves', 'leaves', 'isPromise', 'settled']

/** Answers an object's fields by a function made for them; `undefined` where a process may make none (Node's `--disallow-code-generation-from-strings`). */
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
    // The object fails once the fields that have begun are done.
    return settled(data, pending).finally(() => { throw error })
  }
  return pending === undefined ? data : settled(data, pending)
}`

const constantsOf = ({ leaf }: PlannedField, index: number): string =>
  leaf === undefined
    ? `const resolve${index} = resolves[${index}]`
    : `const { answer: answer${index}, unreadable: unreadable${index} } = leaves[${index}]`

function fieldOf({ key, leaf }: PlannedField, index: number): string {
  if (leaf === undefined) {
    return `if (isPromise(data.${key} = resolve${index}(source, path, run))) (pending ??= []).push('${key}')`
  }
  const isPlain = IS_PLAIN[leaf.kind]
  const plainly = isPlain && (leaf.isNullable ? `value === null || ${isPlain}` : isPlain)
  return `try { value = source.${leaf.property} } catch (error) { value = unreadable${index}(error, path, run) }
${plainly === undefined ? '' : `if (${plainly}) data.${key} = value; else `}if (isPromise(value = data.${key} = answer${index}(value, source, path, run))) (pending ??= []).push('${key}')`
}
