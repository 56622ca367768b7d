import { type Comparison, orNothing, type Scope } from './comparison.ts'
import type { ComparedFields } from './object-codec.ts'

/** Compares labels as a set and shows them as one text; ROMA Connect's answers do not have them. */
export function labelComparison<Label, Wanted extends Label>(
  label: ComparedFields<Wanted, Label>,
): Comparison<readonly Wanted[], Label[] | null> {
  const textOf = (labels: readonly Label[] | null | undefined, scope: Scope): unknown =>
    orNothing(
      (labels ?? [])
        .map((one) => Object.values(label.shown(one, scope)).join('='))
        .sort()
        .join(','),
    )
  return {
    differences(path, given, answered, scope) {
      const wanted = textOf(given, scope)
      const found = textOf(answered, scope)
      return wanted === found ? [] : [{ path, wanted, found, certain: found !== null }]
    },
    shown: textOf,
  }
}
