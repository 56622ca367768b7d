import type { Characters } from '../../errors/validation-fault.ts'

/**
 * One documented rule, as data: it could be sent to a frontend as it stands.
 * `path` is in GraphQL's names below the input; `*` is every item of a list.
 */
export type Rule = { readonly path: string } & (
  | { readonly rule: 'ID' }
  | { readonly rule: 'LENGTH' | 'RANGE'; readonly min: number; readonly max: number }
  | { readonly rule: 'LIST_SIZE'; readonly min: number; readonly max: number }
  | {
      readonly rule: 'CHARSET' | 'STARTS_WITH' | 'ENDS_WITH'
      readonly characters: readonly Characters[]
    }
  | { readonly rule: 'REQUIRED'; readonly when?: { readonly path: string; readonly is: readonly string[] } }
  | { readonly rule: 'REQUIRED_ONE_OF'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly rule: 'LESS_THAN'; readonly other: string }
  /** `field` of each item is one of the values at `among`, if there is a list there. */
  | { readonly rule: 'REFERENCE'; readonly field: string; readonly among: string }
  /** Items that say the same: by their value, by a name, or by what makes a backend server the one it is. */
  | { readonly rule: 'UNIQUE'; readonly by?: 'NAME' | 'SERVER' }
  | { readonly rule: 'HTTP_CODES' }
)

/**
 * The rules that say how large, how long and of which form a value may be. Practice is laxer than the pages here, so
 * `VALIDATION=types` leaves these to the cloud; the others say what has to be there at all.
 */
const LIMITS: ReadonlySet<Rule['rule']> = new Set([
  'LENGTH',
  'RANGE',
  'CHARSET',
  'STARTS_WITH',
  'ENDS_WITH',
  'LESS_THAN',
  'HTTP_CODES',
])

export const isLimit = (rule: Rule): boolean => LIMITS.has(rule.rule)
